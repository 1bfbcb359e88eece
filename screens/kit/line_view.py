"""Lines of any number, of which only those on the screen are drawn: the keys and the scrolling of a pager."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from models.language import N_
from screens.kit import quiet_scrollbar

if TYPE_CHECKING:
    from rich.style import Style

LINE_BINDINGS: tuple[Binding, ...] = (
    Binding("down,j", "scroll_rows(1)", N_("next line"), show=False, id="text.down"),
    Binding("up,k", "scroll_rows(-1)", N_("previous line"), show=False, id="text.up"),
    Binding("pagedown,space", "scroll_pages(1)", N_("next page"), show=False, id="text.page-down"),
    Binding("pageup,b", "scroll_pages(-1)", N_("previous page"), show=False, id="text.page-up"),
    Binding("home,g", "go_to_row(0)", N_("first line"), show=False, id="text.top"),
    Binding("end,G", "go_to_end", N_("last line"), show=False, id="text.bottom"),
)


class DrawnRows(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of text; a subclass says how many there are, draws one of them, and has the keys."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DrawnRows {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        color: $foreground;
    }
    """

    def row_strip(self, row: int) -> Strip:
        """A row as it is drawn, of any width."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """How many rows there are, as far as that is known."""
        raise NotImplementedError

    @property
    def top_row(self) -> int:
        """The first row on the screen."""
        return self.scroll_offset.y

    def render_line(self, y: int) -> Strip:
        """The row that is at this line of the screen now."""
        width, row = self.scrollable_size.width, self.top_row + y
        strip = self.row_strip(row) if row < self.rows else Strip.blank(width, self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)

    def piece(self, text: str, style: Style | None = None) -> Segment:
        """A stretch of a row."""
        return Segment(text, self.rich_style if style is None else style)

    def strip(self, *pieces: Segment) -> Strip:
        """A row of stretches."""
        return Strip(pieces, sum(cell_len(piece.text) for piece in pieces))

    def rows_changed(self) -> None:
        """There are more rows than before, or others."""
        self.virtual_size = Size(self.scrollable_size.width, self.rows)
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what came on the screen."""
        if self.show_vertical_scrollbar:
            quiet_scrollbar.move(self.vertical_scrollbar, new_value)
        if round(old_value) != round(new_value):
            self.refresh()

    def go_to(self, row: int) -> None:
        """Show from this row on."""
        self.scroll_to(y=max(0, min(row, self.rows - self.scrollable_size.height)), animate=False, force=True)


class LineView(DrawnRows, inherit_bindings=False):
    """Rows of text with the keys of a pager."""

    BINDINGS: ClassVar[list[BindingType]] = [*LINE_BINDINGS]

    def action_scroll_rows(self, step: int) -> None:
        """One row on, or back."""
        self.go_to(self.top_row + step)

    def action_scroll_pages(self, step: int) -> None:
        """A screen on, or back; one row stays."""
        self.go_to(self.top_row + step * max(1, self.scrollable_size.height - 1))

    def action_go_to_row(self, row: int) -> None:
        """The beginning."""
        self.go_to(row)

    def action_go_to_end(self) -> None:
        """The end, as far as it is known."""
        self.go_to(self.rows)
