"""The history of one record as a list: when, who, what changed from what to what, read from the audit trail.

The trail keeps old values only: what a change made of a field is what the next change found there, and after the
last one what stands in the row now. What hangs on a record (phones, addresses: rows that are deleted with it) is told
by the entries of the same change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from peewee import ForeignKeyField

from models.audit import DELETE, INSERT, AuditEntry
from models.base import Record, stored_values, tuples
from models.cards.definitions import CARDS
from models.cards.reading import label_of
from models.cards.tabs import CardTab, Stream, Told
from models.errors import RuleBroken
from models.fields import Field, written
from models.kinds import KINDS, RecordKind, kind_of
from models.language import N_, _
from models.listing import Column, Row, Sort
from models.text import clean

_COLUMNS = (
    Column("moment", N_("When"), "moment", width=16),
    Column("operator", N_("Operator"), width=10),
    Column("what", N_("What changed"), width=40),
)
_OPERATIONS = {INSERT: N_("made"), DELETE: N_("deleted")}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a change touched, its label in the operator's language, the values as text."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record. ``operation`` is that of the audit trail; ``seq`` the entry's number."""

    seq: int
    change_id: int
    moment: Any
    operator: str
    operation: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryListing:
    """The changes of a record, newest first; a ``Listing``. Rows have the numbers of the audit entries for ids."""

    record_kind: str
    record_id: int
    filter_text: str = ""
    sort: Sort = field(default_factory=lambda: Sort("moment", descending=True))

    @property
    def kind(self) -> str:
        """The kind whose changes the list shows; it is read again when that kind changes."""
        return self.record_kind

    @property
    def columns(self) -> tuple[Column, ...]:
        """When, who, what."""
        return _COLUMNS

    def with_filter(self, text: str) -> HistoryListing:
        """A history is short: it is not filtered."""
        if text.strip():
            raise RuleBroken("", _("The history is not filtered."))
        return replace(self, filter_text="")

    def with_sort(self, sort: Sort) -> HistoryListing:
        """The order is always the newest first; raises ``KeyError`` for another."""
        if sort != self.sort:
            raise KeyError(sort.column)
        return replace(self)

    def page(self, offset: int, limit: int) -> list[Row]:
        """The changes from ``offset`` on."""
        if offset < 0:
            offset = max(0, self.count() + offset)
        return [
            Row(line.seq, (line.moment, line.operator, summary(line)))
            for line in history_lines(self.record_kind, self.record_id, offset + limit)[offset:]
        ]

    def count(self) -> int:
        """How many changes there are."""
        return int(AuditEntry.select().where(_of(self.record_kind, self.record_id)).count())

    def position_of(self, record_id: int) -> int | None:
        """How many changes are newer than the one of an audit entry."""
        mine = AuditEntry.select().where(_of(self.record_kind, self.record_id))
        if not mine.where(AuditEntry.seq == record_id).exists():
            return None
        return int(mine.where(AuditEntry.seq > record_id).count())


def summary(line: HistoryLine) -> str:
    """What a change did, on one line."""
    words = [_(_OPERATIONS[line.operation])] if line.operation in _OPERATIONS else []
    words += [f"{change.label}: {change.old or '·'} → {change.new or '·'}" for change in line.changes]
    return "; ".join(words)


def history_lines(kind: str, record_id: int, limit: int) -> list[HistoryLine]:
    """The newest changes of a record, at most ``limit``."""
    query = AuditEntry.select().where(_of(kind, record_id)).order_by(AuditEntry.seq.desc()).limit(limit)
    entries = list(query)
    row = KINDS[kind].table.get_or_none(KINDS[kind].table.id == record_id)
    later = stored_values(row) if row is not None else {}
    parts = _changes_of_parts(kind, record_id, [entry.change_id for entry in entries])
    lines = []
    for entry in entries:
        old = _read_values(entry.old_values)
        own: Iterable[FieldChange] = ()
        if old is None:
            own = (FieldChange(_("What it was before"), _("cannot be read"), "?"),)
        elif entry.operation not in _OPERATIONS:
            own = _changes_of_row(kind, old, later)
        changes = (*own, *(parts.get(entry.change_id, ()) if entry.operation != INSERT else ()))
        lines.append(
            HistoryLine(entry.seq, entry.change_id, entry.moment, entry.operator, entry.operation, tuple(changes))
        )
        later = later | (old or {})
    return lines


