"""A table whose cells are walked and filled in by keys alone: rows are given as texts, what is typed is told.

It knows no business word. Whatever is typed begins to fill the cell under the cursor; below the last row there is
always an empty one, in which a new row is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from models.language import N_, _
from models.text import shown
from screens.kit.cells import fitted
from screens.kit.glyphs import glyphs
from screens.kit.line_view import DrawnRows

if TYPE_CHECKING:
    from textual.events import Click, Key, Paste
    from textual.strip import Strip

_GAP = 1
_MARGIN = 2
_LEAST = 12


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its name, its title (a msgid), its width (0: what is left), where its text stands."""

    name: str
    title: str
    width: int = 0
    right: bool = False
    fixed: bool = False
    """Shown, and not filled in."""
    wide: bool = False
    """Only where there is room."""


class CellGrid(DrawnRows, inherit_bindings=False):
    """The rows, with a cursor in one of their cells."""

    BINDING_GROUP_TITLE = N_("The lines")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fill", N_("fill in"), id="grid.fill"),
        Binding("f2", "describe", N_("describe"), id="grid.describe"),
        Binding("delete", "remove", N_("delete line"), id="grid.delete"),
        Binding("shift+down", "move(1)", N_("move line"), id="grid.move-down"),
        Binding("shift+up", "move(-1)", N_("move up"), show=False, id="grid.move-up"),
        Binding("insert,ctrl+n", "begin", N_("new line"), show=False, id="grid.new"),
        Binding("down", "step_row(1)", N_("next line"), show=False, id="grid.down"),
        Binding("up", "step_row(-1)", N_("previous line"), show=False, id="grid.up"),
        Binding("right,tab", "step_column(1)", N_("next cell"), show=False, id="grid.right"),
        Binding("left,shift+tab", "step_column(-1)", N_("previous cell"), show=False, id="grid.left"),
        Binding("pagedown", "step_row(10)", N_("ten lines on"), show=False, id="grid.page-down"),
        Binding("pageup", "step_row(-10)", N_("ten lines back"), show=False, id="grid.page-up"),
        Binding("home", "edge(-1)", N_("first cell"), show=False, id="grid.home"),
        Binding("end", "edge(1)", N_("last cell"), show=False, id="grid.end"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--heading", "grid--row", "grid--cell", "grid--new"}
    DEFAULT_CSS = """
    CellGrid {
        & > .grid--heading { text-style: bold; color: $text-muted; }
        & > .grid--row { background: $block-cursor-blurred-background; }
        & > .grid--cell { background: $block-cursor-blurred-background; text-style: bold underline; }
        & > .grid--new { color: $text-muted; }
        &:focus > .grid--cell {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold;
        }
    }
    """

    class Removed(Message):
        """The operator does not want this row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Walked(Message):
        """The cursor is in another row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Moved(Message):
        """The operator wants this row further down (1) or up (-1)."""

        def __init__(self, row: int, step: int) -> None:
            super().__init__()
            self.row, self.step = row, step

    class Pasted(Message):
        """The operator pasted rows."""

        def __init__(self, row: int, text: str) -> None:
            super().__init__()
            self.row, self.text = row, text

    def __init__(
        self, columns: Sequence[GridColumn], text_of: Callable[[int, str], str], *, wide_from: int = 100
    ) -> None:
        """``text_of(row, column)`` gives the text of a cell; the first column is that in which rows are begun."""
        super().__init__()
        self._all_columns = tuple(columns)
        self._text_of = text_of
        self._wide_from = wide_from
        self._number = 0
        self.fill: Callable[[int, str, str | None], object] = lambda row, column, begun: None
        """Called at once, not by a message, when the operator fills in a cell: the keys behind belong to its input.

        Gets the row (one past the last where a new one is begun), the column, what he typed already (None: nothing).
        """
        self.behind: Callable[[Key], bool] = lambda key: False
        """Takes a key that arrived here though the input of a cell is open already; False where none is."""
        self.row = 0
        """The row of the cursor; that after the last is the empty one."""
        self.column = next(column.name for column in columns if not column.fixed)

    @property
    def columns(self) -> list[GridColumn]:
        """The columns for which there is room."""
        is_wide = self.scrollable_size.width >= self._wide_from
        return [column for column in self._all_columns if is_wide or not column.wide]

    @property
    def rows(self) -> int:
        """The heading, the rows, the empty one."""
        return self._number + 2

    def show(self, number: int) -> None:
        """There are so many rows now, and what stands in them may be another."""
        self._number = number
        self.row = min(self.row, number)
        self.rows_changed()
        self._keep_in_sight()

    def go(self, row: int, column: str = "") -> None:
        """Put the cursor into a cell."""
        before = self.row
        self.row = max(0, min(row, self._number))
        self.column = column or self.column
        self._keep_in_sight()
        self.refresh()
        if self.row != before:
            self.post_message(self.Walked(self.row))

    def _keep_in_sight(self) -> None:
        line, height = self.row + 1, max(1, self.scrollable_size.height)
        if line < self.top_row + 1:
            self.go_to(line - 1)
        elif line >= self.top_row + height:
            self.go_to(line - height + 1)

    def on_resize(self) -> None:
        """Another width has other columns."""
        self.rows_changed()
        if all(column.name != self.column for column in self.columns):
            self.column = self._fillable[0]
        self._keep_in_sight()

    # Drawing

    def row_strip(self, row: int) -> Strip:
        """The heading, which stays, a row, or the empty one."""
        if row == self.top_row:
            texts = [shown(_(column.title)) for column in self.columns]
            return self.strip(self.piece(self._line(texts), self.get_component_rich_style("grid--heading")))
        number = row - 1
        if number == self._number:
            return self._empty_strip()
        texts = [self._text_of(number, column.name) for column in self.columns]
        if number != self.row:
            return self.strip(self.piece(self._line(texts)))
        plain = self.get_component_rich_style("grid--row")
        cells = self._cells(texts)
        cell = self.get_component_rich_style("grid--cell")
        pieces = [self.piece(f"{glyphs(self.app).cursor} ", plain)]
        for column, text in zip(self.columns, cells, strict=True):
            pieces += [self.piece(text, cell if column.name == self.column else plain), self.piece(" ", plain)]
        return self.strip(*pieces)

    def _empty_strip(self) -> Strip:
        is_here = self.row == self._number
        hint = _("+ type any part of a product")
        style = self.get_component_rich_style("grid--cell" if is_here and self.has_focus else "grid--new")
        mark = f"{glyphs(self.app).cursor} " if is_here else "  "
        return self.strip(self.piece(mark), self.piece(hint, style))

    def _line(self, texts: Sequence[str]) -> str:
        return " " * _MARGIN + " ".join(self._cells(texts))

    def _cells(self, texts: Sequence[str]) -> list[str]:
        taken = sum(column.width for column in self.columns) + _GAP * len(self.columns) + _MARGIN
        rest = max(_LEAST, self.scrollable_size.width - taken)
        dots = glyphs(self.app).ellipsis
        return [
            fitted(text, column.width or rest, "money" if column.right else "text", dots)
            for column, text in zip(self.columns, texts, strict=True)
        ]

    # Keys

    @property
    def _fillable(self) -> list[str]:
        return [column.name for column in self.columns if not column.fixed]

    async def on_key(self, event: Key) -> None:
        """What can be typed goes into the cell, before any letter or digit means something else.

        The keys of the grid are obeyed here too, not when they have bubbled up to the program: over a slow line many
        arrive at once, and what was typed after an arrow must not land before it.
        """
        own = self.screen.active_bindings.get(event.key)
        if self.behind(event):
            pass
        elif event.is_printable and event.character:
            self._fill(event.character)
        elif own is not None and own.node is self:
            await self.run_action(own.binding.action)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """Rows of a spreadsheet."""
        event.stop()
        self.post_message(self.Pasted(self.row, event.text))

    def on_click(self, event: Click) -> None:
        """The cell under the mouse."""
        self.go(self.top_row + event.y - 1)

    def _fill(self, begun: str | None) -> None:
        column = self._fillable[0] if self.row == self._number else self.column
        self.column = column
        self.fill(self.row, column, begun)

    def action_fill(self) -> None:
        """Go on with what stands in the cell."""
        self._fill(None)

    def action_describe(self) -> None:
        """Change the words of the row, whatever the cell."""
        self.fill(self.row, "description", None)

    def action_begin(self) -> None:
        """To the empty row."""
        self.go(self._number, self._fillable[0])

    def action_remove(self) -> None:
        """Delete the row."""
        if self.row < self._number:
            self.post_message(self.Removed(self.row))

    def action_move(self, step: int) -> None:
        """Move the row."""
        if self.row < self._number and 0 <= self.row + step < self._number:
            self.post_message(self.Moved(self.row, step))

    def action_step_row(self, step: int) -> None:
        """Up or down."""
        self.go(self.row + step)

    def action_step_column(self, step: int) -> None:
        """To the next cell; after the last one to the next row."""
        names = self._fillable
        at = names.index(self.column) + step
        if 0 <= at < len(names):
            self.go(self.row, names[at])
        elif 0 <= self.row + step <= self._number:
            self.go(self.row + step, names[at % len(names)])

    def action_edge(self, side: int) -> None:
        """The first or the last cell of the row."""
        self.go(self.row, self._fillable[-1 if side > 0 else 0])
