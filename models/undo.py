"""Taking back a change: every row it wrote gets its old values, where each still has the version it left.

A change that others stand on is refused, naming the record; an area may veto the undo of an action of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import peewee

from models import audit
from models.actor import UNDO_OTHERS, Actor
from models.audit import AuditEntry
from models.errors import NotAllowed, NotFound, RuleBroken
from models.kinds import KINDS, RecordRef
from models.language import NP_, _
from models.writing import Change, in_transaction, old_values_of

UNDO = "undo"
_vetoes: dict[str, Callable[[Sequence[AuditEntry]], str | None]] = {}
_rules: dict[str, Callable[[Any], None]] = {}
CHANGE_TITLE = NP_("noun", "change")


def veto(action: str, reason: Callable[[Sequence[AuditEntry]], str | None]) -> None:
    """Let an area refuse the undo of one of its actions: the function returns the reason, or None to allow."""
    _vetoes[action] = reason


def keep_rule(kind: str, rule: Callable[[Any], None]) -> None:
    """Let an area hold each restored or deleted row of a kind against its rules; the function raises ``RuleBroken``."""
    _rules[kind] = rule


def last_change(actor: Actor) -> int | None:
    """The operator's latest change that is neither an undo nor undone; None when there is none."""
    undone = AuditEntry.select(AuditEntry.undoes).where(AuditEntry.undoes.is_null(False))
    found = (
        AuditEntry.select(AuditEntry.change_id)
        .where(AuditEntry.operator == actor.login, AuditEntry.undoes.is_null(), AuditEntry.change_id.not_in(undone))
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
    entries = list(AuditEntry.select().where(AuditEntry.change_id == change_id).order_by(AuditEntry.seq.desc()))
    if not entries:
        raise NotFound(CHANGE_TITLE, f"#{change_id}")
    _refuse_if_not_allowed(change.actor, change_id, entries)
    restored: dict[RecordRef, None] = {}
    for entry in entries:
        _restore(change, entry)
        restored[RecordRef(entry.kind, entry.record_id)] = None
    for ref in restored:
        row = KINDS[ref.kind].table.get_or_none(id=ref.id)
        if row is None:
            _refuse_if_pointed_to(ref)
        elif rule := _rules.get(ref.kind):
            rule(row)
    return list(restored)


def _refuse_if_pointed_to(ref: RecordRef) -> None:
    """What is about a record of any kind (a reminder, a file) stands on it as a foreign key does."""
    for kind in KINDS.values():
        fields = kind.table._meta.fields
        if "about_kind" in fields and "about_id" in fields:
            about = (fields["about_kind"] == ref.kind) & (fields["about_id"] == ref.id)
            if kind.table.select().where(about).exists():
                raise _stood_on(ref.kind, ref.id)


def _refuse_if_not_allowed(actor: Actor, change_id: int, entries: Sequence[AuditEntry]) -> None:
    if entries[0].operator != actor.login and not actor.may(UNDO_OTHERS):
        raise NotAllowed(actor.name, UNDO_OTHERS)
    if AuditEntry.select().where(AuditEntry.undoes == change_id).exists():
        raise RuleBroken("", _("Change #{change} was already undone.").format(change=change_id))
    if (refuse := _vetoes.get(entries[0].action)) and (reason := refuse(entries)):
        raise RuleBroken("", reason)
    newest: dict[tuple[str, int], AuditEntry] = {}
    for entry in entries:
        newest.setdefault((entry.kind, entry.record_id), entry)
    for (kind, record_id), entry in newest.items():
        _refuse_if_changed_since(kind, record_id, entry)


def _refuse_if_changed_since(kind: str, record_id: int, entry: AuditEntry) -> None:
    """A later change stands in the way, unless it was itself taken back and the row is again what this change left."""
    last = _last_entry(kind, record_id)
    if (last.operation == audit.DELETE, last.row_hash) == (entry.operation == audit.DELETE, entry.row_hash):
        return
    raise RuleBroken(
        "",
        _("{kind} #{id} was changed since, by {operator}.").format(
            kind=_(KINDS[kind].title), id=record_id, operator=last.operator
        ),
        _("Undo the later change first."),
    )


def _last_entry(kind: str, record_id: int) -> AuditEntry:
    return (
        AuditEntry.select()
        .where((AuditEntry.kind == kind) & (AuditEntry.record_id == record_id))
        .order_by(AuditEntry.seq.desc())
        .get()
    )


def _restore(change: Change, entry: AuditEntry) -> None:
    table = KINDS[entry.kind].table
    old = old_values_of(entry)
    try:
        if entry.operation == audit.DELETE:
            change.reinsert(table, entry.record_id, _last_entry(entry.kind, entry.record_id).version + 1, old)
            return
        row = table.get(table.id == entry.record_id)
        if entry.operation == audit.INSERT:
            change.delete(row)
            return
        by_column = {field.column_name: field for field in table._meta.sorted_fields}
        change.update(row, {by_column[name].name: by_column[name].python_value(value) for name, value in old.items()})
    except peewee.IntegrityError as error:
        raise _stood_on(entry.kind, entry.record_id) from error


def _stood_on(kind: str, record_id: int) -> RuleBroken:
    return RuleBroken(
        "",
        _("{kind} #{id} cannot be taken back: other records stand in the way.").format(
            kind=_(KINDS[kind].title), id=record_id
        ),
        _("Take those back first."),
    )
