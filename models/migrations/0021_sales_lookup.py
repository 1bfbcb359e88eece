"""Make the look-up tables of documents, deals and contracts, as those of the other kinds."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

_KINDS = ("document", "deal", "contract")


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    for kind in _KINDS:
        if isinstance(db, pw.SqliteDatabase):
            db.execute_sql(
                f"CREATE VIRTUAL TABLE lookup_{kind} USING fts5("
                "text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')"
            )
        else:
            db.execute_sql(f"CREATE TABLE lookup_{kind} (rowid INTEGER PRIMARY KEY, text TEXT NOT NULL)")
            db.execute_sql(f"CREATE INDEX lookup_{kind}_text ON lookup_{kind} USING gin (text gin_trgm_ops)")


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    for kind in _KINDS:
        db.execute_sql(f"DROP TABLE lookup_{kind}")
