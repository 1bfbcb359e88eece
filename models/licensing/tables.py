"""Tables of item instances, licences, the events of their lives, vendor codes, and numbers that came with a receipt."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import DayField, MomentField, MoneyField, QuantityField, Record
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.keys.tables import ProtectionKey
from models.kinds import record_kind
from models.language import N_
from models.sales.tables import Document, DocumentLine


@record_kind("instance", N_("item instance"), label="number")
class ItemInstance(Record):
    """One thing made for one client's order: the licences of a line, a delivered key, a work.

    ``line`` is what it was formed from, ``shipment_line`` the line of a shipment or licence order by which it is handed
    over, a draft's too. ``key`` is the key that was picked for it, ``key_reason`` why a key of somebody else was.
    ``quantity`` is none for what was imported.
    """

    number = TextField(unique=True)
    product = ForeignKeyField(Product, backref="instances", on_delete="RESTRICT", index=False)
    product_id: int
    client = ForeignKeyField(Client, backref="instances", on_delete="RESTRICT", index=False)
    client_id: int
    end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    end_user_id: int | None
    protection_method = TextField(default="none")
    state = TextField(default="formed")
    origin = TextField(default="import")
    formed = DayField(null=True)
    requirements = TextField(default="")
    quantity = QuantityField(null=True)
    line = ForeignKeyField(DocumentLine, null=True, backref="instances", on_delete="RESTRICT")
    line_id: int | None
    shipment_line = ForeignKeyField(DocumentLine, null=True, backref="delivered_instances", on_delete="RESTRICT")
    shipment_line_id: int | None
    key = ForeignKeyField(ProtectionKey, null=True, backref="instances", on_delete="RESTRICT")
    key_id: int | None
    key_reason = TextField(default="")

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
    client = ForeignKeyField(Client, backref="licences", on_delete="RESTRICT", index=False)
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
            (("client", "issued", "id", "product", "kind"), False),
            (("expires", "id"), False),
            (("maintenance_until", "id"), False),
        )


@record_kind("licence_event", N_("event of a licence"))
class LicenceEvent(Record):
    """What became of a licence on a day: whose it was and became, on what key, and its other values as JSON.

    ``before`` and ``after`` hold only what the event changed, so that a licence as of any day is its present values
    with the later events taken back. An imported licence has no event of its issue. ``client`` is whose it was then,
    after the event; none in old rows.
    """

    licence = ForeignKeyField(Licence, backref="events", on_delete="RESTRICT", index=False)
    licence_id: int
    kind = TextField()
    day = DayField()
    moment = MomentField()
    document = ForeignKeyField(Document, null=True, on_delete="RESTRICT")
    document_id: int | None
    reason = TextField(default="")
    operator = TextField(default="")
    from_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    from_client_id: int | None
    to_client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    to_client_id: int | None
    from_end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    from_end_user_id: int | None
    to_end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    to_end_user_id: int | None
    from_key = ForeignKeyField(ProtectionKey, null=True, on_delete="RESTRICT")
    from_key_id: int | None
    to_key = ForeignKeyField(ProtectionKey, null=True, on_delete="RESTRICT")
    to_key_id: int | None
    before = TextField(default="")
    after = TextField(default="")
    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    client_id: int | None

    class Meta:
        indexes = (
            (("licence", "id"), False),
            (("kind", "day", "id"), False),
            (("client", "moment", "kind", "id"), False),
            (("from_client", "moment", "kind", "id"), False),
        )


@record_kind("vendor_code", N_("vendor code"), label="code")
class VendorCode(Record):
    """A code bought in bulk that waits in its product's pool; ``licence`` is what it was taken for.

    ``cost`` is in the base currency, ``receipt_line`` the line of the receipt that it came with.
    """

    product = ForeignKeyField(Product, backref="codes", on_delete="RESTRICT", index=False)
    product_id: int
    code = TextField()
    folded = TextField()
    state = TextField(default="available")
    licence = ForeignKeyField(Licence, null=True, backref="codes", on_delete="RESTRICT")
    licence_id: int | None
    receipt_line = ForeignKeyField(DocumentLine, null=True, backref="codes", on_delete="RESTRICT")
    receipt_line_id: int | None
    cost = MoneyField(null=True)
    source = TextField(default="")
    usable_until = DayField(null=True)
    note = TextField(default="")

    class Meta:
        indexes = ((("product", "folded"), True), (("product", "state", "id"), False))


@record_kind("received_number", N_("received number"), label="number")
class ReceivedNumber(Record):
    """The number of a key, or a code, that came with a line of a receipt; posting makes a key or vendor code of it."""

    line = ForeignKeyField(DocumentLine, backref="received", on_delete="RESTRICT", index=False)
    line_id: int
    number = TextField()
    folded = TextField()

    class Meta:
        indexes = ((("line", "folded"), True),)
