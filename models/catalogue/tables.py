"""Tables of the catalogue: vendors, products with their licence policies, aliases, price changes."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import DayField, MoneyField, Record
from models.kinds import record_kind
from models.language import N_


@record_kind("vendor", N_("vendor"), label="name")
class Vendor(Record):
    """Who makes a product or a protection key."""

    name = TextField()
    folded = TextField(unique=True)
    website = TextField(default="")
    note = TextField(default="")


@record_kind("product", N_("product"), label="name")
class Product(Record):
    """Something we sell. The fields from ``term_months`` on are its licence policy."""

    code = TextField()
    code_folded = TextField(unique=True)
    name = TextField()
    vendor = ForeignKeyField(Vendor, null=True, backref="products", on_delete="RESTRICT")
    vendor_id: int | None
    kind = TextField(default="licence")
    unit = TextField(default="шт")
    price = MoneyField(null=True)
    currency = TextField(default="RUB")
    cost = MoneyField(null=True)
    vat_code = TextField(default="standard")
    register_number = TextField(default="")
    unique_items = BooleanField(default=False)
    protection_method = TextField(default="none")
    active = BooleanField(default=True)
    term_months = IntegerField(null=True)
    term_from = TextField(default="issue")
    seats = IntegerField(default=1)
    maintenance_months = IntegerField(null=True)
    number_pattern = TextField(default="")
    number_unique_per = TextField(default="vendor")
    returnable = BooleanField(default=False)
    pool_low = IntegerField(null=True)
    note = TextField(default="")

    class Meta:
        indexes = ((("name", "id"), False),)


@record_kind("product_alias", N_("product alias"), label="spelling")
class ProductAlias(Record):
    """How a price list or an old table spells a product."""

    product = ForeignKeyField(Product, backref="aliases", on_delete="CASCADE")
    product_id: int
    spelling = TextField()
    folded = TextField(unique=True)


@record_kind("price_change", N_("price change"))
class PriceChange(Record):
    """The price and cost of a product from a day on."""

    product = ForeignKeyField(Product, backref="price_changes", on_delete="CASCADE")
    product_id: int
    day = DayField()
    price = MoneyField(null=True)
    cost = MoneyField(null=True)
    currency = TextField(default="RUB")
