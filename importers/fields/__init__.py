"""The fields of each table that can be imported: one file per table."""

from importers.fields.clients import CLIENT_FIELDS
from importers.fields.deals import DEAL_FIELDS
from importers.fields.keys import KEY_FIELDS
from importers.fields.licences import LICENCE_FIELDS
from importers.fields.orders import ORDER_FIELDS, ORDER_LINE_FIELDS
from importers.fields.products import PRODUCT_FIELDS

__all__ = [
    "CLIENT_FIELDS",
    "DEAL_FIELDS",
    "FIELDS_OF",
    "KEY_FIELDS",
    "LICENCE_FIELDS",
    "ORDER_FIELDS",
    "PRODUCT_FIELDS",
]

FIELDS_OF = {
    "clients": CLIENT_FIELDS,
    "products": PRODUCT_FIELDS,
    "keys": KEY_FIELDS,
    "licences": LICENCE_FIELDS,
    "deals": DEAL_FIELDS,
    "orders": (*ORDER_FIELDS, *ORDER_LINE_FIELDS),
}
"""The fields by the name that the command ``turbofly import`` gives the table."""
