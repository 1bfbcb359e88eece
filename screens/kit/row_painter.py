"""Drawing the lines of a record table: headings, rows, rows that are still to come, and words in their place.

A line is as few runs of one style as can be (usually one): over SSH, each run costs some thirty bytes.
"""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from models.errors import DomainError
from models.language import _
from models.listing import Column, Row, Sort
from models.text import shown
from screens.kit.cells import StateLabels, cell_text, column_title, fitted
from screens.kit.column_layout import Placed, place_columns
from screens.kit.glyphs import Glyphs

MARGIN = 2
"""Cells at the left of the columns: one for the cursor's mark, one for a marked row's."""

_LINES_KEPT = 512


class RowState(NamedTuple):
    """What sets a row apart: the cursor with the column it is in, and whether the record is marked."""

    cursor: bool = False
    marked: bool = False
    column: str = ""


class Styles(NamedTuple):
    """How the lines look; made anew when the theme or the focus changes."""

    row: Style
    heading: Style
    heading_here: Style
    cursor: Style
    cell: Style
    marked: Style
    waiting: Style
    message: Style
    failure: Style


class RowPainter:
    """Makes strips of one width; keeps those of rows that did not change."""

    def __init__(self, state_labels: Mapping[str, StateLabels]) -> None:
        self._state_labels = state_labels
        self._columns: tuple[Column, ...] = ()
        self._chosen: Sequence[str] | None = None
        self._width = 0
        self._styles: Styles | None = None
        self._glyphs = Glyphs()
        self._lines: dict[tuple[int, RowState], tuple[Row, Strip]] = {}
        self.placed: tuple[Placed, ...] = ()

    def set_columns(self, columns: tuple[Column, ...], chosen: Sequence[str] | None) -> None:
        """The columns of the list, and the ids of those that the operator chose, in his order; None for the usual."""
        self._columns, self._chosen = columns, chosen
        self._lay_out()

    def set_width(self, width: int) -> None:
        """How many cells a line has."""
        if width != self._width:
            self._width = width
            self._lay_out()

    def set_looks(self, styles: Styles, glyphs: Glyphs) -> None:
        """The styles and drawing characters from now on."""
        if (styles, glyphs) != (self._styles, self._glyphs):
            self._styles, self._glyphs = styles, glyphs
            self._lines.clear()

    def forget_lines(self) -> None:
        """Draw every row anew, as after a change of language."""
        self._lines.clear()

    def text_of(self, row: Row, placed: Placed) -> str:
        """A cell's whole text, as it is copied."""
        labels = self._state_labels.get(placed.column.id, {})
        return cell_text(row.cells[placed.index], placed.column.kind, labels)

    def heading(self, sort: Sort, here: str) -> Strip:
        """The line of titles, with the mark of the sort, and the title of the cursor's column set off."""
        looks = self._looks
        titles = [(placed, self._title(placed, sort)) for placed in self.placed]
        return self._strip(" " * MARGIN, titles, looks.heading, {here: looks.heading_here})

    def row(self, row: Row, state: RowState) -> Strip:
        """The line of a row."""
        kept = self._lines.get((row.id, state))
        if kept is not None and kept[0] is row:
            return kept[1]
        if len(self._lines) >= _LINES_KEPT:
            self._lines.clear()
        looks, marks = self._looks, self._glyphs
        margin = (marks.cursor if state.cursor else " ") + (marks.marked if state.marked else " ")
        style = looks.cursor if state.cursor else looks.marked if state.marked else looks.row
        set_off = {state.column: looks.cell} if state.cursor else {}
        cells = [(placed, self._fitted(self.text_of(row, placed), placed)) for placed in self.placed]
        strip = self._strip(margin, cells, style, set_off)
        self._lines[row.id, state] = row, strip
        return strip

    def waiting(self, *, cursor: bool) -> Strip:
        """The line of a row that is still being read."""
        margin = self._glyphs.cursor if cursor else " "
        text = f"{margin} {self._glyphs.ellipsis}"
        return self._line(text, self._looks.cursor if cursor else self._looks.waiting)

    def words(self, text: str) -> list[Strip]:
        """A text in the place of the rows, an empty line before it, wrapped to the width."""
        return self._wrapped(text, self._looks.message)

    def failure(self, error: Exception) -> list[Strip]:
        """Why there are no rows, and how to try again."""
        reason = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        text = [_("The list cannot be read."), reason, _("Press r to try again.")]
        return self._wrapped("\n".join(text), self._looks.failure)

    def _wrapped(self, text: str, style: Style) -> list[Strip]:
        room = max(1, self._width - 2 * MARGIN)
        lines = [line for part in text.splitlines() for line in textwrap.wrap(shown(part), room) or [""]]
        return [self._line(" " * MARGIN + line, style) for line in ["", *lines]]

    def blank(self) -> Strip:
        """A line with nothing on it."""
        return self._line("", self._looks.row)

    @property
    def _looks(self) -> Styles:
        assert self._styles is not None, "set_looks comes before the first line"
        return self._styles

    def _lay_out(self) -> None:
        self._lines.clear()
        self.placed = place_columns(self._columns, max(0, self._width - MARGIN), self._chosen)

    def _fitted(self, text: str, placed: Placed) -> str:
        return fitted(text, placed.width, placed.column.kind, self._glyphs.ellipsis)

    def _title(self, placed: Placed, sort: Sort) -> str:
        title = column_title(placed.column)
        if placed.column.id != sort.column:
            return self._fitted(title, placed)
        mark = self._glyphs.sort_down if sort.descending else self._glyphs.sort_up
        room = max(0, placed.width - 2)
        shortened = fitted(title, min(room, cell_len(title)), "text", self._glyphs.ellipsis)
        return self._fitted(f"{shortened} {mark}", placed)

    def _strip(
        self, margin: str, cells: Sequence[tuple[Placed, str]], style: Style, set_off: Mapping[str, Style]
    ) -> Strip:
        """One line: runs of ``style``, broken only by the columns that are set off."""
        segments: list[Segment] = []
        run, x = margin, 0
        for placed, text in cells:
            run += " " * (placed.x - x)
            x = placed.x + placed.width
            if placed.column.id in set_off:
                segments += [Segment(run, style), Segment(text, set_off[placed.column.id])]
                run = ""
            else:
                run += text
        run += " " * (self._width - MARGIN - x)
        segments.append(Segment(run, style))
        return self._cut([segment for segment in segments if segment.text], MARGIN + max(x, self._width - MARGIN))

    def _line(self, text: str, style: Style) -> Strip:
        length = cell_len(text)
        return self._cut([Segment(text + " " * (self._width - length), style)], max(length, self._width))

    def _cut(self, segments: list[Segment], length: int) -> Strip:
        strip = Strip(segments, length)
        return strip if length == self._width else strip.crop(0, self._width)


StylesOf = Callable[[str], Style]


def styles_from(component: StylesOf, row: Style) -> Styles:
    """The styles of a table from its component classes."""
    return Styles(row, *(component(f"record-table--{name}") for name in COMPONENTS))


COMPONENTS = ("heading", "heading-here", "cursor", "cell", "marked", "waiting", "message", "failure")
"""The component classes after ``record-table--``, in the order of the fields of ``Styles``."""

TABLE_CSS = """
RowView {
    height: 1fr;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    color: $foreground;
    & > .record-table--heading { text-style: bold; }
    & > .record-table--heading-here { text-style: bold underline; }
    & > .record-table--cursor { background: $block-cursor-blurred-background; }
    & > .record-table--cell { background: $block-cursor-blurred-background; text-style: underline; }
    & > .record-table--marked { color: $accent; }
    & > .record-table--waiting { color: $foreground-muted; }
    & > .record-table--message { color: $foreground-muted; }
    & > .record-table--failure { color: $error; }
    &:focus > .record-table--cursor {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
    }
    &:focus > .record-table--cell {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: underline;
    }
}
"""
"""One accent: the cursor's line. What else has a style has a mark or words too."""
