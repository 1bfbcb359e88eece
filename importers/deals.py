"""From the fields of a table of deals to what the sales area takes."""

from importers.fields.deals import DEAL_FIELDS
from importers.kinds import TableKind
from importers.rows import Values
from models.sales.importing import DealIntake


def _values(read: Values) -> Values:
    return {name: value for name, value in read.items() if value is not None}


DEALS = TableKind(DEAL_FIELDS, DealIntake, lambda _mapping: _values, columns_of={"expected": "value"})
