"""Make the indexes by which a client's timeline is read: its licences and movements of keys in the order of time."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

_INDEXES = (
    ("licence", ("client_id", "issued", "id")),
    ("key_movement", ("to_client_id", "moment", "id")),
    ("key_movement", ("from_client_id", "moment", "id")),
)


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    for table, columns in _INDEXES:
        migrator.migrate(migrator.add_index(table, columns))


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    for table, columns in _INDEXES:
        migrator.migrate(migrator.drop_index(table, f"{table}_{'_'.join(columns)}"))
