"""The lists of products and vendors."""

from __future__ import annotations

from models.catalogue.tables import Product, Vendor
from models.catalogue.vocabulary import PRODUCT_KINDS, PROTECTION_METHODS, VAT_CODES
from models.conditions import Condition, FilterField, contains
from models.language import N_
from models.listing import Column, Sort
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold


def _of_vendor(text: str) -> Condition:
    return Product.vendor.in_(Vendor.select(Vendor.id).where(contains(Vendor.folded, fold(text))))


PRODUCTS = ListDefinition(
    kind="product",
    table=Product,
    columns=(
        ListColumn(Column("code", N_("Code"), width=14, sort="fast"), Product.code, Product.code_folded),
        ListColumn(Column("name", N_("Name"), width=40, sort="fast"), Product.name),
        ListColumn(Column("vendor", N_("Vendor"), width=16, priority=2, sort="slow"), Vendor.name, joins=("vendor",)),
        ListColumn(Column("kind", N_("Kind"), "state", width=12, priority=3, sort="slow"), Product.kind),
        ListColumn(Column("price", N_("Price"), "money", width=13, sort="slow"), Product.price),
        ListColumn(Column("currency", N_("Currency"), width=6, priority=4), Product.currency),
        ListColumn(Column("vat_code", N_("VAT"), "state", width=12, priority=5, hidden=True), Product.vat_code),
        ListColumn(Column("unit", N_("Unit"), width=5, priority=6, hidden=True), Product.unit),
        ListColumn(Column("term_months", N_("Term, months"), "integer", width=5, priority=5), Product.term_months),
        ListColumn(
            Column("term_from", N_("Term counts"), "state", width=10, priority=7, hidden=True), Product.term_from
        ),
        ListColumn(Column("seats", N_("Seats"), "integer", width=5, priority=7, hidden=True), Product.seats),
        ListColumn(
            Column("maintenance_months", N_("Maintenance, months"), "integer", width=5, priority=7, hidden=True),
            Product.maintenance_months,
        ),
        ListColumn(
            Column("register_number", N_("Register number"), width=10, priority=7, hidden=True),
            Product.register_number,
        ),
        ListColumn(
            Column("number_unique_per", N_("Numbers are unique"), "state", width=10, priority=7, hidden=True),
            Product.number_unique_per,
        ),
        ListColumn(
            Column("protection_method", N_("Protection"), "state", width=14, priority=5), Product.protection_method
        ),
        ListColumn(Column("active", N_("On sale"), "flag", width=4, priority=6, hidden=True), Product.active),
        ListColumn(
            Column("number_pattern", N_("Number format"), width=14, priority=7, hidden=True), Product.number_pattern
        ),
    ),
    fields=(
        FilterField("code", "folded", Product.code_folded, title=N_("Code")),
        FilterField("vendor", "text", Product.vendor, ask=_of_vendor, title=N_("Vendor")),
        FilterField("kind", "state", Product.kind, values=PRODUCT_KINDS, title=N_("Kind")),
        FilterField("price", "money", Product.price, title=N_("Price")),
        FilterField("vat", "state", Product.vat_code, values=VAT_CODES, title=N_("VAT")),
        FilterField(
            "protection", "state", Product.protection_method, values=PROTECTION_METHODS, title=N_("Protection")
        ),
        FilterField("active", "flag", Product.active, title=N_("On sale")),
    ),
    default_sort=Sort("code"),
    joins={"vendor": Join(Vendor, Product.vendor == Vendor.id)},
    lookup="product",
)

VENDORS = ListDefinition(
    kind="vendor",
    table=Vendor,
    columns=(
        ListColumn(Column("name", N_("Name"), width=30, sort="slow"), Vendor.name),
        ListColumn(Column("website", N_("Web site"), width=30, priority=2), Vendor.website),
        ListColumn(Column("note", N_("Note"), width=40, priority=3), Vendor.note),
    ),
    fields=(FilterField("name", "folded", Vendor.folded, title=N_("Name")),),
    default_sort=Sort("name"),
)
