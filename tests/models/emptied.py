"""A founded database made as new again within one test: each of many random lives begins with nothing behind it."""

from __future__ import annotations

from models.base import database
from models.database import is_sqlite
from models.kinds import KINDS
from models.lookup import LOOKUPS

_KEPT = frozenset({"company", "operator", "setting", "stage", "vat_rate"})


def empty_again() -> None:
    """Delete all but what the founding made; the audit trail goes with it."""
    tables = [kind.table._meta.table_name for kind in KINDS.values() if kind.name not in _KEPT]
    tables += ["audit", "audit_head", *(f"lookup_{kind}" for kind in LOOKUPS)]
    if not is_sqlite(database):
        database.execute_sql(f"TRUNCATE {', '.join(tables)} CASCADE")
        return
    for pragma in ("foreign_keys = OFF", "synchronous = OFF"):
        database.execute_sql(f"PRAGMA {pragma}")
    with database.atomic():
        for table in tables:
            database.execute_sql(f'DELETE FROM "{table}"')
    database.execute_sql("PRAGMA foreign_keys = ON")
