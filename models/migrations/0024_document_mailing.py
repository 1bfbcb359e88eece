"""Make the table of which messages carried which documents. Its model is frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Document(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            table_name = "document"

    class Message(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            table_name = "message"

    class DocumentMailing(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        document = pw.ForeignKeyField(Document, on_delete="RESTRICT")
        message = pw.ForeignKeyField(Message, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "document_mailing"

    db.create_tables([DocumentMailing])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("document_mailing"))
