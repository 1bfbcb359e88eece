"""Make the tables of our legal entities, operators, settings, number sequences. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Company(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField(unique=True)
        legal_name = pw.TextField(default="")
        inn = pw.TextField(default="")
        kpp = pw.TextField(default="")
        ogrn = pw.TextField(default="")
        address = pw.TextField(default="")
        director = pw.TextField(default="")
        accountant = pw.TextField(default="")
        tax_regime = pw.TextField(default="general")
        active = pw.BooleanField(default=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "company"

    db.create_tables([Company])

    class CompanyAccount(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        company = pw.ForeignKeyField(Company, on_delete="RESTRICT")
        bank = pw.TextField(default="")
        bik = pw.TextField()
        account = pw.TextField()
        currency = pw.TextField(default="RUB")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "company_account"

    db.create_tables([CompanyAccount])

    class NumberSequence(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        company = pw.ForeignKeyField(Company, null=True, on_delete="RESTRICT")
        kind = pw.TextField()
        year = pw.IntegerField(default=0)
        last = pw.IntegerField(default=0)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "number_sequence"
            indexes = ((("kind", "year", "company"), True),)

    db.create_tables([NumberSequence])

    class Operator(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        login = pw.TextField(unique=True)
        system_login = pw.TextField(index=True, default="")
        name = pw.TextField()
        roles = pw.TextField(default="")
        active = pw.BooleanField(default=True)
        weekly_hours = pw.IntegerField(default=40)
        hourly_cost = pw.BigIntegerField(default=0)
        since = pw.DateField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "operator"

    db.create_tables([Operator])

    class Setting(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField(unique=True)
        value = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "setting"

    db.create_tables([Setting])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("setting"))
    migrator.migrate(migrator.drop_table("operator"))
    migrator.migrate(migrator.drop_table("number_sequence"))
    migrator.migrate(migrator.drop_table("company_account"))
    migrator.migrate(migrator.drop_table("company"))
