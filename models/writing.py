"""The one way to write: an action is a function of a ``Change``, run in one transaction with its audit entries.

``@action(name, permission)`` turns ``f(change, …)`` into ``f(by, …)`` where ``by`` is the operator's ``Actor``, which
begins a transaction, or the ``Change`` of a surrounding action, which joins it.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import peewee

from models import audit
from models.actor import Actor as Actor
from models.audit import AuditEntry
from models.base import BOOKKEEPING, Record, database, stored_rows, stored_values
from models.clock import now
from models.database import (
    bound,
    cause_of,
    copy_log_at_commit,
    is_locked,
    is_sqlite,
    wait_between_tries,
)
from models.errors import Conflict, DatabaseUnusable, NotFound
from models.events import Event, RecordsWritten, dispatch
from models.kinds import KINDS, kind_of
from models.language import _
from models.write_lock import LOCK_PATIENCE_SECONDS, is_writable, locked_out, log_is_copied, turn_to_write

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=Record)
TRIES = 8
_ROWS_AT_ONCE = 500
# Kind, id, version, operation, hash of the row, old values as text: what an audit entry says of one row.
_Entry = tuple[str, int, int, str, str, str | None]
_ADVISORY_LOCK = 0x54424659  # one writer at a time extends the chain


@dataclass
class Change:
    """What one action writes: rows, their audit entries, its events. It lives as long as its transaction."""

    actor: Actor
    action: str
    undoes: int | None = None
    started: Any = field(default_factory=now)
    last_seq: int = 0
    """Where the audit trail ends with this change; 0 before it is finished."""
    _entries: list[_Entry] = field(default_factory=list)
    _written: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)
    _new: set[tuple[str, int]] = field(default_factory=set)
    _looked_up: dict[str, set[int]] = field(default_factory=dict)
    _next_ids: dict[str, int] = field(default_factory=dict)

    def insert(self, row: Row) -> Row:
        """Write a new row under the next id of its kind; the row carries it afterwards."""
        self.insert_values(type(row), [stored_values(row)])
        row.id = max(self._written[kind_of(type(row))])
        row.version, row.created, row.updated = 1, self.started, self.started
        return row

    def insert_values(
        self, table: type[Record], rows: Sequence[Mapping[str, Any]], texts: Sequence[str] | None = None
    ) -> list[int]:
        """Write many new rows, given as database values by column; returns their ids, in order.

        ``texts`` are the rows' look-up texts, where the caller knows them: they are then not read again.
        """
        if not rows:
            return []
        kind = kind_of(table)
        first = self.coming_id(table)
        ids = list(range(first, first + len(rows)))
        self._next_ids[kind] = first + len(rows)
        columns = _stated_columns(table)
        started = bound(database, self.started)
        bookkeeping = (1, started, started)
        insert_many(
            table._meta.table_name,
            ["id", "version", "created", "updated", *columns],
            [(new_id, *bookkeeping, *map(row.get, columns)) for new_id, row in zip(ids, rows, strict=True)],
        )
        self._written.setdefault(kind, {}).update(dict.fromkeys(ids, frozenset(columns)))
        hash_of_row = audit.hash_of_row
        self._entries += [
            (kind, new_id, 1, audit.INSERT, hash_of_row(row), None) for new_id, row in zip(ids, rows, strict=True)
        ]
        self._new.update((kind, new_id) for new_id in ids)
        if texts is not None:
            insert_many(f"lookup_{kind}", ("rowid", "text"), zip(ids, texts, strict=True))
            self._looked_up.setdefault(kind, set()).update(ids)
        return ids

    def coming_id(self, table: type[Record]) -> int:
        """The id that the next new row of a table will get in this change."""
        kind = kind_of(table)
        return self._next_ids.get(kind) or _next_id(table, kind)

    def expect(
        self,
        row: Row,
        version: int,
        mine: Mapping[str, Any],
        base: Mapping[str, Any] | None,
        values_of: Callable[[Row], Mapping[str, Any]],
    ) -> None:
        """Raise ``Conflict`` unless the row, read in this transaction, still has the version that the operator saw."""
        if row.version != version:
            kind = kind_of(type(row))
            raise Conflict(kind, row.id, base or {}, mine, values_of(row), self._last_writer(kind, row.id))

    def update(self, row: Row, values: Mapping[str, Any], *, touch: bool = False) -> bool:
        """Set fields of a row that was read in this transaction; returns whether anything changed.

        ``touch`` raises the version even so: a part of the record was changed.
        """
        before = stored_values(row)
        seen_version = row.version
        for name, value in values.items():
            setattr(row, name, value)
        after = stored_values(row)
        changed = {column for column, value in after.items() if value != before[column]}
        if not changed and not touch:
            return False
        table = type(row)
        row.version, row.updated = seen_version + 1, self.started
        fields = {f.name: row.__data__[f.name] for f in table._meta.sorted_fields if f.column_name in changed}
        count = (
            table.update(version=row.version, updated=self.started, **fields)
            .where((table.id == row.id) & (table.version == seen_version))
            .execute()
        )
        if count != 1:
            raise self._conflict(row, values)
        old = audit.canonical_all({column: before[column] for column in changed})
        kind = kind_of(table)
        self._entries.append((kind, row.id, row.version, audit.UPDATE, audit.hash_of_row(after), old))
        written = self._written.setdefault(kind, {})
        written[row.id] = written.get(row.id, frozenset()) | changed
        return True

    def update_columns(self, table: type[Record], changes: Mapping[int, Mapping[str, Any]]) -> int:
        """Set columns of many rows, by id, to database values; returns how many rows are other than before.

        Each row gets its audit entry as by ``update``, in an eighth of the time.
        """
        kind, columns, ids = kind_of(table), _stated_columns(table), list(changes)
        hash_of_row, written = audit.hash_of_row, self._written.setdefault(kind, {})
        updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for start in range(0, len(ids), _ROWS_AT_ONCE):
            some = ids[start : start + _ROWS_AT_ONCE]
            for record_id, version, *values in stored_rows(table, ("id", "version", *columns), "id", some):
                before = dict(zip(columns, values, strict=True))
                old = {name: before[name] for name, value in changes[record_id].items() if before[name] != value}
                if not old:
                    continue
                after = {**before, **changes[record_id]}
                entry = (hash_of_row(after), audit.canonical_all(old))
                self._entries.append((kind, record_id, version + 1, audit.UPDATE, *entry))
                written[record_id] = written.get(record_id, frozenset()) | old.keys()
                setting = (*(after[name] for name in old), version + 1, self.started, record_id)
                updates.setdefault(tuple(old), []).append(setting)
        for names, rows in updates.items():
            _update_many(table, (*names, "version", "updated"), rows)
        return sum(map(len, updates.values()))

    def delete(self, row: Record) -> None:
        """Delete a part of another record, what was merged into another, or undo an insert.

        Records that others refer to are never deleted. The old values of the entry hold when it was made, too.
        """
        table = type(row)
        old = audit.canonical_all(stored_values(row) | {"created": row.created})
        count = table.delete().where((table.id == row.id) & (table.version == row.version)).execute()
        if count != 1:
            raise self._conflict(row, {})
        kind = kind_of(table)
        self._entries.append((kind, row.id, row.version + 1, audit.DELETE, "", old))
        self._written.setdefault(kind, {})[row.id] = frozenset(stored_values(row))

    def delete_rows(self, table: type[Record], ids: Sequence[int]) -> None:
        """Delete rows, in the order of their ids, each with its entry as by ``delete``."""
        kind, columns = kind_of(table), ("created", *_stated_columns(table))
        rows: dict[int, list[Any]] = {}
        for start in range(0, len(ids), _ROWS_AT_ONCE):
            some = stored_rows(table, ("id", "version", *columns), "id", ids[start : start + _ROWS_AT_ONCE])
            rows |= {record_id: rest for record_id, *rest in some}
        for record_id in ids:
            version, *values = rows[record_id]
            old = audit.canonical_all(dict(zip(columns, values, strict=True)))
            self._entries.append((kind, record_id, version + 1, audit.DELETE, "", old))
        with _DRIVER_ERRORS:
            delete = f'DELETE FROM "{table._meta.table_name}" WHERE "id" = {database.param}'
            database.cursor().executemany(delete, [(record_id,) for record_id in ids])
        self._written.setdefault(kind, {}).update(dict.fromkeys(ids, frozenset(columns[1:])))

    def reinsert(
        self, table: type[Record], record_id: int, version: int, values: Mapping[str, Any], created: Any
    ) -> None:
        """Put a deleted row back under its own id, with the next version: only for undo."""
        columns = list(values)
        insert_many(
            table._meta.table_name,
            ["id", "version", "created", "updated", *columns],
            [(record_id, version, created or self.started, self.started, *values.values())],
        )
        kind = kind_of(table)
        self._entries.append((kind, record_id, version, audit.INSERT, audit.hash_of_row(values), None))
        self._new.add((kind, record_id))
        self._written.setdefault(kind, {})[record_id] = frozenset(columns)

    def before(self, kind: str, record_id: int) -> dict[str, Any]:
        """What this change has overwritten of a row, by column: the values before its first write."""
        found: dict[str, Any] = {}
        for entry_kind, entry_id, _version, _operation, _hash, old in self._entries:
            if (entry_kind, entry_id) == (kind, record_id) and old:
                found = {**json.loads(old), **found}
        return found

    def emit(self, event: Event) -> None:
        """Tell the areas further right; their handlers run now, in this transaction."""
        dispatch(self, event)

    def _conflict(self, row: Record, mine: Mapping[str, Any]) -> Conflict:
        kind = kind_of(type(row))
        theirs = type(row).get_or_none(type(row).id == row.id)
        return Conflict(
            kind, row.id, {}, mine, dict(theirs.__data__) if theirs else {}, self._last_writer(kind, row.id)
        )

    @staticmethod
    def _last_writer(kind: str, record_id: int) -> str:
        of_row = (AuditEntry.kind == kind) & (AuditEntry.record_id == record_id)
        return AuditEntry.select(AuditEntry.operator).where(of_row).order_by(AuditEntry.seq.desc()).scalar() or ""

    def finish(self) -> int | None:
        """Run the handlers, extend the chain; returns the change's id, None when nothing was written."""
        if self._written:
            looked_up = {kind: frozenset(ids) for kind, ids in self._looked_up.items()}
            dispatch(self, RecordsWritten(self._written, self._new, looked_up))
        if not self._entries:
            return None
        seq, previous = audit.head()
        change_id = seq + 1
        who = (self.actor.login, self.actor.origin, self.action)
        link = audit.chain_link(change_id, self.undoes, self.started, *who)
        origin = (self.undoes, bound(database, self.started), *who)
        rows = []
        for seq, (kind, record_id, version, operation, row_hash, old) in enumerate(self._entries, change_id):
            values_hash = audit.hash_of_text(old)
            previous = link(previous, seq, kind, record_id, version, operation, row_hash, values_hash)
            what = (kind, record_id, version, operation, row_hash, old, values_hash, previous)
            rows.append((seq, change_id, *origin, *what))
        insert_many("audit", _AUDIT_COLUMNS, rows)
        audit.set_head(seq, previous)
        self.last_seq = seq
        return change_id


