"""Tables of protection keys and their movements."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from models.base import DayField, MomentField, Record
from models.catalogue.tables import Vendor
from models.clients.tables import Client
from models.kinds import record_kind
from models.language import N_


@record_kind("key", N_("protection key"), label="number")
class ProtectionKey(Record):
    """A protection key, hardware or software. No owner: it is our stock's.

    Numbers are unique within ``number_scope``: the vendor and model.
    """

    number = TextField()
    number_folded = TextField()
    number_scope = TextField()
    vendor = ForeignKeyField(Vendor, null=True, backref="keys", on_delete="RESTRICT")
    vendor_id: int | None
    model = TextField(default="")
    colour = TextField(default="")
    marking = TextField(default="")
    owner = ForeignKeyField(Client, null=True, backref="keys", on_delete="RESTRICT")
    owner_id: int | None
    state = TextField(default="in_stock")
    return_due = DayField(null=True)
    replaces = ForeignKeyField("self", null=True, backref="replaced_by", on_delete="RESTRICT")
    replaces_id: int | None
    note = TextField(default="")

    class Meta:
        table_name = "protection_key"
        indexes = (
            (("number_folded", "number_scope"), True),
            (("state", "id"), False),
        )


@record_kind("key_movement", N_("movement"))
class KeyMovement(Record):
    """One hand-over of a key: from whom to whom, when, why. None is our stock."""

    key = ForeignKeyField(ProtectionKey, backref="movements", on_delete="RESTRICT")
    key_id: int
    moment = MomentField()
    kind = TextField()
    from_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    from_client_id: int | None
    to_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    to_client_id: int | None
    document = TextField(default="")
    operator = TextField(default="")
    note = TextField(default="")

    class Meta:
        indexes = ((("to_client", "moment", "id"), False), (("from_client", "moment", "id"), False))
