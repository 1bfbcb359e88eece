"""Make the tables of protection keys and their movements. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"

    class Vendor(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "vendor"

    class ProtectionKey(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        number = pw.TextField()
        number_folded = pw.TextField()
        number_scope = pw.TextField()
        vendor = pw.ForeignKeyField(Vendor, null=True, on_delete="RESTRICT")
        model = pw.TextField(default="")
        colour = pw.TextField(default="")
        marking = pw.TextField(default="")
        owner = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        state = pw.TextField(default="in_stock")
        return_due = pw.DateField(null=True)
        replaces = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "protection_key"
            indexes = ((("number_folded", "number_scope"), True), (("state", "id"), False))

    db.create_tables([ProtectionKey])

    class KeyMovement(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        key = pw.ForeignKeyField(ProtectionKey, on_delete="RESTRICT")
        moment = pw.DateTimeField()
        kind = pw.TextField()
        from_client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        to_client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        document = pw.TextField(default="")
        operator = pw.TextField(default="")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "key_movement"

    db.create_tables([KeyMovement])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("key_movement"))
    migrator.migrate(migrator.drop_table("protection_key"))
