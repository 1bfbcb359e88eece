"""Two records of one company made one: all that hangs on the other goes over to the survivor.

What others refer to is never deleted; the other record is, because nothing refers to it any more, and an archived twin
would stand in the way of look-ups, of imports and of the rule that INN and KPP are given once. The audit trail keeps
all that it had, and the undo of the merge brings it back with everything that went over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import ForeignKeyField

from models.audit import INSERT, UPDATE, AuditEntry
from models.base import Record, tuples
from models.clients.actions import client_values, keep_rules
from models.clients.contacts import PART_FIELDS
from models.clients.status import CANDIDATE, keep_status_change
from models.clients.tables import Address, Client, StatusChange
from models.clients.twins import KIND, OTHER, Twins, about, doubles, links
from models.company.permissions import EDIT_CLIENTS
from models.conditions import contains
from models.errors import RuleBroken
from models.kinds import KINDS, kind_of, kinds_about
from models.language import _
from models.text import fold, sort_name
from models.writing import Change, action, get

MERGE = "merge_clients"
_ADDRESSES = {"legal_address": "legal", "postal_address": "postal"}


@action(MERGE, EDIT_CLIENTS)
def merge_clients(
    change: Change,
    survivor_id: int,
    other_id: int,
    choices: Mapping[str, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> None:
    """Make one client of two. ``choices`` says by field whose value stays, ``survivor`` (where it says nothing) or
    ``other``; an empty field of the survivor is filled from the other, whatever is chosen.

    ``versions`` are those that the operator saw. Phones, tags, accounts and addresses that both have stay once.
    Raises ``RuleBroken``, ``NotFound``, ``Conflict``.
    """
    if survivor_id == other_id:
        raise RuleBroken("", _("A client is not merged with itself."), _("Pick another one."))
    survivor, other = get(Client, survivor_id), get(Client, other_id)
    for client, version in zip((survivor, other), versions or (), strict=False):
        change.expect(client, version, {}, None, client_values)
    twins = Twins(
        survivor_id, other_id, (survivor.version, other.version), client_values(survivor), client_values(other)
    )
    united = twins.united(choices or {})
    _keep_entry(change, survivor, other)
    for table, columns in links():
        for row in doubles(table, columns, survivor_id, other_id):
            change.delete(row)
    former = _former_addresses(twins, choices or {})
    _move(change, survivor_id, other_id, former)
    change.delete(get(Client, other_id))
    _write_survivor(change, get(Client, survivor_id), other, united)


def _keep_entry(change: Change, survivor: Client, other: Client) -> None:
    """The other was entered before the survivor: the company has been a candidate (or client) since then."""
    if other.created < survivor.created:
        first = StatusChange.select(StatusChange.before).where(StatusChange.client == other.id)
        status = first.order_by(StatusChange.moment, StatusChange.id).limit(1).scalar() or other.status
        keep_status_change(change, survivor.id, "", status, other.created)


def _former_addresses(twins: Twins, choices: Mapping[str, str]) -> dict[int, str]:
    """The addresses that were not chosen, with their new kind: of each kind the form shows one."""
    found: dict[int, str] = {}
    for name, kind in _ADDRESSES.items():
        mine, theirs = fold(twins.survivor[name]), fold(twins.other[name])
        if not mine or not theirs or mine == theirs:
            continue
        loser = twins.survivor_id if choices.get(name) == OTHER else twins.other_id
        rows = tuples(Address.select(Address.id).where((Address.client == loser) & (Address.kind == kind)))
        found |= {row_id: "former" for (row_id,) in rows}
    return found


def _move(change: Change, survivor_id: int, other_id: int, former: Mapping[int, str]) -> None:
    """Let everything that points to the other point to the survivor; each row is written once."""
    moved: dict[type[Record], dict[int, dict[str, Any]]] = {
        Address: {row: {"kind": kind} for row, kind in former.items()}
    }
    for table, columns in links():
        for column in columns:
            for (row,) in tuples(table.select(table.id).where(column == other_id)):
                moved.setdefault(table, {}).setdefault(row, {})[column.column_name] = survivor_id
    for kind in kinds_about():
        for (row,) in tuples(kind.table.select(kind.table.id).where(about(kind, other_id))):
            moved.setdefault(kind.table, {}).setdefault(row, {})["about_id"] = survivor_id
    for table, changes in moved.items():
        change.update_columns(table, changes)


def _write_survivor(change: Change, survivor: Client, other: Client, united: Mapping[str, Any]) -> None:
    values = {name: value for name, value in united.items() if name not in PART_FIELDS}
    for first in ("first_quote_at", "first_sale_at"):
        values[first] = min(filter(None, (getattr(survivor, first), getattr(other, first))), default=None)
    if survivor.status == CANDIDATE != values["status"]:
        _keep_missing_change(change, survivor, other)
    change.update(survivor, values | {"sort_name": sort_name(values["name"])}, touch=True)
    keep_rules(survivor)


def _keep_missing_change(change: Change, survivor: Client, other: Client) -> None:
    """The other was entered later, as a client: a change of status that would have come over with it is missing."""
    became = (StatusChange.client == survivor.id) & (StatusChange.before == CANDIDATE)
    if other.created >= survivor.created and not StatusChange.select().where(became).exists():
        keep_status_change(change, survivor.id, CANDIDATE, other.status, other.created)


def built_upon(entries: Sequence[AuditEntry]) -> str | None:
    """Why a merge is not undone: since then something new was put under the survivor, which may be the other's."""
    survivor = next(entry.record_id for entry in entries if entry.kind == KIND and entry.operation == UPDATE)
    last = max(entry.seq for entry in entries)
    own = {(entry.kind, entry.record_id) for entry in entries}
    for table, columns in links():
        for column in columns:
            for found in _put_under(survivor, last, table, column):
                if (kind_of(table), found.record_id) not in own:
                    return _("{kind} #{id} was put under the client since, by {operator}: undo that first.").format(
                        kind=_(KINDS[kind_of(table)].title), id=found.record_id, operator=found.operator
                    )
    return None


def _put_under(client_id: int, since: int, table: type[Record], column: ForeignKeyField) -> Any:
    """The audit entries since then by which rows that point to the client now came to do so."""
    relinked = contains(AuditEntry.old_values, f'"{column.column_name}":')
    return (
        AuditEntry.select(AuditEntry.record_id, AuditEntry.operator)
        .join(table, on=(AuditEntry.record_id == table.id))
        .where(
            (AuditEntry.kind == kind_of(table)) & (AuditEntry.seq > since) & (column == client_id)
            & ((AuditEntry.operation == INSERT) | ((AuditEntry.operation == UPDATE) & relinked))
        )
    )  # fmt: skip
