"""The list of vendor codes."""

from __future__ import annotations

from models.catalogue.tables import Product
from models.conditions import Condition, FilterField
from models.kinds import RecordRef
from models.language import N_
from models.licensing.tables import Licence, VendorCode
from models.licensing.vocabulary import CODE_STATES
from models.listing import Column, Sort
from models.lookup import named
from models.table_listing import Join, ListColumn, ListDefinition

_V = VendorCode


def _licence_of(code_id: int) -> RecordRef | None:
    found = _V.select(_V.licence).where(_V.id == code_id).scalar()
    return None if found is None else RecordRef("licence", int(found))


def codes_of(product_id: int, state: str = "") -> Condition:
    """The codes of a product's pool, all or those of a state."""
    mine = _V.product == product_id
    return mine & (_V.state == state) if state else mine


CODES = ListDefinition(
    kind="vendor_code",
    table=VendorCode,
    columns=(
        ListColumn(Column("code", N_("Code"), width=26), _V.code),
        ListColumn(Column("product", N_("Product"), width=30), Product.name),
        ListColumn(Column("state", N_("State"), "state", width=10), _V.state),
        ListColumn(Column("licence", N_("Licence"), width=20, priority=2), Licence.number),
        ListColumn(Column("usable_until", N_("Usable until"), "date", width=10, priority=3), _V.usable_until),
        ListColumn(Column("source", N_("Source"), width=20, priority=4), _V.source),
        ListColumn(Column("note", N_("Note"), width=20, priority=5, hidden=True), _V.note),
    ),
    fields=(
        FilterField("code", "folded", _V.folded, title=N_("Code")),
        FilterField("product", "text", _V.product, ask=lambda t: named(_V.product, "product", t), title=N_("Product")),
        FilterField("state", "state", _V.state, values=CODE_STATES, title=N_("State")),
        FilterField("licence", "text", _V.licence, ask=lambda t: named(_V.licence, "licence", t), title=N_("Licence")),
        FilterField("usable_until", "date", _V.usable_until, title=N_("Usable until")),
        FilterField("source", "text", _V.source, title=N_("Source")),
    ),
    default_sort=Sort("id"),
    joins={
        "product": Join(Product, _V.product == Product.id, required=True),
        "licence": Join(Licence, _V.licence == Licence.id),
    },
    links={"licence": _licence_of},
)
