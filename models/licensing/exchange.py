"""A key in the place of another, and a key that goes to another client: with all that is on them, in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models import audit
from models.audit import AuditEntry
from models.clients.tables import Client
from models.company.permissions import EDIT_KEYS, EDIT_LICENCES
from models.errors import RuleBroken
from models.keys.lending import handing_on, remind_of_return
from models.keys.movements import Handing, hand_over
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.kinds import KINDS, RecordRef
from models.language import NP_, _
from models.licensing.history import Cause, write_events
from models.licensing.on_keys import living_on
from models.licensing.tables import ItemInstance, Licence
from models.lookup import among
from models.sales.states import name_of
from models.sales.tables import Document
from models.writing import Change, action, get, old_values_of

REPLACE, TRANSFER = "replace_key", "transfer_key"
REPLACEMENT_CAUSES: Mapping[str, str] = {
    "lost": NP_("key", "lost"),
    "broken": NP_("key", "broken"),
    "other": NP_("key", "another reason"),
}
_STATE_AFTER = {"lost": "lost", "broken": "broken", "other": "replaced"}
_REPLACEABLE = frozenset({"issued", "lent", "lost", "broken"})


@dataclass(frozen=True, slots=True)
class Replaced:
    """A key took the place of another: how many licences and instances went with it, and the reminder, if any."""

    old: int
    new: int
    licences: int
    instances: int
    reminder: int | None


@dataclass(frozen=True, slots=True)
class Transferred:
    """A key went to another client, with so many licences."""

    key: int
    licences: int


@action(REPLACE, EDIT_KEYS)
def replace_key(
    change: Change,
    old_id: int,
    new_id: int,
    cause: str,
    day: dt.date,
    reason: str = "",
    return_due: dt.date | None = None,
) -> Replaced:
    """Put a key in the place of a lost, broken or unwanted one: all licences that have not ended move to it.

    The old one stays its owner's until it comes back, by a day that is reminded of where one is given.
    """
    change.actor.require(EDIT_LICENCES)
    if cause not in REPLACEMENT_CAUSES:
        raise RuleBroken("cause", _("“{value}” is no reason.").format(value=cause))
    old, new, handing = get(ProtectionKey, old_id), get(ProtectionKey, new_id), handing_on(day, reason)
    owner = _owner_of_replaceable(old)
    _check_replacement(old, new)
    if return_due is not None and return_due < day:
        raise RuleBroken(
            "return_due", _("It would be back before it was replaced."), _("Give the day by which it has to be back.")
        )
    hand_over(change, new, "replacement", owner.id, "issued", handing, replaces=old.id)
    kind = "replacement" if cause == "other" else "write_off"
    hand_over(change, old, kind, owner.id, _STATE_AFTER[cause], handing, return_due=return_due)
    licences = living_on(old.id)
    write_events(
        change, licences, "move", {one.id: {"key": new.id} for one in licences}, Cause(day, None, handing.note)
    )
    pointing = ItemInstance.select(ItemInstance.id).where(ItemInstance.key == old.id)
    instances = change.update_columns(ItemInstance, {one.id: {"key_id": new.id} for one in pointing})
    reminder = remind_of_return(change, old, owner, return_due) if return_due is not None else None
    return Replaced(old.id, new.id, len(licences), instances, reminder)


def may_be_replaced(key: ProtectionKey) -> bool:
    """Whether another key can be put in a key's place: a client has it, or had it."""
    return key.state in _REPLACEABLE and key.owner_id is not None


def may_be_transferred(key: ProtectionKey) -> bool:
    """Whether a key can go to another client."""
    return key.state == "issued" and key.owner_id is not None


def _owner_of_replaceable(old: ProtectionKey) -> Client:
    owner: Client | None = old.owner
    if owner is None or not may_be_replaced(old):
        raise RuleBroken(
            "old",
            _("Key {number} is “{state}”: there is nothing to replace.").format(
                number=old.number, state=_(KEY_STATES.get(old.state, old.state))
            ),
            _("Pick a key that a client has, or had."),
        )
    return owner


def _check_replacement(old: ProtectionKey, new: ProtectionKey) -> None:
    in_stock = new.state == "in_stock"
    if new.id == old.id or not (in_stock or (new.state == "issued" and new.owner_id == old.owner_id)):
        raise RuleBroken(
            "new",
            _("Key {number} cannot take its place.").format(number=new.number),
            _("Pick another one that is in stock, or belongs to the same client."),
        )


@action(TRANSFER, EDIT_KEYS)
def transfer_key(
    change: Change, key_id: int, client_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> Transferred:
    """A key goes to another client, with the licences of its old owner on it; those of others stay whose they are."""
    change.actor.require(EDIT_LICENCES)
    key, client, plain = get(ProtectionKey, key_id), get(Client, client_id), handing_on(day, reason)
    before = key.owner_id
    if not may_be_transferred(key) or before is None or before == client.id:
        raise RuleBroken(
            "client",
            _("Key {number} cannot go from {owner} to {client}.").format(
                number=key.number, owner=key.owner.name if key.owner else "–", client=client.name
            ),
            _("Pick an issued key, and a client that it does not belong to."),
        )
    hand_over(change, key, "hand_over", client.id, "issued", _by_document(plain, document))
    licences = [one for one in living_on(key.id) if one.client_id == before]
    values = {one.id: _given_to(client.id, one, before) for one in licences}
    write_events(change, licences, "transfer", values, Cause(day, document, plain.note))
    return Transferred(key.id, len(licences))


def _given_to(client: int, licence: Licence, before: int) -> dict[str, Any]:
    """Whose a licence becomes; an end user other than the two stays."""
    end_user = None if licence.end_user_id in (before, client) else licence.end_user_id
    return {"client": client, "end_user": end_user}


def _by_document(handing: Handing, document_id: int | None) -> Handing:
    if document_id is None:
        return handing
    document = get(Document, document_id)
    return Handing(handing.day, RecordRef("document", document.id), name_of(document), handing.note)


def stood_on(entries: Sequence[AuditEntry]) -> str | None:
    """Why an exchange is not taken back: a licence or instance came onto a key since. None where nothing did."""
    keys = [entry.record_id for entry in entries if entry.kind == "key"]
    own = {(entry.kind, entry.record_id) for entry in entries}
    last = max(entry.seq for entry in entries)
    for table, kind in ((Licence, "licence"), (ItemInstance, "instance")):
        there = {row.id: row for row in table.select().where(among(table.key, keys)) if (kind, row.id) not in own}
        later = AuditEntry.select().where(
            AuditEntry.kind == kind, among(AuditEntry.record_id, list(there)), AuditEntry.seq > last
        )
        for entry in later.order_by(AuditEntry.seq):
            if entry.operation == audit.INSERT or "key_id" in old_values_of(entry):
                return _("{kind} {number} came onto the key since: move it away first.").format(
                    kind=_(KINDS[kind].title), number=there[entry.record_id].number
                )
    return None
