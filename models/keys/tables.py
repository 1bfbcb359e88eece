"""Tables of protection keys and their movements."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import DayField, MomentField, MoneyField, Record
from models.catalogue.tables import Vendor
from models.clients.tables import Client
from models.kinds import record_kind
from models.language import N_


@record_kind("key", N_("protection key"), label="number")
class ProtectionKey(Record):
    """A protection key, hardware or software. No owner: it is our stock's.

    Numbers are unique within ``number_scope``: the vendor and model. ``cost`` is in the base currency.
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
    cost = MoneyField(null=True)

    class Meta:
        table_name = "protection_key"
        indexes = (
            (("number_folded", "number_scope"), True),
            (("state", "id"), False),
        )


@record_kind("key_movement", N_("movement"))
class KeyMovement(Record):
    """One hand-over of a key, or its loss: from whom to whom, from state to state, when, why. None is our stock.

    ``day`` is when it happened, none in old rows: the day of ``moment``, when it was written down. The document that
    it happened by is named by ``about_kind`` and ``about_id``, where there is one.
    """

    key = ForeignKeyField(ProtectionKey, backref="movements", on_delete="RESTRICT")
    key_id: int
    moment = MomentField()
    kind = TextField()
    from_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    from_client_id: int | None
    to_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    to_client_id: int | None
    document = TextField(default="")
    operator = TextField(default="")
    note = TextField(default="")
    day = DayField(null=True)
    from_state = TextField(default="")
    to_state = TextField(default="")
    about_kind = TextField(default="")
    about_id = IntegerField(null=True)

    class Meta:
        indexes = (
            (("to_client", "moment", "id"), False),
            (("from_client", "moment", "id"), False),
            (("about_kind", "about_id"), False),
        )
