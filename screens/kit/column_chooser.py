"""The window in which the columns of a list are picked and put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from models.language import N_, _
from models.listing import Column
from screens.kit.cells import column_title
from screens.kit.dialogs import Dialog
from screens.kit.glyphs import glyphs

if TYPE_CHECKING:
    from textual.app import ComposeResult

Answer = tuple[tuple[str, ...] | None]
"""The ids of the chosen columns in their order; None in it for the list's own choice."""


class ColumnChooser(Dialog[Answer | None]):
    """Columns with a mark before those that are shown; None is the answer of ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("show or hide"), id="columns.toggle"),
        Binding("shift+up,K", "shift(-1)", N_("move up"), id="columns.up"),
        Binding("shift+down,J", "shift(1)", N_("move down"), id="columns.down"),
        Binding("d", "default", N_("as it was made"), id="columns.default"),
        Binding("j", "move('cursor_down')", N_("next"), show=False, id="columns.next"),
        Binding("k", "move('cursor_up')", N_("previous"), show=False, id="columns.previous"),
    ]

    def __init__(self, columns: Sequence[Column], chosen: Sequence[str] | None) -> None:
        super().__init__(_("Columns"), None)
        self._columns = {column.id: column for column in columns}
        self._default = tuple(column.id for column in columns if not column.hidden)
        self._shown = [name for name in (self._default if chosen is None else chosen) if name in self._columns]
        self._order = [*self._shown, *(name for name in self._columns if name not in self._shown)]

    def compose_body(self) -> ComposeResult:
        """The columns above the keys."""
        yield OptionList(*self._options(), compact=True, markup=False)
        yield Static(_("space on/off   shift+↑↓ move   d as made   enter done"), markup=False)

    def on_mount(self) -> None:
        """The cursor begins at the top."""
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = 0

    def _options(self) -> list[Option]:
        mark = glyphs(self.app).checked
        return [
            Option(Content(f"[{mark if name in self._shown else ' '}] {column_title(self._columns[name])}"))
            for name in self._order
        ]

    def on_option_list_option_selected(self) -> None:
        """Enter takes the choice; no column at all is no choice."""
        chosen = tuple(name for name in self._order if name in self._shown)
        self.dismiss((None,) if chosen in ((), self._default) else (chosen,))

    def action_mark(self) -> None:
        """Show the column, or hide it."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            name = self._order[at]
            self._shown = [one for one in self._shown if one != name] if name in self._shown else [*self._shown, name]
            self._draw(at)

    def action_shift(self, step: int) -> None:
        """Move the column by one place."""
        at = self.query_one(OptionList).highlighted
        if at is not None and 0 <= at + step < len(self._order):
            self._order.insert(at + step, self._order.pop(at))
            self._draw(at + step)

    def action_default(self) -> None:
        """The list's own choice and order."""
        self._shown = list(self._default)
        self._order = list(self._columns)
        self._draw(0)

    async def action_move(self, movement: str) -> None:
        """Move the cursor."""
        await self.query_one(OptionList).run_action(movement)

    def _draw(self, at: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options())
        options.highlighted = at