_DRIVER_ERRORS: Any = vars(peewee)["__exception_wrapper__"]
_AUDIT_COLUMNS = [f.column_name for f in AuditEntry._meta.sorted_fields]


@functools.cache
def _columns(table: type[Record]) -> tuple[str, ...]:
    return tuple(f.column_name for f in table._meta.sorted_fields)


@functools.cache
def _stated_columns(table: type[Record]) -> tuple[str, ...]:
    return tuple(column for column in _columns(table) if column not in BOOKKEEPING)


def _next_id(table: type[Record], kind: str) -> int:
    """The id after every one that this kind ever had: references to deleted rows never meet a new one."""
    ever = f"SELECT MAX(record_id) FROM audit WHERE kind = {database.param}"
    cursor = database.execute_sql(f'SELECT MAX(id), ({ever}) FROM "{table._meta.table_name}"', (kind,))
    highest, ever_highest = cursor.fetchone()
    return max(highest or 0, ever_highest or 0) + 1


def insert_many(table_name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert database values by ``executemany`` (peewee's insert_many costs twice as much)."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join([database.param] * len(columns))
    with _DRIVER_ERRORS:
        database.cursor().executemany(f'INSERT INTO "{table_name}" ({names}) VALUES ({marks})', rows)


def _update_many(table: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set columns by ``executemany``; each row of values ends with the id."""
    mark = database.param
    sets = ", ".join(f'"{name}" = {mark}' for name in names)
    with _DRIVER_ERRORS:
        database.cursor().executemany(f'UPDATE "{table._meta.table_name}" SET {sets} WHERE "id" = {mark}', rows)


def get(table: type[Row], record_id: int) -> Row:
    """The row of an id, or ``NotFound``.

    Written as SQL by hand: actions read row after row, and peewee takes many times as long to write the query as the
    database to answer it.
    """
    sql, fields = _row_by_id(table, database.param)
    with _DRIVER_ERRORS:
        found = database.execute_sql(sql, (record_id,)).fetchone()
    if found is None:
        kind = KINDS[kind_of(table)]
        raise NotFound(kind.title, f"#{record_id}")
    values = {field.name: field.python_value(value) for field, value in zip(fields, found, strict=True)}
    return table(__no_default__=True, **values)


@functools.cache
def _row_by_id(table: type[Record], mark: str) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(table._meta.sorted_fields)
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    return f'SELECT {columns} FROM "{table._meta.table_name}" WHERE "id" = {mark}', fields


def action(
    name: str, permission: str
) -> Callable[[Callable[Concatenate[Change, P], R]], Callable[Concatenate[Actor | Change, P], R]]:
    """Make an action of a function of a change: one use case, one right, one transaction."""

    def decorate(function: Callable[Concatenate[Change, P], R]) -> Callable[Concatenate[Actor | Change, P], R]:
        @functools.wraps(function)
        def run(by: Actor | Change, *args: P.args, **kwargs: P.kwargs) -> R:
            if isinstance(by, Change):
                by.actor.require(permission)
                return function(by, *args, **kwargs)
            by.require(permission)
            return in_transaction(by, name, lambda change: function(change, *args, **kwargs))

        return cast("Callable[Concatenate[Actor | Change, P], R]", run)

    return decorate


def in_transaction(actor: Actor, name: str, work: Callable[[Change], R], *, undoes: int | None = None) -> R:
    """Run a function of a change in one transaction; tries again, for a bounded time, when locked out."""
    until = time.monotonic() + LOCK_PATIENCE_SECONDS
    for attempt in range(TRIES):
        try:
            return _once(Change(actor, name, undoes), work)
        except peewee.IntegrityError:
            raise  # what it was: who called knows what to make of it
        except peewee.DatabaseError as error:
            if not is_locked(error):
                raise _in_words(error) from error
            if attempt == TRIES - 1 or time.monotonic() > until:
                raise locked_out() from error
            wait_between_tries(attempt)
    raise AssertionError("unreachable")


def _once(change: Change, work: Callable[[Change], R]) -> R:
    if not is_writable():
        raise RuntimeError("the database was opened for reading: no area would hear of the change")
    if is_sqlite(database):
        with turn_to_write():
            copy_log_at_commit(database, wished=not log_is_copied())
            with database.atomic("IMMEDIATE"):
                return _worked(change, work)
    with database.atomic():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_ADVISORY_LOCK,))
        return _worked(change, work)


def _worked(change: Change, work: Callable[[Change], R]) -> R:
    result = work(change)
    change.finish()
    return result


def _in_words(error: peewee.DatabaseError) -> DatabaseUnusable:
    """The domain's error for what a database cannot do."""
    return DatabaseUnusable(
        _("The database did not take the change: {reason}.").format(reason=cause_of(error)),
        _("Nothing was saved. Check the disk and the connection, then try again."),
    )


def old_values_of(entry: AuditEntry) -> dict[str, Any]:
    """The old database values that stand beside an entry."""
    return cast(dict[str, Any], json.loads(entry.old_values)) if entry.old_values else {}
