"""Messages whose direction turns: an address or a domain was added to our own after they came in, or taken away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from models.audit import AuditEntry
from models.base import plain_rows, stored_rows
from models.company.permissions import FILE_MAIL
from models.company.tables import Setting
from models.conditions import Condition, contains
from models.events import RecordsWritten
from models.kinds import kind_of
from models.mail.own import OwnAddresses, own_addresses
from models.mail.tables import Message, MessageAddress
from models.mail.waiting import AT_ONCE, filed_of
from models.writing import Change, action, old_values_of

TURN = "turn_messages"
_SETTING = "own_addresses"
_BY_ADDRESSES = ("address", "learned", "domain")
_UNFILED = {"client_id": None, "person_id": None, "filed_by": ""}


@action(TURN, FILE_MAIL)
def turn_messages(change: Change, own: OwnAddresses) -> int:
    """Turn messages of ours that stand as incoming, and those back whose sender was ours and no longer is.

    What was filed by addresses, or waits, is filed by whom it is from or went to now. At most ``AT_ONCE`` in one
    change; returns how many, 0 when there are none left.
    """
    return _turn(change, own, _formerly_own())


def _turn(change: Change, own: OwnAddresses, former: OwnAddresses) -> int:
    ids = [*_standing_as_incoming(own), *_standing_as_ours(own, former)][:AT_ONCE]
    recipients: dict[int, list[str]] = {message_id: [] for message_id in ids}
    for message_id, role, address in stored_rows(MessageAddress, ["message_id", "role", "address"], "message_id", ids):
        if role in ("to", "cc"):
            recipients[message_id].append(address)
    rows = stored_rows(Message, ["id", "sender_address", "filed_by"], "id", ids)
    directions = {message_id: own.direction(sender, recipients[message_id]) for message_id, sender, _by in rows}
    change.update_columns(Message, {message_id: {"direction": found} for message_id, found in directions.items()})
    anew: dict[int, dict[str, Any]] = {message_id: _UNFILED for message_id, _sender, by in rows if by in _BY_ADDRESSES}
    anew |= filed_of([message_id for message_id, _sender, by in rows if not by or by in _BY_ADDRESSES])
    change.update_columns(Message, anew)
    return len(ids)


def _at(column: Any, addresses: OwnAddresses) -> Condition | None:
    """The condition on a column of addresses that it may be one of these; None where there are none."""
    conditions = [contains(column, f"{mark}{domain}") for domain in sorted(addresses.domains) for mark in "@."]
    if addresses.addresses:
        conditions.append(column.in_(sorted(addresses.addresses)))
    return reduce(or_, conditions) if conditions else None


def _standing_as_incoming(own: OwnAddresses) -> list[int]:
    ours = _at(Message.sender_address, own)
    if ours is None:
        return []
    query = Message.select(Message.id, Message.sender_address).where(Message.direction == "in", ours)
    return [message_id for message_id, sender in plain_rows(query) if sender in own]


def _standing_as_ours(own: OwnAddresses, former: OwnAddresses) -> list[int]:
    """Messages from those who were ours; and those between ourselves to somebody who was."""
    sent, got = _at(Message.sender_address, former), _at(MessageAddress.address, former)
    if sent is None or got is None:
        return []
    from_them = Message.select(Message.id, Message.sender_address).where(Message.direction != "in", sent)
    to_them = (
        MessageAddress.select(MessageAddress.message, MessageAddress.address)
        .join(Message)
        .where(Message.direction == "internal", MessageAddress.role.in_(("to", "cc")), got)
    )
    found = [*plain_rows(from_them), *plain_rows(to_them)]
    return list(dict.fromkeys(i for i, address in found if address in former and address not in own))


def _formerly_own(more: Iterable[str] = ()) -> OwnAddresses:
    """All that ever stood in the setting, as the audit trail has it."""
    numbers = Setting.select(Setting.id).where(Setting.name == _SETTING)
    of_setting = (AuditEntry.kind == kind_of(Setting)) & AuditEntry.record_id.in_(numbers)
    changes = AuditEntry.select().where(of_setting, AuditEntry.old_values.is_null(False))
    return OwnAddresses.of([*more, *(str(old_values_of(entry).get("value") or "") for entry in changes)])


def follow_own_addresses(change: Change, event: RecordsWritten) -> None:
    """Turn the first of them when our addresses are changed in the settings; the next import turns the rest."""
    for setting_id in event.rows.get("setting", {}):
        if (_SETTING,) in stored_rows(Setting, ["name"], "id", [setting_id]):
            before = str(change.before("setting", setting_id).get("value") or "")
            _turn(change, own_addresses(), _formerly_own([before]))
