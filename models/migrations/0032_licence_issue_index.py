"""Hold in the index of a client's licences by day what tells which of them were issued together.

A timeline then counts thousands of them without reading one.
"""

import peewee as pw
from playhouse.migrate import SchemaMigrator

_TABLE = "licence"
_BEFORE = ("client_id", "issued", "id")
_AFTER = (*_BEFORE, "product_id", "kind")


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    _replace(migrator, _BEFORE, _AFTER)


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    _replace(migrator, _AFTER, _BEFORE)


def _replace(migrator: SchemaMigrator, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    migrator.migrate(
        migrator.add_index(_TABLE, new),
        migrator.drop_index(_TABLE, f"{_TABLE}_{'_'.join(old)}"),
    )