def _read_values(text: str | None) -> dict[str, Any] | None:
    """The old values of an entry; none where somebody damaged them behind the program's back, which ``check`` tells."""
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        return None
    return values if isinstance(values, dict) else None


def _of(kind: str, record_id: int) -> Any:
    return (AuditEntry.kind == kind) & (AuditEntry.record_id == record_id)


def _changes_of_row(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[FieldChange]:
    """The fields of the form among the columns that changed; columns that follow from others are left out."""
    definition = CARDS.get(kind)
    fields = {field.name: field for field in (*definition.fields, *definition.shown)} if definition else {}
    columns = {column.column_name: column for column in KINDS[kind].table._meta.sorted_fields}
    for name, value in old.items():
        column = columns.get(name)
        field = fields.get(column.name) if column is not None else None
        if column is not None and field is not None:
            yield FieldChange(_(field.title), _text(field, column, value), _text(field, column, new.get(name)))


def _text(field: Field, column: Any, stored: Any) -> str:
    if field.kind == "reference":
        return "" if stored is None else label_of(field.reference, int(stored))
    if field.kind == "choices":
        return clean(str(stored or ""))
    value = column.python_value(stored)
    if field.kind == "flag":
        value = bool(value)
    return written(field, value)


def _parts(table: type[Record]) -> list[tuple[RecordKind, Any]]:
    """The kinds whose rows are deleted together with a row of this table, with the column that points to it."""
    return [
        (registered, column)
        for registered in KINDS.values()
        for column in registered.table._meta.sorted_fields
        if isinstance(column, ForeignKeyField) and column.rel_model is table and column.on_delete == "CASCADE"
    ]


def _changes_of_parts(kind: str, record_id: int, change_ids: list[int]) -> dict[int, list[FieldChange]]:
    found: dict[int, list[FieldChange]] = {}
    for part, link in _parts(KINDS[kind].table):
        query = AuditEntry.select(
            AuditEntry.change_id, AuditEntry.record_id, AuditEntry.operation, AuditEntry.old_values
        ).where((AuditEntry.kind == part.name) & AuditEntry.change_id.in_(change_ids))
        for change_id, part_id, operation, old_values in tuples(query.order_by(AuditEntry.seq)):
            change = _change_of_part(part, link, record_id, part_id, operation, old_values)
            if change is not None:
                found.setdefault(change_id, []).append(change)
    return found


def _change_of_part(
    part: RecordKind, link: Any, owner_id: int, part_id: int, operation: str, old_values: str | None
) -> FieldChange | None:
    label = part.table._meta.fields[part.label].column_name if part.label else ""
    values = _read_values(old_values) or {}
    now = values if operation == DELETE else _row_or_last(part, part_id)
    if now.get(link.column_name) != owner_id:
        return None
    old = str(values.get(label, ""))
    return FieldChange(_(part.title), old, "" if operation == DELETE else str(now.get(label, "")))


def _row_or_last(part: RecordKind, part_id: int) -> dict[str, Any]:
    """A row's values, or those that it had when it was deleted."""
    row = part.table.get_or_none(part.table.id == part_id)
    if row is not None:
        return stored_values(row)
    query = AuditEntry.select(AuditEntry.old_values).where(_of(part.name, part_id), AuditEntry.operation == DELETE)
    old_values = query.order_by(AuditEntry.seq.desc()).limit(1).scalar()
    return _read_values(old_values) or {}


def kinds_told(kind: str) -> frozenset[str]:
    """The kinds whose changes show in the history of a record of this kind."""
    return frozenset({kind, *(kind_of(part.table) for part, _link in _parts(KINDS[kind].table))})


HISTORY = "history"


def history_tab(kind: str) -> CardTab:
    """The tab that every card ends with: the history of the record."""

    def opened(record_id: int, seq: int) -> Told | None:
        position = HistoryListing(kind, record_id).position_of(seq)
        lines = [] if position is None else history_lines(kind, record_id, position + 1)
        return _told(lines[-1]) if lines else None

    return CardTab(HISTORY, N_("History"), Stream(partial(HistoryListing, kind), partial(kinds_told, kind), opened))


def _told(line: HistoryLine) -> Told:
    empty = _("(empty)")
    changes = (f"{change.label}: {change.old or empty} → {change.new or empty}" for change in line.changes)
    return Told(f"#{line.change_id} · {line.operator}", "\n".join(changes) or _("The record was made."))
