"""Make the table of the days on which our legal entities changed their tax regime. Its model is frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Company(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            table_name = "company"

    class CompanyRegime(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        company = pw.ForeignKeyField(Company, on_delete="RESTRICT", index=False)
        valid_from = pw.DateField()
        regime = pw.TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "company_regime"
            indexes = ((("company", "valid_from"), True),)

    db.create_tables([CompanyRegime])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("company_regime"))
