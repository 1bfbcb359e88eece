"""A window in which a record is picked by typing any part of its name, found through the gateway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from models.errors import DomainError
from models.language import N_, _
from models.text import shown, shown_lines
from screens.kit.dialogs import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.kit.gateway import Gateway
    from screens.kit.reference_input import Candidate

_CHANNEL = "candidates"
_LONGEST = 120
"""Characters of a record: one of endless texts leaves room for the others."""


class RecordPicker(Dialog["Candidate | None"]):
    """One record of a kind; ``first`` are offered before anything is typed. None is the answer of ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move('cursor_down')", N_("next"), show=False, id="pick.next"),
        Binding("up", "move('cursor_up')", N_("previous"), show=False, id="pick.previous"),
        Binding("pagedown", "move('page_down')", N_("page down"), show=False, id="pick.page-down"),
        Binding("pageup", "move('page_up')", N_("page up"), show=False, id="pick.page-up"),
    ]
    DEFAULT_CSS = "RecordPicker > Vertical { width: 76; }"

    def __init__(
        self,
        title: str,
        gateway: Gateway,
        candidates: Callable[[str], list[Candidate]],
        *,
        prompt: str = "",
        placeholder: str = "",
        first: Sequence[Candidate] = (),
    ) -> None:
        """``candidates(text)`` reads, in a thread of the gateway, the best few records that a text may mean."""
        super().__init__(title, None)
        self._gateway = gateway
        self._candidates = candidates
        self._prompt = prompt
        self._placeholder = placeholder or _("a part of the name, the INN, a phone")
        self._first = list(first)
        self._found: list[Candidate] = []
        self._searched: str | None = None
        self._take_when_found = False

    def compose_body(self) -> ComposeResult:
        """What is picked for, the text, the records, and room for what went wrong."""
        if self._prompt:
            yield Static(shown_lines(self._prompt), markup=False)
        yield Input(placeholder=self._placeholder, compact=True)
        options = OptionList(compact=True, markup=False)
        options.can_focus = False
        yield options
        yield Static("", classes="dialog--fault", markup=False)

    def on_mount(self) -> None:
        """Offer the first ones, and whatever else there is."""
        self._look_for("")

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self._gateway.drop(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again for each key typed."""
        self._look_for(event.value)

    def _look_for(self, text: str) -> None:
        self._take_when_found = False
        work = partial(self._candidates, text)
        self._gateway.ask(self, _CHANNEL, work, partial(self._came, text), self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.query_one(".dialog--fault", Static).update(Content(shown(str(error))))

    def _came(self, text: str, found: list[Candidate]) -> None:
        own = self._first if not text.strip() else []
        ids = {record_id for record_id, _name, _more in own}
        self._found = [*own, *(one for one in found if one[0] not in ids)]
        self._searched = text
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(one)) for one in self._found])
        options.highlighted = 0 if self._found else None
        nothing = "" if self._found else _("nothing found")
        self.query_one(".dialog--fault", Static).update(Content(nothing))
        if self._take_when_found:
            self._take(0)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the record under the cursor; where the answer is not here yet, the best one when it comes."""
        if event.value != self._searched:
            self._take_when_found = True
        else:
            self._take(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the record that was clicked."""
        self._take(event.option_index)

    def _take(self, position: int | None) -> None:
        if position is not None and position < len(self._found):
            self.dismiss(self._found[position])

    async def action_move(self, movement: str) -> None:
        """Move the cursor of the list while the text keeps the focus."""
        await self.query_one(OptionList).run_action(movement)


def _line(candidate: Candidate) -> Content:
    _id, name, more = candidate
    return Content.assemble(shown(name)[:_LONGEST], ("  " + shown(more)[:_LONGEST] if more else "", "$text-muted"))
