"""Taking back a change: every row it wrote gets its old values, where each still has the version it left.

A change that others stand on is refused, naming the record; an area may veto the undo of an action of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import peewee
from peewee import fn

from models import audit
from models.actor import UNDO_OTHERS, Actor
from models.audit import AuditEntry
from models.base import Record, tuples
from models.errors import NotAllowed, NotFound, RuleBroken
from models.kinds import KINDS, RecordRef, kinds_about
from models.language import NP_, _
from models.lookup import among
from models.writing import Change, get, in_transaction, old_values_of

UNDO = "undo"
_vetoes: dict[str, Callable[[Sequence[AuditEntry]], str | None]] = {}
_never: set[str] = set()
_rules: dict[str, Callable[[Any], None]] = {}
_not_loaded: list[Callable[[], None]] = []
CHANGE_TITLE = NP_("noun", "change")


def load_rules_by(load: Callable[[], None]) -> None:
    """Say what tells the vetoes and rules of all areas; it is called before the first question about an undo."""
    _not_loaded[:] = [load]


def _load_rules() -> None:
    while _not_loaded:
        _not_loaded.pop()()


def veto(action: str, reason: Callable[[Sequence[AuditEntry]], str | None]) -> None:
    """Let an area refuse the undo of one of its actions: the function returns the reason, or None to allow."""
    _vetoes[action] = reason


def never(action: str, reason: Callable[[], str]) -> None:
    """Let an area say that one of its actions is never taken back; the last change that is, is one before it."""
    _never.add(action)
    veto(action, lambda _entries: reason())


def keep_rule(kind: str, rule: Callable[[Any], None]) -> None:
    """Let an area hold each restored or deleted row of a kind against its rules; the function raises ``RuleBroken``."""
    _rules[kind] = rule


def last_change(actor: Actor) -> int | None:
    """The operator's latest change that can be taken back: no undo, not undone; None when there is none."""
    _load_rules()
    # An undo comes after what it undoes: among the later entries it is found without a walk through the whole trail.
    later = AuditEntry.alias()
    undone = later.select(later.seq).where((later.seq > AuditEntry.seq) & (later.undoes == AuditEntry.change_id))
    found = (
        AuditEntry.select(AuditEntry.change_id)
        .where(AuditEntry.operator == actor.login, AuditEntry.undoes.is_null(), ~fn.EXISTS(undone))
        .where(AuditEntry.action.not_in(sorted(_never)))
        .order_by(AuditEntry.seq.desc())
        .limit(1)
        .scalar()
    )
    return None if found is None else int(found)


def undo(actor: Actor, change_id: int) -> list[RecordRef]:
    """Take a change back; returns the records restored.

    Raises ``NotFound`` for an unknown change, ``RuleBroken`` where a later change or another record stands on it,
    ``NotAllowed`` for the change of another operator without the right to undo those.
    """
    return in_transaction(actor, UNDO, lambda change: _undo(change, change_id), undoes=change_id)


def _undo(change: Change, change_id: int) -> list[RecordRef]:
    _load_rules()
    entries = list(AuditEntry.select().where(AuditEntry.change_id == change_id).order_by(AuditEntry.seq.desc()))
    if not entries:
        raise NotFound(CHANGE_TITLE, f"#{change_id}")
    _refuse_if_not_allowed(change.actor, change_id, entries)
    for run in runs(entries):
        restore(change, run)
    restored = list(dict.fromkeys(RecordRef(entry.kind, entry.record_id) for entry in entries))
    for kind, ids in _by_kind(restored).items():
        _keep_rules(kind, ids)
    return restored


def runs(entries: Sequence[AuditEntry]) -> Iterator[list[AuditEntry]]:
    """Entries in their order, those that can be restored together in one: updates of different rows of a kind."""
    run: dict[int, AuditEntry] = {}
    for entry in entries:
        last = next(reversed(run.values()), None)
        joins = last is not None and last.operation == entry.operation == audit.UPDATE and last.kind == entry.kind
        if run and (not joins or entry.record_id in run):
            yield list(run.values())
            run = {}
        run[entry.record_id] = entry
    if run:
        yield list(run.values())


