"""The list of every section: rows of a list of any length, and the keys and the mouse that work on them.

The table knows no business word; it posts what the operator meant, and the screen answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from models.language import _
from models.listing import Column, Sort
from screens.kit import marks as marking
from screens.kit import table_messages
from screens.kit.cells import column_title
from screens.kit.row_painter import MARGIN
from screens.kit.row_view import HEADING, RowView
from screens.kit.table_keys import TABLE_BINDINGS

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType


class RecordTable(RowView, inherit_bindings=False):
    """A list of records that the operator walks, marks, sorts, copies from and opens."""

    Opened = table_messages.Opened
    Sorted = table_messages.Sorted
    CopyRequested = table_messages.CopyRequested
    Refused = table_messages.Refused
    FilterRequested = table_messages.FilterRequested
    ColumnsRequested = table_messages.ColumnsRequested
    ExportRequested = table_messages.ExportRequested
    RepeatRequested = table_messages.RepeatRequested
    PreviewToggled = table_messages.PreviewToggled

    BINDINGS: ClassVar[list[BindingType]] = [*TABLE_BINDINGS]

    # The mouse

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None or event.button != 1:
            return
        column = self._column_at(place.x)
        if column is not None:
            self._cursor_column = column.id
        if place.y < HEADING:
            self.action_sort()
            return
        row = self._top + place.y - HEADING
        if row < self._reader.window.extent:
            self._move_to(row)
            self._refresh_heading()
            if event.chain == 2:
                self.action_open()

    def _column_at(self, x: int) -> Column | None:
        placed = [each for each in self._painter.placed if each.x + MARGIN <= x]
        return placed[-1].column if placed else None

    # Keys

    def action_down(self) -> None:
        self._move_to(self.cursor_row + 1)

    def action_up(self) -> None:
        self._move_to(self.cursor_row - 1)

    def action_page_down(self) -> None:
        self._move_to(self.cursor_row + self._height, self._top + self._height)

    def action_page_up(self) -> None:
        self._move_to(self.cursor_row - self._height, self._top - self._height)

    def action_top(self) -> None:
        self._move_to(0)

    def action_bottom(self) -> None:
        self.go_to_the_end()

    def action_next_column(self) -> None:
        self._step_column(1)

    def action_previous_column(self) -> None:
        self._step_column(-1)

    def _step_column(self, step: int) -> None:
        here, placed = self._here, self._painter.placed
        if here is not None:
            at = max(0, min(placed.index(here) + step, len(placed) - 1))
            self._cursor_column = placed[at].column.id
            self._refresh_heading()
            self._refresh_lines(self.cursor_row)

    def action_sort(self) -> None:
        """Sort by the column under the cursor; by the same column again, the other way round."""
        column, listing = self.cursor_column, self._listing
        if column is None or listing is None:
            return
        if column.sort == "none":
            reason = _("The list cannot be sorted by “{column}”.").format(column=column_title(column))
            self.post_message(self.Refused(self, reason))
            return
        sort = Sort(column.id, listing.sort.column == column.id and not listing.sort.descending)
        self.set_listing(listing.with_sort(sort))
        self.post_message(self.Sorted(self, sort))

    def action_open(self) -> None:
        if self.cursor_id is not None:
            self.post_message(self.Opened(self, self.cursor_id))

    def action_mark(self) -> None:
        """Mark the record, or no longer, and go on to the next."""
        if self.cursor_id is not None:
            self.marks = self.marks.toggled(self.cursor_id)
            self.post_message(self.MarksChanged(self, self.marks))
            self._move_to(self.cursor_row + 1)
            self._refresh_lines(self.cursor_row - 1, self.cursor_row)

    def action_mark_all(self) -> None:
        """Mark all that the filter finds; when anything is marked, nothing."""
        self.set_marks(marking.NONE if self.marks else marking.ALL)

    def action_copy_cell(self) -> None:
        row, here = self._row_here, self._here
        if row is not None and here is not None:
            self.post_message(self.CopyRequested(self, self._painter.text_of(row, here)))

    def action_copy_row(self) -> None:
        row = self._row_here
        if row is not None:
            texts = [self._painter.text_of(row, placed) for placed in self._painter.placed]
            self.post_message(self.CopyRequested(self, "\t".join(texts)))

    def action_repeat(self) -> None:
        """Try again when the list could not be read; else what was last done to marked records."""
        if self._failure is not None:
            self.refresh_rows()
        else:
            self.post_message(self.RepeatRequested(self))

    def action_filter(self) -> None:
        self.post_message(self.FilterRequested(self))

    def action_columns(self) -> None:
        self.post_message(self.ColumnsRequested(self))

    def action_export(self) -> None:
        self.post_message(self.ExportRequested(self))

    def action_preview(self) -> None:
        self.post_message(self.PreviewToggled(self))
