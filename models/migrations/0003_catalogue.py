"""Make the tables of vendors, products, aliases, price changes. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Vendor(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField()
        folded = pw.TextField(unique=True)
        website = pw.TextField(default="")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "vendor"

    db.create_tables([Vendor])

    class Product(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        code = pw.TextField()
        code_folded = pw.TextField(unique=True)
        name = pw.TextField()
        vendor = pw.ForeignKeyField(Vendor, null=True, on_delete="RESTRICT")
        kind = pw.TextField(default="licence")
        unit = pw.TextField(default="шт")
        price = pw.BigIntegerField(null=True)
        currency = pw.TextField(default="RUB")
        cost = pw.BigIntegerField(null=True)
        vat_code = pw.TextField(default="standard")
        register_number = pw.TextField(default="")
        unique_items = pw.BooleanField(default=False)
        protection_method = pw.TextField(default="none")
        active = pw.BooleanField(default=True)
        term_months = pw.IntegerField(null=True)
        term_from = pw.TextField(default="issue")
        seats = pw.IntegerField(default=1)
        maintenance_months = pw.IntegerField(null=True)
        number_pattern = pw.TextField(default="")
        number_unique_per = pw.TextField(default="vendor")
        returnable = pw.BooleanField(default=False)
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "product"
            indexes = ((("name", "id"), False),)

    db.create_tables([Product])

    class PriceChange(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        product = pw.ForeignKeyField(Product, on_delete="CASCADE")
        day = pw.DateField()
        price = pw.BigIntegerField(null=True)
        cost = pw.BigIntegerField(null=True)
        currency = pw.TextField(default="RUB")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "price_change"

    db.create_tables([PriceChange])

    class ProductAlias(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        product = pw.ForeignKeyField(Product, on_delete="CASCADE")
        spelling = pw.TextField()
        folded = pw.TextField(unique=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "product_alias"

    db.create_tables([ProductAlias])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("product_alias"))
    migrator.migrate(migrator.drop_table("price_change"))
    migrator.migrate(migrator.drop_table("product"))
    migrator.migrate(migrator.drop_table("vendor"))
