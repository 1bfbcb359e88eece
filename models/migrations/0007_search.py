"""Make the look-up tables: per kind one text of folded fields, found by any fragment of three characters.

SQLite: FTS5 with trigrams, without the text itself. PostgreSQL: the text with a pg_trgm index.
"""

import peewee as pw
from playhouse.migrate import SchemaMigrator

_KINDS = ("client", "person", "product", "key", "licence")


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    if not isinstance(db, pw.SqliteDatabase):
        db.execute_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
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
