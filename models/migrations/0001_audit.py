"""Make the tables of the audit trail. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class AuditEntry(pw.Model):
        seq = pw.IntegerField(primary_key=True)
        change_id = pw.IntegerField(index=True)
        undoes = pw.IntegerField(null=True)
        moment = pw.DateTimeField()
        operator = pw.TextField()
        origin = pw.TextField()
        action = pw.TextField()
        kind = pw.TextField()
        record_id = pw.IntegerField()
        version = pw.IntegerField()
        operation = pw.TextField()
        row_hash = pw.TextField()
        old_values = pw.TextField(null=True)
        values_hash = pw.TextField()
        hash = pw.TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "audit"
            indexes = ((("kind", "record_id", "seq"), True), (("operator", "seq"), False))

    db.create_tables([AuditEntry])

    class AuditHead(pw.Model):
        id = pw.IntegerField(primary_key=True)
        seq = pw.IntegerField()
        hash = pw.TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "audit_head"

    db.create_tables([AuditHead])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(migrator.drop_table("audit_head"))
    migrator.migrate(migrator.drop_table("audit"))
