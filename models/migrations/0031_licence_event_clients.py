"""Say in each event of a licence whose it was, and make the indexes by which a client's timeline reads them.

What older rows do not say stays empty, as the hashes of the audit trail need it.
"""

import peewee as pw
from playhouse.migrate import SchemaMigrator

_TABLE = "licence_event"
_INDEXES = (("client_id", "moment", "kind", "id"), ("from_client_id", "moment", "kind", "id"))
_PLAIN = "licence_event_from_client_id"


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"

    link = pw.ForeignKeyField(Client, field=Client.id, null=True, on_delete="RESTRICT", index=False)
    migrator.migrate(
        migrator.add_column(_TABLE, "client_id", link),
        migrator.drop_index(_TABLE, _PLAIN),
        *(migrator.add_index(_TABLE, columns) for columns in _INDEXES),
    )


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    migrator.migrate(
        *(migrator.drop_index(_TABLE, f"{_TABLE}_{'_'.join(columns)}") for columns in _INDEXES),
        migrator.add_index(_TABLE, ("from_client_id",)),
        migrator.drop_column(_TABLE, "client_id"),
    )
