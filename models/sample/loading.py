"""Writing many rows at once: rows, their audit entries in the chain, and their look-up texts, a transaction per batch.

It states exactly what ``Change`` would (the tests hold it to ``audit.broken_links`` and ``rows_changed_behind``), but
takes tuples of database values under ids that the sample gives itself: a third of the time.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from peewee import Model

from models import audit
from models.audit import AuditEntry, AuditHead
from models.base import BOOKKEEPING, Record
from models.company.permissions import ROLE_PERMISSIONS
from models.kinds import kind_of
from models.writing import Actor, in_transaction, insert_many

BATCH = 25_000
ACTION = "demo"
_LOGIN = "sample"
_AUDIT_COLUMNS = tuple(field.column_name for field in AuditEntry._meta.sorted_fields)


@dataclass(frozen=True)
class _Layout:
    """How tuples ``(id, created, value, …)`` of some columns become rows of a table, and what of them is hashed."""

    table_name: str
    kind: str
    columns: tuple[str, ...]
    rest: tuple[Any, ...]
    """The defaults of the columns that the tuples leave out."""
    sorted_values: itemgetter[Any]
    prefixes: tuple[str, ...]

    def rows(self, tuples: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Whole rows: id, version, the two moments, the columns."""
        rest = self.rest
        return [(given[0], 1, given[1], given[1], *given[2:], *rest) for given in tuples]

    def hash_of(self, row: tuple[Any, ...]) -> str:
        """What ``audit.hash_of_row`` says of the row."""
        pieces = [
            prefix + (encode_basestring(value) if value.__class__ is str else "1" if value is True else str(value))
            for prefix, value in zip(self.prefixes, self.sorted_values(row), strict=True)
            if value
        ]
        return hashlib.sha256(f"{{{','.join(pieces)}}}".encode()).hexdigest()


@functools.cache
def _layout(table: type[Record], columns: tuple[str, ...]) -> _Layout:
    fields = {f.column_name: f for f in table._meta.sorted_fields if f.column_name not in BOOKKEEPING}
    if unknown := set(columns) - fields.keys():
        raise KeyError(f"{table.__name__} has no columns {sorted(unknown)}")
    left_out = [name for name in fields if name not in columns]
    rest = tuple(fields[name].db_value(fields[name].default) for name in left_out)
    names = ("id", "version", "created", "updated", *columns, *left_out)
    hashed = sorted(fields)
    return _Layout(
        table._meta.table_name,
        kind_of(table),
        names,
        rest,
        itemgetter(*(names.index(name) for name in hashed)),
        tuple(f'"{name}":' for name in hashed),
    )


class Loader:
    """Fills the open, empty database; counts what it wrote by table."""

    def __init__(self, today: dt.date) -> None:
        self._actor = Actor(_LOGIN, "", None, ROLE_PERMISSIONS["director"], f"turbofly {ACTION}")
        self._midnight = dt.datetime.combine(today, dt.time())
        self._moment = self._midnight.isoformat(" ", "microseconds")
        self.counts: dict[str, int] = {}

    def load(
        self,
        table: type[Record],
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        texts: Mapping[str, Sequence[tuple[int, str]]] | None = None,
    ) -> None:
        """Write rows ``(id, created, value of each column, …)`` of database values, dates and moments as ISO text.

        ``texts`` are the look-up texts that go in with them: by kind (id, text). At most ``BATCH`` rows a call keeps
        memory low.
        """
        if not rows:
            return
        layout = _layout(table, tuple(columns))
        whole = layout.rows(rows)
        in_transaction(self._actor, ACTION, lambda _change: self._write(layout, whole, texts or {}))
        self.counts[layout.table_name] = self.counts.get(layout.table_name, 0) + len(whole)

    def load_beside(
        self,
        *tables: tuple[type[Model], Sequence[str], Sequence[tuple[Any, ...]]],
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Write rows of tables that are no kinds of record, whole and with their ids; then what ``after`` writes."""

        def write() -> None:
            for table, columns, rows in tables:
                if rows:
                    insert_many(table._meta.table_name, columns, rows)
            after()

        in_transaction(self._actor, ACTION, lambda _change: write())

    def _write(
        self, layout: _Layout, rows: list[tuple[Any, ...]], texts: Mapping[str, Sequence[tuple[int, str]]]
    ) -> None:
        insert_many(layout.table_name, layout.columns, rows)
        for kind, pairs in texts.items():
            insert_many(f"lookup_{kind}", ("rowid", "text"), pairs)
        self._extend_chain(layout, rows)

    def _extend_chain(self, layout: _Layout, rows: list[tuple[Any, ...]]) -> None:
        seq, link = audit.head()
        change_id = seq + 1
        moment, login, origin, kind = self._moment, self._actor.login, self._actor.origin, layout.kind
        linked = audit.chain_link(change_id, None, self._midnight, login, origin, ACTION)
        hash_of_row = layout.hash_of
        entries = []
        for seq, row in enumerate(rows, change_id):
            row_hash = hash_of_row(row)
            link = linked(link, seq, kind, row[0], 1, audit.INSERT, row_hash, "")
            entries.append(
                (
                    seq, change_id, None, moment, login, origin, ACTION, kind, row[0], 1, audit.INSERT, row_hash,
                    None, "", link,
                )
            )  # fmt: skip
        insert_many(AuditEntry._meta.table_name, _AUDIT_COLUMNS, entries)
        if not AuditHead.update(seq=seq, hash=link).where(AuditHead.id == 1).execute():
            AuditHead.insert(id=1, seq=seq, hash=link).execute()
