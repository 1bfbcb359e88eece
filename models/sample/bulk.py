"""What makes filling a whole database fast: indexes built at the end, a large cache, rare merges of the look-up tables.

Only for a database that nobody else has open yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from models.audit import AuditEntry
from models.base import database
from models.database import is_sqlite
from models.files.tables import StoredContent
from models.kinds import KINDS
from models.lookup import LOOKED_UP_KINDS
from models.mail.tables import MessageAddress, MessagePart, MessageReference

# Without a write-ahead log nothing is written twice, nor waited for.
_LOADING = {"journal_mode": "memory", "synchronous": 0, "cache_size": -262_144}
# What FTS5 starts with; while loading, segments are large and wait for one merge at the end (a third of the time).
_FTS_DEFAULTS = {"automerge": 4, "crisismerge": 16, "hashsize": 1 << 20}
_FTS_LOADING = {"automerge": 0, "crisismerge": 1000, "hashsize": 1 << 26}
_FTS_TABLES = (*(f"lookup_{kind}" for kind in LOOKED_UP_KINDS), "words_message")
_BESIDE_RECORDS = (StoredContent, MessageAddress, MessagePart, MessageReference)


@contextmanager
def without_indexes(told: Callable[[int, int], None]) -> Iterator[None]:
    """Take the indexes away, and build them when the tables are full: ``told`` hears how many are done.

    A load that fails leaves them off: the database is then no company's and is thrown away.
    """
    definitions = [definition for table in _tables() for definition in _definitions(table)]
    for name, _sql in definitions:
        database.execute_sql(f'DROP INDEX "{name}"')
    yield
    for done, (_name, sql) in enumerate(definitions):
        told(done, len(definitions))
        database.execute_sql(sql)
    told(len(definitions), len(definitions))


def _tables() -> list[str]:
    tables: tuple[type[Any], ...] = (AuditEntry, *(kind.table for kind in KINDS.values()), *_BESIDE_RECORDS)
    return [table._meta.table_name for table in tables]


def _definitions(table: str) -> list[tuple[str, str]]:
    primary = database.get_primary_keys(table)
    indexes = database.get_indexes(table)
    return [(index.name, index.sql) for index in indexes if index.sql and index.columns != primary]


@contextmanager
def settings_for_loading() -> Iterator[None]:
    """SQLite's settings for a large load, put back afterwards; other databases need none."""
    if not is_sqlite(database):
        yield
        return
    before = {name: database.execute_sql(f"pragma {name}").fetchone()[0] for name in _LOADING}
    _set(_LOADING)
    _configure_lookups(_FTS_LOADING)
    try:
        yield
    finally:
        _configure_lookups(_FTS_DEFAULTS)
        _set(before)


def _set(settings: Mapping[str, object]) -> None:
    for name, value in settings.items():
        database.execute_sql(f"pragma {name} = {value}").fetchall()


def _configure_lookups(options: dict[str, int]) -> None:
    for table in _FTS_TABLES:
        for option, value in options.items():
            database.execute_sql(f"INSERT INTO {table}({table}, rank) VALUES ('{option}', {value})")


def merge_lookups(told: Callable[[int, int], None]) -> None:
    """Merge each look-up table, and the index of words, into one segment, by which it is found fastest (SQLite)."""
    for done, table in enumerate(_FTS_TABLES):
        told(done, len(_FTS_TABLES))
        if is_sqlite(database):
            database.execute_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")
    told(len(_FTS_TABLES), len(_FTS_TABLES))


def analyze() -> None:
    """Let the database count its tables, so that it picks good plans.

    apsw's SQLite keeps samples in ``sqlite_stat4`` too, with which it picks plans that are 2 to 4 times slower here.
    What is the same in all rows, as a link that no record of the sample has, is no reason to read them all: of such
    an index SQLite knows no more than of a company's that grew.
    """
    database.execute_sql("ANALYZE")
    if is_sqlite(database):
        database.execute_sql("DROP TABLE IF EXISTS sqlite_stat4")
        one_value = (
            "stat LIKE CAST(stat AS INTEGER) || ' ' || CAST(stat AS INTEGER) || '%' AND CAST(stat AS INTEGER) > 1"
        )
        database.execute_sql(f"DELETE FROM sqlite_stat1 WHERE {one_value} AND tbl NOT LIKE '%idx'")
