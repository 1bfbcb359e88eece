"""The audit trail: who changed what, when and from where, in a chain of hashes.

Each entry's hash covers the entry before it, so that an edited, removed or inserted entry breaks the chain. The chain
holds hashes of values; the values stand beside it, so that a person's data can be erased without breaking it. An
insert keeps no values: the row itself and the old values of later entries hold them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from peewee import IntegerField, Model, TextField, fn

from models.base import BOOKKEEPING, MomentField, Record, database, tuples
from models.kinds import KINDS, RecordKind
from models.language import _

INSERT, UPDATE, DELETE = "insert", "update", "delete"
GENESIS = "0" * 64
_ENTRIES_AT_ONCE = 20_000


class AuditEntry(Model):
    """One changed row. ``change_id`` is the ``seq`` of the first entry of the action that it belongs to."""

    seq = IntegerField(primary_key=True)
    change_id = IntegerField(index=True)
    undoes = IntegerField(null=True)
    moment = MomentField()
    operator = TextField()
    origin = TextField()
    action = TextField()
    kind = TextField()
    record_id = IntegerField()
    version = IntegerField()
    operation = TextField()
    row_hash = TextField()
    old_values = TextField(null=True)
    values_hash = TextField()
    hash = TextField()

    class Meta:
        database = database
        legacy_table_names = False
        table_name = "audit"
        indexes = ((("kind", "record_id", "seq"), True), (("operator", "seq"), False))


class AuditHead(Model):
    """The end of the chain, one row: a trail that was cut at its end does not reach it."""

    id = IntegerField(primary_key=True)
    seq = IntegerField()
    hash = TextField()

    class Meta:
        database = database
        legacy_table_names = False


def canonical(values: Mapping[str, Any]) -> str:
    """Database values as text that is the same on every database.

    Empty values are left out, so that a column that a later migration adds does not change older rows' hashes.
    """
    # Written by hand: json.dumps with these options takes three times as long, for every row that is ever written.
    stated = [f'"{name}":{_as_json(value)}' for name in sorted(values) if (value := values[name])]
    return f"{{{','.join(stated)}}}"


def _as_json(value: Any) -> str:
    if value.__class__ is str:
        return encode_basestring(value)
    if value.__class__ is int:
        return str(value)
    plain = _plain(value)
    return encode_basestring(plain) if plain.__class__ is str else json.dumps(plain, ensure_ascii=False)


def canonical_all(values: Mapping[str, Any]) -> str:
    """The same with empty values kept: the form in which old values stand beside an entry."""
    return json.dumps(plain_values(values), ensure_ascii=False, sort_keys=True)


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Database values as they come back from the JSON beside an entry."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if value is True:
        return 1
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def hash_of_row(values: Mapping[str, Any]) -> str:
    """SHA-256 of a row's database values."""
    return hashlib.sha256(canonical(values).encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_text(text: str | None) -> str:
    """SHA-256 of the values that stand beside an entry; empty where there are none."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


def hash_of_entry(previous: str, fields: Iterable[object]) -> str:
    """The link of the chain: the previous hash and all that the entry states, joined by a unit separator."""
    joined = "\x1f".join([previous, *("" if field is None else str(field) for field in fields)])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


_CHAINED = [
    "seq",
    "change_id",
    "undoes",
    "moment",
    "operator",
    "origin",
    "action",
    "kind",
    "record_id",
    "version",
    "operation",
    "row_hash",
    "values_hash",
]


def chained_fields(entry: Mapping[str, Any]) -> tuple[object, ...]:
    """What of an entry its hash covers, in the order that the chain is defined by."""
    return tuple(_plain(entry[name]) for name in _CHAINED)


def chain_link(
    change_id: int, undoes: int | None, moment: dt.datetime, operator: str, origin: str, action: str
) -> Callable[..., str]:
    """What makes the hash of each entry of one change from the previous one, its ``seq`` and what it alone states.

    It is ``hash_of_entry`` with what they share put together once.
    """
    shared = "\x1f".join((str(change_id), str(undoes or ""), _plain(moment), operator, origin, action))

    def link(previous: str, seq: int, kind: str, record_id: int, version: int, *rest: str) -> str:
        joined = "\x1f".join((previous, str(seq), shared, kind, str(record_id), str(version), *rest))
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()

    return link


def head() -> tuple[int, str]:
    """The ``seq`` and hash at the end of the chain; ``(0, GENESIS)`` for an empty one."""
    found = database.execute_sql("SELECT seq, hash FROM audit_head WHERE id = 1").fetchone()
    return (found[0], found[1]) if found else (0, GENESIS)


def set_head(seq: int, last_hash: str) -> None:
    """Write down where the chain ends now."""
    mark = database.param
    found = database.execute_sql(f"UPDATE audit_head SET seq = {mark}, hash = {mark} WHERE id = 1", (seq, last_hash))
    if database.rows_affected(found) == 0:
        AuditHead.insert(id=1, seq=seq, hash=last_hash).execute()


def change_marker() -> int:
    """A number that grows with every change that anybody makes; polled by the screens (7 µs)."""
    return AuditEntry.select(fn.MAX(AuditEntry.seq)).scalar() or 0


def kinds_changed_since(marker: int) -> frozenset[str]:
    """Which kinds of record were written after the marker."""
    rows = tuples(AuditEntry.select(AuditEntry.kind).where(AuditEntry.seq > marker).distinct())
    return frozenset(kind for (kind,) in rows)


def records_changed_since(marker: int, kind: str, most: int) -> list[int]:
    """The ids of the records of a kind that were written after the marker: all, or one more than ``most``."""
    # The kind's own index would lead through all that was ever written of it.
    of_kind = fn.COALESCE(AuditEntry.kind, "") == kind
    query = AuditEntry.select(AuditEntry.record_id).where(AuditEntry.seq > marker, of_kind).distinct().limit(most + 1)
    return [record_id for (record_id,) in tuples(query)]


class Problem(NamedTuple):
    """Something that ``check`` found: a short code, the place, and what is wrong in words."""

    code: str
    place: str
    message: str


def broken_links() -> Iterator[Problem]:
    """Walk the whole chain; name every entry that was edited, is missing, or whose values were edited."""
    previous_hash, previous_seq = GENESIS, 0
    for entry in _entries():
        place = f"audit {entry['seq']}"
        if entry["seq"] != previous_seq + 1:
            message = _("Entries {first} to {last} of the audit trail are missing.").format(
                first=previous_seq + 1, last=entry["seq"] - 1
            )
            yield Problem("audit-gap", place, message)
        elif entry["hash"] != hash_of_entry(previous_hash, chained_fields(entry)):
            yield Problem(
                "audit-edited", place, _("Entry {seq} of the audit trail was edited.").format(seq=entry["seq"])
            )
        if entry["old_values"] is not None and hash_of_text(entry["old_values"]) != entry["values_hash"]:
            message = _("The old values beside audit entry {seq} were edited.").format(seq=entry["seq"])
            yield Problem("audit-values", place, message)
        previous_hash, previous_seq = entry["hash"], entry["seq"]
    seq, hash_ = head()
    if (seq, hash_) != (previous_seq, previous_hash):
        message = _("The audit trail ends at entry {found}, it should end at {expected}: its end was cut or added to.")
        yield Problem("audit-end", f"audit {seq}", message.format(found=previous_seq, expected=seq))


def _entries() -> Iterator[dict[str, Any]]:
    """All entries in their order, as the database keeps them, so many at a time."""
    names = [*_CHAINED, "old_values", "hash"]
    query = f"SELECT {', '.join(names)} FROM audit WHERE seq > {database.param} ORDER BY seq LIMIT {_ENTRIES_AT_ONCE}"
    last: int | None = -1
    while last is not None:
        page = database.execute_sql(query, (last,)).fetchall()
        yield from (dict(zip(names, row, strict=True)) for row in page)
        last = page[-1][0] if len(page) == _ENTRIES_AT_ONCE else None


def rows_changed_behind() -> Iterator[Problem]:
    """Compare every row of every kind with its last audit entry."""
    for kind in KINDS.values():
        yield from _rows_changed_behind(kind)


def _rows_changed_behind(kind: RecordKind) -> Iterator[Problem]:
    last = (
        AuditEntry.select(fn.MAX(AuditEntry.seq).alias("seq"))
        .where(AuditEntry.kind == kind.name)
        .group_by(AuditEntry.record_id)
    )
    entries = (
        AuditEntry.select(AuditEntry.record_id, AuditEntry.version, AuditEntry.operation, AuditEntry.row_hash)
        .where(AuditEntry.seq.in_(last))
        .order_by(AuditEntry.record_id)
    )
    expected = iter(entries.tuples().iterator())
    entry = next(expected, None)
    for record_id, version, values in raw_rows(kind.table):
        while entry is not None and entry[0] < record_id:
            yield from _vanished(kind, entry)
            entry = next(expected, None)
        place = f"{kind.name} #{record_id}"
        if entry is None or entry[0] != record_id or entry[2] == DELETE:
            message = _("{place} is in no entry of the audit trail: it was made behind the program's back.")
            yield Problem("row-unknown", place, message.format(place=place))
        elif entry[1] != version or entry[3] != hash_of_row(values):
            message = _("{place} differs from its last audit entry: it was changed behind the program's back.")
            yield Problem("row-edited", place, message.format(place=place))
        if entry is not None and entry[0] == record_id:
            entry = next(expected, None)
    while entry is not None:
        yield from _vanished(kind, entry)
        entry = next(expected, None)


def _vanished(kind: RecordKind, entry: tuple[int, int, str, str]) -> Iterator[Problem]:
    if entry[2] != DELETE:
        place = f"{kind.name} #{entry[0]}"
        message = _("{place} is gone, and the audit trail does not say who deleted it.")
        yield Problem("row-vanished", place, message.format(place=place))


def raw_rows(table: type[Record]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """All rows as the database keeps them, by id: id, version, values by column without the bookkeeping."""
    names = [field.column_name for field in table._meta.sorted_fields]
    columns = ", ".join(f'"{name}"' for name in names)
    cursor = database.execute_sql(f'SELECT {columns} FROM "{table._meta.table_name}" ORDER BY "id"')
    id_at, version_at = names.index("id"), names.index("version")
    for row in cursor:
        values = {name: value for name, value in zip(names, row, strict=True) if name not in BOOKKEEPING}
        yield row[id_at], row[version_at], values
