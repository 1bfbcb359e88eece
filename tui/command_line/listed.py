"""A list of the models as a printed table: the same titles, states and formats as on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.language import _
from screens.kit.cells import cell_text
from screens.list_view import state_labels
from tui.command_line.output import StateText, TableColumn

if TYPE_CHECKING:
    from models.listing import Column, Row
    from models.table_listing import TableListing

_RIGHT = frozenset({"integer", "money", "quantity"})
_WHOLE = _RIGHT | {"date", "moment", "state", "flag"}


def table_of_listing(listing: TableListing, rows: Sequence[Row]) -> tuple[list[TableColumn], list[list[object]]]:
    """The columns that are not hidden, after the record's id, and the rows under them."""
    shown = [number for number, column in enumerate(listing.columns) if not column.hidden]
    labels = state_labels(listing.definition)

    def cell(column: Column, value: object) -> object:
        text = cell_text(value, column.kind, labels.get(column.id, {}))
        return StateText(text, str(value)) if column.kind == "state" else text

    columns = [listing.columns[number] for number in shown]
    return (
        [
            TableColumn(_("Id"), right=True, whole=True),
            *(TableColumn(_(c.title), right=c.kind in _RIGHT, whole=c.kind in _WHOLE) for c in columns),
        ],
        [[row.id, *(cell(listing.columns[number], row.cells[number]) for number in shown)] for row in rows],
    )
