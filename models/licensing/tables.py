"""Tables of item instances and licences."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import DayField, Record
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.keys.tables import ProtectionKey
from models.kinds import record_kind
from models.language import N_


@record_kind("instance", N_("item instance"), label="number")
class ItemInstance(Record):
    """One thing made for one client's order: the licences of a line, a delivered key, a work."""

    number = TextField(unique=True)
    product = ForeignKeyField(Product, backref="instances", on_delete="RESTRICT")
    product_id: int
    client = ForeignKeyField(Client, backref="instances", on_delete="RESTRICT")
    client_id: int
    end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    end_user_id: int | None
    protection_method = TextField(default="none")
    state = TextField(default="formed")
    origin = TextField(default="import")
    formed = DayField(null=True)
    requirements = TextField(default="")

    class Meta:
        table_name = "item_instance"
        indexes = ((("client", "product", "formed"), False), (("product", "id"), False))


@record_kind("licence", N_("licence"), label="number")
class Licence(Record):
    """A licence: its number, what it licenses to whom, on which key, from when to when.

    ``number_scope`` is within what the number is unique: a vendor or a product, by the product's policy.
    """

    number = TextField()
    number_folded = TextField()
    number_scope = TextField()
    instance = ForeignKeyField(ItemInstance, backref="licences", on_delete="RESTRICT")
    instance_id: int
    key = ForeignKeyField(ProtectionKey, null=True, backref="licences", on_delete="RESTRICT")
    key_id: int | None
    client = ForeignKeyField(Client, backref="licences", on_delete="RESTRICT")
    client_id: int
    end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    end_user_id: int | None
    product = ForeignKeyField(Product, backref="licences", on_delete="RESTRICT")
    product_id: int
    name = TextField()
    product_code = TextField(default="")
    issued = DayField(null=True)
    activated = DayField(null=True)
    expires = DayField(null=True)
    maintenance_until = DayField(null=True)
    seats = IntegerField(default=1)
    kind = TextField(default="new")
    state = TextField(default="issued")
    vendor_order = TextField(default="")
    vendor_account = TextField(default="")
    supersedes = ForeignKeyField("self", null=True, backref="superseded_by", on_delete="RESTRICT")
    supersedes_id: int | None
    note = TextField(default="")

    class Meta:
        indexes = (
            (("number_folded", "number_scope"), True),
            (("issued", "id"), False),
            (("client", "issued", "id"), False),
            (("expires", "id"), False),
            (("maintenance_until", "id"), False),
        )
