"""What a database's catalogue says of its tables, read the same from SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from models.base import database
from models.database import is_sqlite

Schema = dict[str, set[tuple[Any, ...]]]


def schema_of() -> Schema:
    """Of each table but the look-up, word and history ones: its columns, keys, checks, triggers and indexes."""
    read = _sqlite if is_sqlite(database) else _postgresql
    names = [name for name in database.get_tables() if not name.startswith(("lookup_", "words_", "schema_", "sqlite_"))]
    return {name: read(name) for name in names}


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql, values).fetchall())


def _sqlite(table: str) -> set[tuple[Any, ...]]:
    facts: set[tuple[Any, ...]] = {
        ("column", name, kind, bool(required), default, bool(key))
        for _n, name, kind, required, default, key in _rows(f'PRAGMA table_info("{table}")')
    }
    facts |= {
        ("foreign key", column, target, to, on_update, on_delete)
        for _i, _s, target, column, to, on_update, on_delete, _m in _rows(f'PRAGMA foreign_key_list("{table}")')
    }
    for _n, index, unique, _origin, partial in _rows(f'PRAGMA index_list("{table}")'):
        columns = tuple(row[2] for row in _rows(f'PRAGMA index_info("{index}")'))
        facts.add(("index", columns, bool(unique), bool(partial)))
    facts |= {("trigger", *row) for row in _rows("SELECT name, sql FROM sqlite_master WHERE type='trigger'")}
    (definition,) = _rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", table)[0]
    facts.add(("checks", definition.upper().count("CHECK")))
    return facts


def _postgresql(table: str) -> set[tuple[Any, ...]]:
    facts: set[tuple[Any, ...]] = {
        ("column", *row)
        for row in _rows(
            "SELECT column_name, data_type, is_nullable, column_default, is_identity "
            "FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s",
            table,
        )
    }
    facts |= {
        ("constraint", *row)
        for row in _rows(
            "SELECT contype::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass", table
        )
    }
    facts |= {
        ("index", definition.partition(" ON ")[2], "UNIQUE" in definition)
        for (definition,) in _rows("SELECT indexdef FROM pg_indexes WHERE tablename = %s", table)
    }
    return facts
