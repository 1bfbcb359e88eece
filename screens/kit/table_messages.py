"""What a record table tells its screen: what the operator meant, in no business's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from models.listing import Sort
    from screens.kit.marks import Marks
    from screens.kit.row_view import RowView


class TableMessage(Message, namespace="record_table"):
    """Posted by a record table. Handlers are called ``on_record_table_…``."""

    def __init__(self, table: RowView) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> RowView:
        """The table, for ``@on(RecordTable.Opened, "#clients")``."""
        return self.table


class RecordMessage(TableMessage, namespace="record_table"):
    """Something about one record."""

    def __init__(self, table: RowView, record_id: int) -> None:
        super().__init__(table)
        self.record_id = record_id


class Opened(RecordMessage, namespace="record_table"):
    """The operator wants to see this record."""


class Highlighted(RecordMessage, namespace="record_table"):
    """The cursor came to this record."""


class Counted(TableMessage, namespace="record_table"):
    """The number of records in the list became known, or changed."""

    def __init__(self, table: RowView, total: int) -> None:
        super().__init__(table)
        self.total = total


class MarksChanged(TableMessage, namespace="record_table"):
    """Other records are marked than before."""

    def __init__(self, table: RowView, marks: Marks) -> None:
        super().__init__(table)
        self.marks = marks


class Sorted(TableMessage, namespace="record_table"):
    """The operator chose another order; the table has asked for it already."""

    def __init__(self, table: RowView, sort: Sort) -> None:
        super().__init__(table)
        self.sort = sort


class CopyRequested(TableMessage, namespace="record_table"):
    """The operator wants this text on his clipboard."""

    def __init__(self, table: RowView, text: str) -> None:
        super().__init__(table)
        self.text = text


class Refused(TableMessage, namespace="record_table"):
    """What the operator tried does not work here; ``reason`` is a sentence to show him."""

    def __init__(self, table: RowView, reason: str) -> None:
        super().__init__(table)
        self.reason = reason


class Failed(TableMessage, namespace="record_table"):
    """A query failed. When rows cannot be shown for it, the table says so itself."""

    def __init__(self, table: RowView, error: Exception) -> None:
        super().__init__(table)
        self.error = error


class FilterRequested(TableMessage, namespace="record_table"):
    """The operator wants to filter the list."""


class ColumnsRequested(TableMessage, namespace="record_table"):
    """The operator wants to pick and order the columns."""


class ExportRequested(TableMessage, namespace="record_table"):
    """The operator wants to export what is filtered."""


class RepeatRequested(TableMessage, namespace="record_table"):
    """The operator wants the last bulk action again, on what is marked now."""


class PreviewToggled(TableMessage, namespace="record_table"):
    """The operator wants the preview pane shown or hidden."""
