"""From the fields of tables of orders and their lines to what the sales area takes."""

from importers.fields.orders import LINE_OF, ORDER_FIELDS, ORDER_LINE_FIELDS
from importers.kinds import TableKind
from importers.lined_rows import LineFields
from importers.rows import Values
from models.sales.order_importing import OrderIntake


def _values(read: Values) -> Values:
    return {name: value for name, value in read.items() if value is not None}


ORDERS = TableKind(
    ORDER_FIELDS, OrderIntake, lambda _mapping: _values, line_fields=LineFields(ORDER_LINE_FIELDS, LINE_OF)
)
