"""Make the tables of clients and what belongs to them. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Operator(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "operator"

    class ClientGroup(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField()
        folded = pw.TextField(unique=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client_group"

    db.create_tables([ClientGroup])

    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField()
        sort_name = pw.TextField()
        legal_name = pw.TextField(default="")
        kind = pw.TextField(default="company")
        status = pw.TextField(default="candidate")
        is_supplier = pw.BooleanField(default=False)
        group = pw.ForeignKeyField(ClientGroup, null=True, on_delete="RESTRICT")
        external_code = pw.TextField(index=True, default="")
        inn = pw.TextField(index=True, default="")
        kpp = pw.TextField(default="")
        ogrn = pw.TextField(default="")
        country = pw.TextField(default="RU")
        foreign_tax_id = pw.TextField(default="")
        website = pw.TextField(default="")
        source = pw.TextField(default="")
        responsible = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT")
        signatory = pw.TextField(default="")
        signatory_position = pw.TextField(default="")
        signatory_basis = pw.TextField(default="")
        note = pw.TextField(default="")
        archived = pw.BooleanField(default=False)
        first_quote_at = pw.DateTimeField(null=True)
        first_sale_at = pw.DateTimeField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"
            indexes = ((("sort_name", "id"), False), (("status", "id"), False))

    db.create_tables([Client])

    class Address(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        kind = pw.TextField(default="postal")
        text = pw.TextField()
        country = pw.TextField(default="")
        region = pw.TextField(default="")
        city = pw.TextField(default="")
        postal_code = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "address"

    db.create_tables([Address])

    class BankAccount(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        bank = pw.TextField(default="")
        bik = pw.TextField(default="")
        account = pw.TextField()
        currency = pw.TextField(default="RUB")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "bank_account"

    db.create_tables([BankAccount])

    class ClientTag(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        tag = pw.TextField(index=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client_tag"
            indexes = ((("client", "tag"), True),)

    db.create_tables([ClientTag])

    class Person(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="RESTRICT")
        name = pw.TextField()
        position = pw.TextField(default="")
        birthday = pw.DateField(null=True)
        note = pw.TextField(default="")
        external_code = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "person"

    db.create_tables([Person])

    class EmailAddress(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        person = pw.ForeignKeyField(Person, null=True, on_delete="CASCADE")
        address = pw.TextField()
        folded = pw.TextField(unique=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "email_address"

    db.create_tables([EmailAddress])

    class Phone(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        person = pw.ForeignKeyField(Person, null=True, on_delete="CASCADE")
        number = pw.TextField()
        digits = pw.TextField(index=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "phone"

    db.create_tables([Phone])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("phone"))
    migrator.migrate(migrator.drop_table("email_address"))
    migrator.migrate(migrator.drop_table("person"))
    migrator.migrate(migrator.drop_table("client_tag"))
    migrator.migrate(migrator.drop_table("bank_account"))
    migrator.migrate(migrator.drop_table("address"))
    migrator.migrate(migrator.drop_table("client"))
    migrator.migrate(migrator.drop_table("client_group"))
