"""From the fields of a table of products to what the catalogue takes."""

from collections.abc import Callable, Mapping
from typing import Any

from importers.fields.products import PRODUCT_FIELDS
from importers.headings import ColumnMapping
from importers.kinds import TableKind
from importers.rows import Values
from models.catalogue.importing import ProductIntake

_RENAMED = {"vat": "vat_code", "protection": "protection_method"}


def _values(_mapping: ColumnMapping) -> Callable[[Values], Mapping[str, Any]]:
    return _product


def _product(read: Values) -> Mapping[str, Any]:
    taken: dict[str, Any] = {_RENAMED.get(name, name): value for name, value in read.items() if value is not None}
    discontinued = taken.pop("discontinued", None)
    if discontinued is not None and "active" not in taken:
        taken["active"] = not discontinued
    return taken


PRODUCTS = TableKind(
    PRODUCT_FIELDS, ProductIntake, _values, columns_of={after: before for before, after in _RENAMED.items()}
)