def _by_kind(refs: Iterable[RecordRef]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for ref in refs:
        found.setdefault(ref.kind, []).append(ref.id)
    return found


def _keep_rules(kind: str, ids: list[int]) -> None:
    """Hold what was restored against the rules; what is gone must not be what others are about."""
    table = KINDS[kind].table
    there = {row for (row,) in tuples(table.select(table.id).where(among(table.id, ids)))}
    for record_id in ids:
        if record_id not in there:
            _refuse_if_pointed_to(RecordRef(kind, record_id))
    if rule := _rules.get(kind):
        for row in table.select().where(among(table.id, ids)):
            rule(row)


def _refuse_if_pointed_to(ref: RecordRef) -> None:
    """What is about a record of any kind (a reminder, a file) stands on it as a foreign key does."""
    for kind in kinds_about():
        fields = kind.table._meta.fields
        about = (fields["about_kind"] == ref.kind) & (fields["about_id"] == ref.id)
        if kind.table.select().where(about).exists():
            raise _stood_on(ref.kind, ref.id)


def _refuse_if_not_allowed(actor: Actor, change_id: int, entries: Sequence[AuditEntry]) -> None:
    if entries[0].operator != actor.login and not actor.may(UNDO_OTHERS):
        raise NotAllowed(actor.name, UNDO_OTHERS)
    if AuditEntry.select().where((AuditEntry.seq > change_id) & (AuditEntry.undoes == change_id)).exists():
        raise RuleBroken("", _("Change #{change} was already undone.").format(change=change_id))
    if (refuse := _vetoes.get(entries[0].action)) and (reason := refuse(entries)):
        raise RuleBroken("", reason)
    newest: dict[RecordRef, AuditEntry] = {}
    for entry in entries:
        newest.setdefault(RecordRef(entry.kind, entry.record_id), entry)
    for kind, ids in _by_kind(newest).items():
        for last in _last_entries(kind, ids):
            _refuse_if_changed_since(last, newest[RecordRef(kind, last.record_id)])


def _refuse_if_changed_since(last: AuditEntry, entry: AuditEntry) -> None:
    """A later change stands in the way, unless it was itself taken back and the row is again what this change left."""
    if (last.operation == audit.DELETE, last.row_hash) == (entry.operation == audit.DELETE, entry.row_hash):
        return
    raise RuleBroken(
        "",
        _("{kind} #{id} was changed since, by {operator}.").format(
            kind=_(KINDS[last.kind].title), id=last.record_id, operator=last.operator
        ),
        _("Undo the later change first."),
    )


def _last_entries(kind: str, ids: list[int]) -> Iterator[AuditEntry]:
    """The last audit entry of each of these records."""
    of_records = (AuditEntry.kind == kind) & among(AuditEntry.record_id, ids)
    last = AuditEntry.select(fn.MAX(AuditEntry.seq)).where(of_records).group_by(AuditEntry.record_id)
    return iter(AuditEntry.select().where(AuditEntry.seq.in_(last)))


def restore(change: Change, run: Sequence[AuditEntry]) -> None:
    """Take back one entry, or many updates of one kind."""
    table, first = KINDS[run[0].kind].table, run[0]
    try:
        if first.operation == audit.DELETE:
            values = _old_values(table, first)
            version = next(_last_entries(first.kind, [first.record_id])).version + 1
            change.reinsert(table, first.record_id, version, values, values.pop("created", None))
        elif first.operation == audit.INSERT:
            change.delete(get(table, first.record_id))
        else:
            change.update_columns(table, {entry.record_id: _old_values(table, entry) for entry in run})
    except peewee.IntegrityError as error:
        raise _stood_on(first.kind, first.record_id) from error


def _old_values(table: type[Record], entry: AuditEntry) -> dict[str, Any]:
    """The old values beside an entry as the database takes them: the trail keeps moments and flags as JSON does."""
    fields = {field.column_name: field for field in table._meta.sorted_fields}
    return {
        name: fields[name].db_value(fields[name].python_value(value)) for name, value in old_values_of(entry).items()
    }


def _stood_on(kind: str, record_id: int) -> RuleBroken:
    return RuleBroken(
        "",
        _("{kind} #{id} cannot be taken back: other records stand in the way.").format(
            kind=_(KINDS[kind].title), id=record_id
        ),
        _("Take those back first."),
    )
