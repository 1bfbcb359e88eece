"""The table of marketing campaigns."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from models.base import DayField, MoneyField, QuantityField, Record
from models.catalogue.tables import Vendor
from models.kinds import record_kind
from models.language import N_


@record_kind("campaign", N_("campaign"), label="name")
class Campaign(Record):
    """A campaign of ours or of a vendor; ``discount`` is in percent, ``planned_budget`` in the base currency."""

    name = TextField()
    folded = TextField(unique=True)
    kind = TextField(default="own")
    vendor = ForeignKeyField(Vendor, null=True, on_delete="RESTRICT")
    vendor_id: int | None
    start = DayField(null=True)
    end = DayField(null=True)
    discount = QuantityField(default=0)
    planned_budget = MoneyField(default=0)
    state = TextField(default="planned")
    note = TextField(default="")
