"""A small table of figures with a cursor on one of them: each figure can be asked what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import sub
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from models.language import N_, _
from models.text import shown
from screens.kit.cell_grid import GridColumn
from screens.kit.cells import fitted
from screens.kit.glyphs import glyphs
from screens.kit.line_view import DrawnRows

if TYPE_CHECKING:
    from textual.events import Click
    from textual.strip import Strip

_MARGIN = 2
_LEAST = 10
_WIDE_FROM = 100


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: what it is of, its texts in the order of all columns, whether it is marked."""

    key: Any
    cells: tuple[str, ...]
    marked: bool = False


class FigureTable(DrawnRows, inherit_bindings=False):
    """Figures in rows and columns."""

    BINDING_GROUP_TITLE = N_("The figures")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("what is behind it"), id="figures.open"),
        Binding("down,j", "step(1, 0)", N_("next row"), show=False, id="figures.down"),
        Binding("up,k", "step(-1, 0)", N_("previous row"), show=False, id="figures.up"),
        Binding("right,l", "step(0, 1)", N_("next column"), show=False, id="figures.right"),
        Binding("left,h", "step(0, -1)", N_("previous column"), show=False, id="figures.left"),
        Binding("y", "copy", N_("copy"), show=False, id="figures.copy"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--heading", "figures--row", "figures--cell", "figures--marked"}
    DEFAULT_CSS = """
    FigureTable {
        height: auto;
        max-height: 50%;
        & > .figures--heading { text-style: bold; }
        & > .figures--row { background: $block-cursor-blurred-background; }
        & > .figures--cell { background: $block-cursor-blurred-background; text-style: underline; }
        & > .figures--marked { color: $warning; text-style: bold; }
        &:focus > .figures--cell { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """

    class Highlighted(Message):
        """The cursor came to another figure."""

    class Opened(Message):
        """The operator wants to see what is behind the figure."""

    def __init__(self, columns: Sequence[GridColumn]) -> None:
        super().__init__()
        self._all_columns = tuple(columns)
        self.figures: Sequence[FigureRow] = ()
        self.row, self.column = 0, 1
        self._widths = [column.width for column in columns]
        self._fitted_into = -1

    @property
    def columns(self) -> list[GridColumn]:
        """The columns for which there is room."""
        is_wide = self.scrollable_size.width >= _WIDE_FROM
        return [column for column in self._all_columns if is_wide or not column.wide]

    def texts(self, figure: FigureRow) -> list[str]:
        """The cells of a row that are shown."""
        texts = dict(zip([column.name for column in self._all_columns], figure.cells, strict=True))
        return [texts[column.name] for column in self.columns]

    @property
    def rows(self) -> int:
        """The heading and the rows."""
        return len(self.figures) + 1

    @property
    def here(self) -> tuple[FigureRow, str] | None:
        """The row and the name of the column under the cursor."""
        if not self.figures:
            return None
        columns = self.columns
        return self.figures[min(self.row, len(self.figures) - 1)], columns[min(self.column, len(columns) - 1)].name

    def show(self, figures: Sequence[FigureRow]) -> None:
        """Show these rows."""
        self.figures = figures
        self.row = max(0, min(self.row, len(figures) - 1))
        self.styles.height = self.rows
        self._fit()
        self.rows_changed()

    def row_strip(self, row: int) -> Strip:
        """The heading, which stays, or a row."""
        if row == self.top_row:
            titles = [shown(_(column.title)) for column in self.columns]
            text = " " * _MARGIN + " ".join(self._cells(titles))
            return self.strip(self.piece(text, self.get_component_rich_style("figures--heading")))
        figure = self.figures[row - 1]
        cells = self._cells([shown(cell) for cell in self.texts(figure)])
        is_here = row - 1 == self.row
        margin = (glyphs(self.app).cursor if is_here else " ") + ("!" if figure.marked else " ")
        plain = self.get_component_rich_style("figures--row") if is_here else None
        if figure.marked and not is_here:
            plain = self.get_component_rich_style("figures--marked")
        pieces = [self.piece(margin, plain)]
        for place, cell in enumerate(cells):
            own = self.get_component_rich_style("figures--cell") if is_here and place == self.column else plain
            pieces += [self.piece(cell, own), self.piece(" ", plain)]
        return self.strip(*pieces)

    def _cells(self, texts: Sequence[str]) -> list[str]:
        if self._fitted_into != self.scrollable_size.width:
            # After a change of the layout it is drawn before it hears of its size.
            self._fit()
        dots = glyphs(self.app).ellipsis
        return [
            fitted(text, width, "money" if column.right else "text", dots)
            for column, text, width in zip(self.columns, texts, self._widths, strict=True)
        ]

    def _fit(self) -> None:
        """How wide the columns are: a figure is shown whole where there is room, if need be in that of the bars."""
        columns = self.columns
        self._fitted_into = self.scrollable_size.width
        longest = [max(map(cell_len, cells)) for cells in zip(*map(self.texts, self.figures), strict=True)]
        asked = [column.width for column in columns]
        widths = [
            max(column.width, long) if column.right else column.width
            for column, long in zip(columns, longest or asked, strict=True)
        ]
        room = self.scrollable_size.width - _MARGIN - len(columns) - _LEAST * asked.count(0)
        if sum(widths) > room:
            widths = [width if column.title else 0 for column, width in zip(columns, widths, strict=True)]
        while (lacking := sum(widths) - room) > 0 and (most := max(map(sub, widths, asked))) > 0:
            place = [*map(sub, widths, asked)].index(most)
            widths[place] -= min(lacking, most)
        rest = _LEAST + max(0, room - sum(widths))
        self._widths = [
            rest if column.title and not column.width else width for column, width in zip(columns, widths, strict=True)
        ]

    def on_resize(self) -> None:
        """Another width has other columns."""
        self.column = min(self.column, len(self.columns) - 1)
        self._fit()
        self.rows_changed()

    def on_click(self, event: Click) -> None:
        """The row under the mouse."""
        self._go(self.top_row + event.y - 1, self.column)

    def _go(self, row: int, column: int) -> None:
        self.row = max(0, min(row, len(self.figures) - 1))
        self.column = max(0, min(column, len(self.columns) - 1))
        line, height = self.row + 1, max(1, self.scrollable_size.height)
        if line < self.top_row + 1:
            self.go_to(line - 1)
        elif line >= self.top_row + height:
            self.go_to(line - height + 1)
        self.refresh()
        self.post_message(self.Highlighted())

    def action_step(self, rows: int, columns: int) -> None:
        """To another figure."""
        self._go(self.row + rows, self.column + columns)

    def action_open(self) -> None:
        """Ask what is behind it."""
        self.post_message(self.Opened())

    def action_copy(self) -> None:
        """Copy the figure."""
        if self.here is not None:
            self.app.copy_to_clipboard(self.texts(self.here[0])[self.column])
