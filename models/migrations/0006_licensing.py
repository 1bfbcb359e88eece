"""Make the tables of item instances and licences. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"

    class Product(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "product"

    class ProtectionKey(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "protection_key"

    class ItemInstance(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        number = pw.TextField(unique=True)
        product = pw.ForeignKeyField(Product, on_delete="RESTRICT")
        client = pw.ForeignKeyField(Client, on_delete="RESTRICT")
        end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        protection_method = pw.TextField(default="none")
        state = pw.TextField(default="formed")
        origin = pw.TextField(default="import")
        formed = pw.DateField(null=True)
        requirements = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "item_instance"
            indexes = ((("client", "product", "formed"), False), (("product", "id"), False))

    db.create_tables([ItemInstance])

    class Licence(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        number = pw.TextField()
        number_folded = pw.TextField()
        number_scope = pw.TextField()
        instance = pw.ForeignKeyField(ItemInstance, on_delete="RESTRICT")
        key = pw.ForeignKeyField(ProtectionKey, null=True, on_delete="RESTRICT")
        client = pw.ForeignKeyField(Client, on_delete="RESTRICT")
        end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        product = pw.ForeignKeyField(Product, on_delete="RESTRICT")
        name = pw.TextField()
        product_code = pw.TextField(default="")
        issued = pw.DateField(null=True)
        activated = pw.DateField(null=True)
        expires = pw.DateField(null=True)
        maintenance_until = pw.DateField(null=True)
        seats = pw.IntegerField(default=1)
        kind = pw.TextField(default="new")
        state = pw.TextField(default="issued")
        vendor_order = pw.TextField(default="")
        vendor_account = pw.TextField(default="")
        supersedes = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "licence"
            indexes = (
                (("number_folded", "number_scope"), True),
                (("issued", "id"), False),
                (("expires", "id"), False),
                (("maintenance_until", "id"), False),
            )

    db.create_tables([Licence])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("licence"))
    migrator.migrate(migrator.drop_table("item_instance"))
