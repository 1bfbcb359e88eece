"""Give bank accounts of ours their bank's correspondent account, which invoices name."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.add_column("company_account", "correspondent", pw.TextField(default="")))


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_column("company_account", "correspondent"))
