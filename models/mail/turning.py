"""Messages that turn out to be ours: an address or a domain was added to our own after they came in."""

from __future__ import annotations

from functools import reduce
from operator import or_

from models.base import plain_rows, stored_rows
from models.company.permissions import FILE_MAIL
from models.company.tables import Setting
from models.conditions import contains
from models.events import RecordsWritten
from models.mail.own import OwnAddresses, own_addresses
from models.mail.tables import Message, MessageAddress
from models.mail.waiting import AT_ONCE, filed_of
from models.writing import Change, action

TURN = "turn_messages"


@action(TURN, FILE_MAIL)
def turn_messages(change: Change, own: OwnAddresses) -> int:
    """Turn messages of ours that stand as incoming, and file those that wait by whom they went to.

    At most ``AT_ONCE`` in one change; returns how many, 0 when there are none left.
    """
    return _turn(change, own)


def _turn(change: Change, own: OwnAddresses) -> int:
    ids = _standing_as_incoming(own)
    recipients: dict[int, list[str]] = {message_id: [] for message_id in ids}
    for message_id, role, address in stored_rows(MessageAddress, ["message_id", "role", "address"], "message_id", ids):
        if role in ("to", "cc"):
            recipients[message_id].append(address)
    rows = stored_rows(Message, ["id", "sender_address", "filed_by"], "id", ids)
    directions = {message_id: own.direction(sender, recipients[message_id]) for message_id, sender, _by in rows}
    change.update_columns(Message, {message_id: {"direction": found} for message_id, found in directions.items()})
    waiting = [message_id for message_id, _sender, by in rows if not by]
    change.update_columns(Message, filed_of(waiting))
    return len(ids)


def _standing_as_incoming(own: OwnAddresses) -> list[int]:
    conditions = [contains(Message.sender_address, f"@{domain}") for domain in sorted(own.domains)]
    conditions += [contains(Message.sender_address, f".{domain}") for domain in sorted(own.domains)]
    if own.addresses:
        conditions.append(Message.sender_address.in_(sorted(own.addresses)))
    if not conditions:
        return []
    query = Message.select(Message.id, Message.sender_address).where(Message.direction == "in", reduce(or_, conditions))
    return [message_id for message_id, sender in plain_rows(query) if sender in own][:AT_ONCE]


def follow_own_addresses(change: Change, event: RecordsWritten) -> None:
    """Turn the first of them when our addresses are changed in the settings; the next import turns the rest."""
    written = event.rows.get("setting", {})
    if written and ("own_addresses",) in stored_rows(Setting, ["name"], "id", list(written)):
        _turn(change, own_addresses())
