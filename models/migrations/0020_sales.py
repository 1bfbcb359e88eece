"""Make the tables of sales: contracts, deals, documents, allocations, unmet demand. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Campaign(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "campaign"

    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"

    class Company(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "company"

    class Operator(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "operator"

    class Person(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "person"

    class Product(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "product"

    class VatRate(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        code = pw.TextField()
        title = pw.TextField()
        rate = pw.IntegerField(default=0)
        kind = pw.TextField(default="taxed")
        valid_from = pw.DateField()
        valid_to = pw.DateField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "vat_rate"
            indexes = ((("code", "valid_from"), True),)

    db.create_tables([VatRate])

    class Stage(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        code = pw.TextField(index=True, default="")
        name = pw.TextField()
        folded = pw.TextField(unique=True)
        position = pw.IntegerField(default=0)
        probability = pw.IntegerField(default=0)
        kind = pw.TextField(default="open")
        rot_days = pw.IntegerField(null=True)
        active = pw.BooleanField(default=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "stage"

    db.create_tables([Stage])

    class ContractHeader(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        company = pw.ForeignKeyField(Company, on_delete="RESTRICT", index=False)
        number = pw.TextField(index=True)
        client = pw.ForeignKeyField(Client, on_delete="RESTRICT")
        subject = pw.TextField(default="")
        date = pw.DateField()
        start = pw.DateField(null=True)
        end = pw.DateField(null=True)
        currency = pw.TextField(default="RUB")
        total = pw.BigIntegerField(default=0)
        vat_code = pw.TextField(default="standard")
        responsible = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
        state = pw.TextField(default="draft")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "contract"
            indexes = ((("date", "id"), False),)

    db.create_tables([ContractHeader])

    class Deal(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        number = pw.TextField(unique=True)
        title = pw.TextField()
        client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        operator = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
        product = pw.ForeignKeyField(Product, null=True, on_delete="RESTRICT")
        expected = pw.BigIntegerField(null=True)
        currency = pw.TextField(default="RUB")
        rate = pw.BigIntegerField(default=1_000_000)
        expected_base = pw.BigIntegerField(default=0)
        expected_date = pw.DateField(null=True)
        stage = pw.ForeignKeyField(Stage, on_delete="RESTRICT", index=False)
        state = pw.TextField(default="open")
        stage_since = pw.DateField(null=True)
        competitors = pw.TextField(default="")
        lost_reason = pw.TextField(default="")
        opened = pw.DateField(null=True)
        closed = pw.DateField(null=True)
        external_number = pw.TextField(index=True, default="")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "deal"
            indexes = (
                (("stage", "expected_base", "stage_since"), False),
                (("state", "closed", "opened", "stage", "expected_base"), False),
                (("opened", "id"), False),
                (("operator", "state", "id"), False),
            )

    db.create_tables([Deal])

    class StageChange(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        deal = pw.ForeignKeyField(Deal, on_delete="CASCADE", index=False)
        before = pw.ForeignKeyField(Stage, null=True, on_delete="RESTRICT", index=False)
        after = pw.ForeignKeyField(Stage, on_delete="RESTRICT", index=False)
        moment = pw.DateTimeField()
        day = pw.DateField()
        days = pw.IntegerField(null=True)
        amount = pw.BigIntegerField(default=0)
        operator = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "stage_change"
            indexes = (
                (("deal", "moment"), False),
                (("before", "after", "days", "day", "amount"), False),
                (("after", "day", "amount", "deal"), False),
            )

    db.create_tables([StageChange])

    class Document(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        kind = pw.TextField()
        company = pw.ForeignKeyField(Company, on_delete="RESTRICT", index=False)
        year = pw.IntegerField()
        serial = pw.IntegerField(null=True)
        number = pw.TextField(index=True, default="")
        revision = pw.IntegerField(default=1)
        date = pw.DateField()
        state = pw.TextField(default="draft")
        client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
        end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        contract = pw.ForeignKeyField(ContractHeader, null=True, on_delete="RESTRICT")
        deal = pw.ForeignKeyField(Deal, null=True, on_delete="RESTRICT", index=False)
        operator = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT", index=False)
        currency = pw.TextField(default="RUB")
        rate = pw.BigIntegerField(default=1_000_000)
        prices_include_vat = pw.BooleanField(default=True)
        valid_until = pw.DateField(null=True)
        due = pw.DateField(null=True)
        terms = pw.TextField(default="")
        note = pw.TextField(default="")
        form = pw.TextField(default="")
        basis = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        supersedes = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        corrects = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        outside_number = pw.TextField(default="")
        outside_date = pw.DateField(null=True)
        reason = pw.TextField(default="")
        issued_at = pw.DateTimeField(null=True)
        signed = pw.TextField(default="")
        signed_on = pw.DateField(null=True)
        net = pw.BigIntegerField(default=0)
        vat = pw.BigIntegerField(default=0)
        gross = pw.BigIntegerField(default=0)
        net_base = pw.BigIntegerField(default=0)
        gross_base = pw.BigIntegerField(default=0)
        cost = pw.BigIntegerField(default=0)
        settled = pw.BigIntegerField(default=0)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "document"
            indexes = (
                (("company", "kind", "year", "serial", "revision"), True),
                (("date", "id"), False),
                (("kind", "date", "id", "state", "net_base", "gross_base"), False),
                (("kind", "state", "valid_until", "id"), False),
                (("client", "date", "id"), False),
                (("client", "kind", "state", "gross_base", "date"), False),
                (("deal", "kind", "state", "net_base", "date"), False),
                (("campaign", "kind", "state", "net_base", "date"), False),
                (("gross", "id"), False),
                (("kind", "signed", "date", "id"), False),
            )

    db.create_tables([Document])

    class DocumentLine(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        document = pw.ForeignKeyField(Document, on_delete="CASCADE", index=False)
        position = pw.IntegerField(default=0)
        product = pw.ForeignKeyField(Product, null=True, on_delete="RESTRICT", index=False)
        end_user = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
        description = pw.TextField(default="")
        unit = pw.TextField(default="шт")
        quantity = pw.BigIntegerField(default=1)
        price = pw.BigIntegerField(default=0)
        price_includes_vat = pw.BooleanField(default=True)
        discount = pw.BigIntegerField(default=0)
        amount = pw.BigIntegerField(null=True)
        vat_code = pw.TextField(default="standard")
        vat_rate = pw.IntegerField(default=0)
        net = pw.BigIntegerField(default=0)
        vat = pw.BigIntegerField(default=0)
        gross = pw.BigIntegerField(default=0)
        net_base = pw.BigIntegerField(default=0)
        cost = pw.BigIntegerField(null=True)
        optional = pw.BooleanField(default=False)
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT", index=False)
        basis_line = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        revises = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        substitutes = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "document_line"
            indexes = (
                (("document", "position"), False),
                (("product", "document", "net_base", "cost"), False),
                (("campaign", "document", "net_base", "cost"), False),
            )

    db.create_tables([DocumentLine])

    class PaymentAllocation(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        payment = pw.ForeignKeyField(Document, on_delete="RESTRICT", index=False)
        invoice = pw.ForeignKeyField(Document, on_delete="RESTRICT")
        amount = pw.BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "payment_allocation"
            indexes = ((("payment", "invoice"), True),)

    db.create_tables([PaymentAllocation])

    class UnmetDemand(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT")
        product = pw.ForeignKeyField(Product, null=True, on_delete="RESTRICT", index=False)
        quantity = pw.BigIntegerField()
        amount = pw.BigIntegerField()
        net_base = pw.BigIntegerField()
        quote = pw.ForeignKeyField(Document, on_delete="RESTRICT", index=False)
        quote_line = pw.ForeignKeyField(DocumentLine, on_delete="RESTRICT")
        cause = pw.TextField()
        caused_by = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", index=False)
        deal = pw.ForeignKeyField(Deal, null=True, on_delete="RESTRICT")
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
        operator = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
        reason = pw.TextField(default="not_stated")
        competitor = pw.TextField(default="")
        state = pw.TextField(default="provisional")
        optional = pw.BooleanField(default=False)
        substitute_line = pw.ForeignKeyField(DocumentLine, null=True, on_delete="RESTRICT", index=False)
        moment = pw.DateTimeField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "unmet_demand"
            indexes = (
                (("quote", "state"), False),
                (("moment", "id"), False),
                (("state", "reason", "moment"), False),
                (("product", "state", "net_base"), False),
            )

    db.create_tables([UnmetDemand])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    for table in (
        "unmet_demand",
        "payment_allocation",
        "document_line",
        "document",
        "stage_change",
        "deal",
        "contract",
        "stage",
        "vat_rate",
    ):
        migrator.migrate(migrator.drop_table(table))
