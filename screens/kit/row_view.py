"""A window on a list of any length: only the rows on the screen are read and kept.

Cursor and marks are record ids: they stay on their records when the list is sorted, filtered or read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from models.language import _
from models.listing import Column, Listing, Row
from screens.kit import marks as marking
from screens.kit import quiet_scrollbar, table_messages
from screens.kit.glyphs import glyphs
from screens.kit.row_painter import COMPONENTS, TABLE_CSS, RowPainter, RowState, styles_from
from screens.kit.row_reader import Aim, Opening, RowReader

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.timer import Timer

    from screens.kit.cells import StateLabels
    from screens.kit.column_layout import Placed
    from screens.kit.gateway import Gateway
    from screens.kit.marks import Marks

HEADING = 1
"""Lines above the rows."""

_MEANWHILE_SECONDS = 0.1
"""How long the old rows may stay while the cursor's record is looked for under a new filter."""

_PATIENCE_SECONDS = 0.05
"""How long a screen without its rows may wait for them before it says so: most come sooner, and one update is half
of two."""


class RowView(ScrollView, can_focus=True):
    """The rows of a list, a cursor on one of its records, and marks; ``RecordTable`` adds keys and mouse."""

    Highlighted = table_messages.Highlighted
    Counted = table_messages.Counted
    MarksChanged = table_messages.MarksChanged
    Failed = table_messages.Failed

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"record-table--{name}" for name in COMPONENTS}
    DEFAULT_CSS = TABLE_CSS

    _looks_known = False

    def __init__(
        self,
        gateway: Gateway,
        *,
        empty_text: str = "",
        state_labels: Mapping[str, StateLabels] | None = None,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """``empty_text`` says, in the operator's language, how the first record is made; ``state_labels`` gives
        msgids for stored codes, by column id."""
        super().__init__(name=name, id=id, classes=classes)
        self.empty_text = empty_text
        self.marks = marking.NONE
        self.cursor_row = 0
        self.cursor_id: int | None = None
        self._cursor_column = ""
        self._listing: Listing | None = None
        self._known_count: int | None = None
        self._chosen: Sequence[str] | None = None
        self._reader = RowReader(gateway, self)
        self._width = 0
        self._painter = RowPainter(state_labels or {})
        self._failure: Exception | None = None
        self._aim: Aim | None = None
        self._moved = self._follow = False
        self._to_the_end = False
        self._travel = 1
        self._placeholders = False
        self._patience: Timer | None = None

    @property
    def listing(self) -> Listing | None:
        """The list that is shown, or about to be."""
        return self._listing

    @property
    def total(self) -> int | None:
        """How many records the list has, or had a moment ago; None until they are counted."""
        window = self._reader.window
        return window.likely if window.count is None else window.count

    @property
    def cursor_column(self) -> Column | None:
        """The column that the cursor is in; None in a table without columns."""
        here = self._here
        return here.column if here else None

    def set_listing(self, listing: Listing, count: int | None = None) -> None:
        """Show this list: from the top if it is of another kind, else with the cursor on the record it is on; ``count``
        is the length of the first list, where that is known before it is shown."""
        before, self._listing = self._listing, listing
        self._known_count = count
        if not self.is_mounted:
            return
        if before is None or before.kind != listing.kind:
            self._open(listing)
            return
        refiltered = before.filter_text != listing.filter_text
        if refiltered and self.marks.all_but:
            # "All but these" was said of what the old filter found; under the new one it would mean other records.
            self.set_marks(marking.NONE)
        self._reopen(0 if refiltered else self.cursor_row, self.cursor_id)
        if refiltered:
            self.set_timer(_MEANWHILE_SECONDS, partial(self._open_top_meanwhile, listing))
        self._refresh_heading()

    def refresh_rows(self) -> None:
        """Read the list again, because records changed; cursor and marks stay on their records."""
        if self._listing is not None and self.is_mounted:
            # A new listing of the same: one that was counted may read from the end by a number that no longer holds.
            self._listing = self._listing.with_sort(self._listing.sort)
            self._reopen(self.cursor_row, self.cursor_id, follow=False)

    def go_to(self, record_id: int) -> None:
        """Put the cursor on this record as soon as it is found; it stays when the record is not in the list."""
        if self._listing is not None and self.is_mounted:
            self._reopen(self.cursor_row, record_id)

    def go_to_the_end(self) -> None:
        """Put the cursor on the last row: the last known one, and on again when the list is counted."""
        extent = self._reader.window.extent
        self._move_to(extent - 1, extent - self._height)
        self._to_the_end = self.total is None

    def choose_columns(self, ids: Sequence[str] | None) -> None:
        """Show these columns in this order, as far as they fit; None for the list's own choice."""
        self._chosen = ids
        self._lay_out()

    def set_marks(self, marks: Marks) -> None:
        """Mark these records and no others."""
        if marks != self.marks:
            self.marks = marks
            self.refresh()
            self.post_message(self.MarksChanged(self, marks))

    def redraw(self) -> None:
        """Draw all anew, as after a change of language."""
        self._painter.forget_lines()
        self.refresh()

    # Opening lists and getting rows

    def _open(self, listing: Listing) -> None:
        self._failure = None
        self.cursor_row, self.cursor_id = 0, None
        self.set_marks(marking.NONE)
        self._reader.open(listing, self._known_count)
        self.call_after_refresh(self._reader.count)
        self._lay_out()
        self._size_changed()
        self.scroll_to(y=0, animate=False, force=True)
        self._at_row()
        self.refresh()

    def _reopen(self, near: int, record_id: int | None, *, follow: bool = True) -> None:
        assert self._listing is not None
        self._aim = Aim(record_id, near, around=self._height)
        self._moved = False
        self._follow = follow
        self._reader.reopen(self._listing, self._aim)

    def _open_top_meanwhile(self, listing: Listing) -> None:
        if listing is self._listing:
            self._reader.open_top_meanwhile(listing)

    def list_opened(self, opening: Opening) -> None:
        """The rows of the list asked for came: show them instead of those before."""
        if opening.listing is not self._listing or self._aim is None:
            return
        place = opening.place_of(self.cursor_id) if self._moved else opening.place
        if self._moved and place is None:
            # The operator went on meanwhile, to a record that is not among these rows.
            self._reopen(self.cursor_row, self.cursor_id, follow=self._follow)
            return
        before = self._reader.listing
        line = self.cursor_row - self._top
        same_filter = before is not None and before.filter_text == opening.listing.filter_text
        self._reader.adopt(opening, self.total if same_filter else None)
        self._failure = None
        self._lay_out()
        self.cursor_row = self._aim.near if place is None else place
        self._size_changed()
        self.scroll_to(y=self.cursor_row - line, animate=False, force=True)
        if self._follow:
            self._show_row(self.cursor_row)
        self._see_to_rows(1)
        self._at_row()
        self.refresh()

    def rows_came(self) -> None:
        """Rows that were asked for are at hand."""
        self._size_changed()
        self._see_to_rows(self._travel)
        self._at_row()
        if self._placeholders or self._patience is not None:
            self._refresh_rows_on_screen()

    def rows_counted(self, number: int) -> None:
        """The list was counted."""
        self._size_changed()
        if self._to_the_end:
            self.go_to_the_end()
        self.post_message(self.Counted(self, number))

    def reading_failed(self, error: Exception) -> None:
        """A query for rows failed: its reason takes the place of the rows."""
        self._failure = error
        self.refresh()
        self.post_message(self.Failed(self, error))

    def trouble(self, error: Exception) -> None:
        """A query failed without which the rows on the screen can be shown all the same."""
        self.post_message(self.Failed(self, error))

    # Where things are

    @property
    def _height(self) -> int:
        """Rows that fit on the screen."""
        return max(1, self.scrollable_size.height - HEADING)

    @property
    def _top(self) -> int:
        """The first row on the screen."""
        return self.scroll_offset.y

    @property
    def _here(self) -> Placed | None:
        """The column that the cursor is in, or the first one where that is not shown."""
        placed = self._painter.placed
        return next((each for each in placed if each.column.id == self._cursor_column), placed[0] if placed else None)

    @property
    def _row_here(self) -> Row | None:
        return self._reader.window.row(self.cursor_row)

    def _lay_out(self) -> None:
        self._fit_columns()
        self.refresh()

    def _fit_columns(self) -> None:
        self._width = self.scrollable_size.width
        self._painter.set_width(self._width)
        if self._reader.listing is not None:
            self._painter.set_columns(self._reader.listing.columns, self._chosen)

    def _size_changed(self) -> None:
        """The list is as long as it is known to be now; the cursor stays inside it."""
        extent = self._reader.window.extent
        before, size = self.virtual_size, Size(self.scrollable_size.width, extent + HEADING)
        if size != before:
            # Without a layout of the screen, which would repaint the whole table each time a record is added.
            self.set_reactive(ScrollView.virtual_size, size)
            if self.show_vertical_scrollbar:
                quiet_scrollbar.stretch(self.vertical_scrollbar, size.height)
            if min(size.height, before.height) <= self._top + self._height:
                self._refresh_rows_on_screen()
        self.cursor_row = max(0, min(self.cursor_row, extent - 1))

    def _see_to_rows(self, travel: int) -> None:
        if self._failure is None:
            self._reader.ensure(self._top, self._top + self._height - 1, travel)

    def _at_row(self) -> None:
        """Learn which record the cursor is on; say so if it is another one."""
        row = self._row_here
        if (record_id := row.id if row is not None else None) != self.cursor_id:
            self.cursor_id = record_id
            if record_id is not None:
                self.post_message(self.Highlighted(self, record_id))

    def _move_to(self, row: int, top: int | None = None) -> None:
        """Put the cursor on a row, and that row on the screen; with ``top``, that row first."""
        row = max(0, min(row, self._reader.window.extent - 1))
        before, self.cursor_row = self.cursor_row, row
        self._to_the_end = False
        self._moved = True
        self._travel = 1 if row >= before else -1
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self._show_row(row)
        self._see_to_rows(self._travel)
        self._at_row()
        self._refresh_lines(before, row)

    def _show_row(self, row: int) -> None:
        """Scroll so that the row is on the screen; half a screen at once, so that few steps scroll."""
        if not self._top <= row < self._top + self._height:
            self.scroll_to(y=row - self._height // 2, animate=False, force=True)

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks_known = False

    def render_line(self, y: int) -> Strip:
        if not self._looks_known:
            self._looks_known = True
            self._painter.set_looks(styles_from(self.get_component_rich_style, self.rich_style), glyphs(self.app))
        if self._width != self.scrollable_size.width:
            # The first time, the widget is painted before it hears of its size: the rows are there already.
            self._fit_columns()
        listing = self._reader.listing
        if listing is None:
            return self._painter.blank()
        if y < HEADING:
            here = self._here
            sort = self._listing.sort if self._listing is not None else listing.sort
            return self._painter.heading(sort, here.column.id if here else "")
        words = self._words_in_place_of_rows(listing)
        if words:
            return words[y - HEADING] if y - HEADING < len(words) else self._painter.blank()
        return self._row_line(self._top + y - HEADING)

    def _row_line(self, place: int) -> Strip:
        window = self._reader.window
        if place >= window.extent and not (place == 0 and self._reader.is_loading):
            return self._painter.blank()
        cursor = place == self.cursor_row
        row = window.row(place)
        if row is None:
            self._placeholders = True
            return self._painter.waiting(cursor=cursor)
        here = self._here if cursor else None
        return self._painter.row(row, RowState(cursor, row.id in self.marks, here.column.id if here else ""))

    def _words_in_place_of_rows(self, listing: Listing) -> list[Strip]:
        if self._failure is not None:
            return self._painter.failure(self._failure)
        if self._reader.window.extent or self._reader.is_loading:
            return []
        return self._painter.words(_("Nothing matches the filter.") if listing.filter_text else self.empty_text)

    def _refresh_lines(self, *rows: int) -> None:
        """Draw these rows anew, as far as they are on the screen."""
        lines = {row - self._top + HEADING for row in rows}
        regions = [Region(0, y, self.scrollable_size.width, 1) for y in lines if HEADING <= y < HEADING + self._height]
        if regions and self._patience is None:
            self.refresh(*regions)

    def _refresh_heading(self) -> None:
        self.refresh(Region(0, 0, self.scrollable_size.width, HEADING))

    def _refresh_rows_on_screen(self) -> None:
        """Draw the rows anew: at once when they are at hand, else when they come, at the latest in a moment."""
        if not self._reader.is_at_hand(self._top, self._top + self._height - 1):
            if self._patience is None:
                self._patience = self.set_timer(_PATIENCE_SECONDS, self._draw_rows)
        else:
            self._draw_rows()

    def _draw_rows(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self._placeholders = False
        self.refresh(Region(0, HEADING, self.scrollable_size.width, self._height))

    # What happens to the widget

    def on_mount(self) -> None:
        if self._listing is not None:
            self._open(self._listing)

    def on_unmount(self) -> None:
        self._reader.close()

    def on_resize(self) -> None:
        self._lay_out()
        self._size_changed()
        self._show_row(self.cursor_row)
        self._see_to_rows(1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if self.show_vertical_scrollbar:
            quiet_scrollbar.move(self.vertical_scrollbar, new_value)
        if round(old_value) != round(new_value):
            self._see_to_rows(1 if new_value > old_value else -1)
            self._refresh_rows_on_screen()
