"""Make the tables of licence events, vendor codes and received numbers; tie instances to lines and keys.

Licence orders say what for.
Its models are frozen. What older rows do not say stays empty, as the hashes of the audit trail need it.
"""

from typing import Any

import peewee as pw
from playhouse.migrate import SchemaMigrator

_OF_INSTANCES = ("quantity", "line_id", "shipment_line_id", "key_id", "key_reason")
_OF_MOVEMENTS = ("day", "from_state", "to_state", "about_kind", "about_id")


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    Client = _referenced(db, "client")
    ProtectionKey = _referenced(db, "protection_key")
    DocumentLine = _referenced(db, "document_line")
    migrator.migrate(
        migrator.add_column("protection_key", "cost", pw.BigIntegerField(null=True)),
        migrator.add_column("key_movement", "day", pw.DateField(null=True)),
        migrator.add_column("key_movement", "from_state", pw.TextField(default="")),
        migrator.add_column("key_movement", "to_state", pw.TextField(default="")),
        migrator.add_column("key_movement", "about_kind", pw.TextField(default="")),
        migrator.add_column("key_movement", "about_id", pw.IntegerField(null=True)),
        migrator.add_index("key_movement", ("about_kind", "about_id")),
        migrator.add_column("product", "pool_low", pw.IntegerField(null=True)),
        migrator.add_column("document", "purpose", pw.TextField(default="")),
        migrator.add_column("item_instance", "quantity", pw.BigIntegerField(null=True)),
        migrator.add_column("item_instance", "line_id", _link(DocumentLine)),
        migrator.add_column("item_instance", "shipment_line_id", _link(DocumentLine)),
        migrator.add_column(
            "item_instance",
            "key_id",
            pw.ForeignKeyField(ProtectionKey, field=ProtectionKey.id, null=True, on_delete="RESTRICT"),
        ),
        migrator.add_column("item_instance", "key_reason", pw.TextField(default="")),
    )
    _make_events(db, Client, ProtectionKey)
    _make_codes(db, DocumentLine)


def _referenced(db: pw.Database, name: str) -> Any:
    class Referenced(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = name

    return Referenced


def _link(table: Any) -> Any:
    return pw.ForeignKeyField(table, field=table.id, null=True, on_delete="RESTRICT")


def _make_events(db: pw.Database, Client: Any, ProtectionKey: Any) -> None:
    Licence, Document = _referenced(db, "licence"), _referenced(db, "document")

    class LicenceEvent(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        licence = pw.ForeignKeyField(Licence, on_delete="RESTRICT", index=False)
        kind = pw.TextField()
        day = pw.DateField()
        moment = pw.DateTimeField()
        document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT")
        reason = pw.TextField(default="")
        operator = pw.TextField(default="")
        from_client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        to_client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        from_end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        to_end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        from_key = pw.ForeignKeyField(ProtectionKey, null=True, on_delete="RESTRICT")
        to_key = pw.ForeignKeyField(ProtectionKey, null=True, on_delete="RESTRICT")
        before = pw.TextField(default="")
        after = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "licence_event"
            indexes = ((("licence", "id"), False), (("kind", "day", "id"), False))

    db.create_tables([LicenceEvent])


def _make_codes(db: pw.Database, DocumentLine: Any) -> None:
    Product, Licence = _referenced(db, "product"), _referenced(db, "licence")

    class VendorCode(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        product = pw.ForeignKeyField(Product, on_delete="RESTRICT", index=False)
        code = pw.TextField()
        folded = pw.TextField()
        state = pw.TextField(default="available")
        licence = pw.ForeignKeyField(Licence, null=True, on_delete="RESTRICT")
        receipt_line = pw.ForeignKeyField(DocumentLine, null=True, on_delete="RESTRICT")
        cost = pw.BigIntegerField(null=True)
        source = pw.TextField(default="")
        usable_until = pw.DateField(null=True)
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "vendor_code"
            indexes = ((("product", "folded"), True), (("product", "state", "id"), False))

    class ReceivedNumber(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        line = pw.ForeignKeyField(DocumentLine, on_delete="RESTRICT", index=False)
        number = pw.TextField()
        folded = pw.TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "received_number"
            indexes = ((("line", "folded"), True),)

    db.create_tables([VendorCode, ReceivedNumber])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    for table in ("received_number", "vendor_code", "licence_event"):
        migrator.migrate(migrator.drop_table(table))
    migrator.migrate(
        *(migrator.drop_column("item_instance", name) for name in _OF_INSTANCES),
        *(migrator.drop_column("key_movement", name) for name in _OF_MOVEMENTS),
        migrator.drop_column("product", "pool_low"),
        migrator.drop_column("document", "purpose"),
        migrator.drop_column("protection_key", "cost"),
    )
