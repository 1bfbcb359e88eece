"""Asking for a file or a folder: a line that ``tab`` completes from the names that are there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from models.files.paths import common_beginning, completions
from models.language import N_
from models.text import shown
from screens.kit.dialogs import AskText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.kit.gateway import Gateway


class AskPath(AskText):
    """A path, with what it may become below it. Folders are read through the gateway: a network's may be slow."""

    DEFAULT_CSS = """
    AskPath > Vertical { width: 84; }
    AskPath OptionList { max-height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("complete the name"), priority=True, id="path.complete"),
        Binding("down", "move('cursor_down')", N_("next"), show=False, priority=True, id="path.next"),
        Binding("up", "move('cursor_up')", N_("previous"), show=False, priority=True, id="path.previous"),
    ]

    def __init__(
        self, gateway: Gateway, title: str, prompt: str, *, value: str, check: Callable[[str], object]
    ) -> None:
        super().__init__(title, prompt, value=value, check=check)
        self._gateway = gateway
        self._found: list[str] = []
        self._found_for: str | None = None
        self._wants_completion = False

    def compose_body(self) -> ComposeResult:
        """The line, and the names below it."""
        yield from super().compose_body()
        options = OptionList(compact=True, markup=False)
        options.can_focus = False
        yield options

    def on_mount(self) -> None:
        """What is typed goes on from what stands there; what is there to begin with is looked at too."""
        entry = self.query_one(Input)
        entry.select_on_focus = False
        entry.cursor_position = len(entry.value)
        self._look(entry.value)

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self._gateway.drop(self)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._look(event.value)

    def _look(self, text: str) -> None:
        self._found_for = None
        work = partial(completions, text)
        self._gateway.ask(self, "paths", work, partial(self._came, text), partial(self._not_read, text))

    def _not_read(self, text: str, error: Exception) -> None:
        self.log.warning(f"a folder was not read: {error}")
        self._came(text, [])

    def _came(self, text: str, found: list[str]) -> None:
        self._found, self._found_for = found, text
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(shown(_last_part(path)))) for path in found])
        options.highlighted = None
        if self._wants_completion:
            self._wants_completion = False
            self.action_complete()

    def action_complete(self) -> None:
        """Put the chosen name into the line, else as much as all names have in common; later, if not yet known."""
        entry = self.query_one(Input)
        if self._found_for != entry.value:
            self._wants_completion = True
            return
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None:
            self._put(self._found[chosen])
        elif self._found:
            common = common_beginning(self._found)
            self._put(common if len(common) > len(entry.value) else self._found[0])

    def _put(self, path: str) -> None:
        entry = self.query_one(Input)
        entry.value = path
        entry.cursor_position = len(path)

    def action_move(self, movement: str) -> None:
        """Choose among the names while the line keeps the focus."""
        getattr(self.query_one(OptionList), f"action_{movement}")()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A name was clicked."""
        self._put(self._found[event.option_index])


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] + ("/" if path.endswith("/") else "")
