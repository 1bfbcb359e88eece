"""The menu of a timeline: one key for each kind of event, which is then shown alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.language import N_, _
from models.text import shown
from models.timeline.vocabulary import EVENT_KINDS
from screens.kit.dialogs import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

ALL = ""
_EVERYTHING = N_("Everything")
_ALL_KEY = "a"


class EventKinds(Dialog[str | None]):
    """Answers with the name of a kind, ``ALL`` for every kind, None for ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(_ALL_KEY, f"pick('{ALL}')", _EVERYTHING, id="timeline.all"),
        *(Binding(kind.key, f"pick('{kind.id}')", kind.all, id=f"timeline.{kind.id}") for kind in EVENT_KINDS),
    ]
    DEFAULT_CSS = "EventKinds > Vertical { width: 40; }"

    def __init__(self) -> None:
        super().__init__(_("Show only"), None)
        self._choices = [(_ALL_KEY, ALL, _EVERYTHING), *((kind.key, kind.id, kind.all) for kind in EVENT_KINDS)]

    def compose_body(self) -> ComposeResult:
        """A line for each kind, its key first."""
        lines = [Option(Content(f"{key}  {shown(_(title))}")) for key, _kind, title in self._choices]
        yield OptionList(*lines, compact=True, markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a line, or a click."""
        self.dismiss(self._choices[event.option_index][1])

    def action_pick(self, kind: str) -> None:
        """The key of a kind."""
        self.dismiss(kind)
