"""What ``check`` asks of licences and keys: whether what they are is what their events and movements tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import Case, Select, fn

from models.audit import Problem
from models.base import tuples
from models.keys.tables import KeyMovement, ProtectionKey
from models.language import _
from models.licensing.history import life_values, values_after, values_before
from models.licensing.tables import Licence, LicenceEvent, VendorCode
from models.lookup import among

_AT_MOST = 10
_AT_ONCE = 1000


def lives() -> Iterator[Problem]:
    """A licence with events is what they made of it, and each of them found what the one before had left."""
    found = 0
    with_events = LicenceEvent.select(LicenceEvent.licence).distinct().order_by(LicenceEvent.licence)
    ids = [licence for (licence,) in tuples(with_events)]
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        events: dict[int, list[LicenceEvent]] = {}
        query = LicenceEvent.select().where(among(LicenceEvent.licence, some))
        for event in query.order_by(LicenceEvent.id.desc()):
            events.setdefault(event.licence_id, []).append(event)
        for licence in Licence.select().where(among(Licence.id, some)).order_by(Licence.id):
            if not _told(licence, events[licence.id]):
                message = _("Licence {number} is not what its events tell.").format(number=licence.number)
                yield Problem("life", f"licence #{licence.id}", message)
                found += 1
                if found == _AT_MOST:
                    return


def _told(licence: Licence, events: list[LicenceEvent]) -> bool:
    """Whether events, the latest first, each left what the next one found, and the last one what there is."""
    running = life_values(licence)
    try:
        for event in events:
            if any(running[name] != value for name, value in values_after(event).items()):
                return False
            running |= values_before(event)
    except (ValueError, KeyError, TypeError, AttributeError):
        # What something else than the program wrote there may be no values at all.
        return False
    return True


def movements() -> Iterator[Problem]:
    """Each movement of a key takes it from where the one before left it, as far as both say so."""
    m = KeyMovement
    window: dict[str, Any] = {"partition_by": [m.key], "order_by": [m.id]}
    before = m.select(
        m.id, m.key, m.from_client, m.from_state,
        fn.LAG(m.id).over(**window).alias("earlier"),
        fn.LAG(m.to_client).over(**window).alias("left_with"),
        fn.LAG(m.to_state).over(**window).alias("left_as"),
    ).alias("walked")  # fmt: skip
    c = before.c
    elsewhere = _differs(c.from_client_id, c.left_with) | ((c.left_as != "") & (c.left_as != c.from_state))
    broken = c.earlier.is_null(False) & (c.from_state != "") & elsewhere
    query = Select([before], [c.key_id]).where(broken).order_by(c.id).limit(_AT_MOST).bind(m._meta.database)
    for (key,) in tuples(query):
        message = _("A movement of key {number} does not begin where the one before it ended.")
        yield _of_key("movement", key, message)


def owners() -> Iterator[Problem]:
    """A key is with whom, and in what state, its last movement left it."""
    last = KeyMovement.select(fn.MAX(KeyMovement.id)).group_by(KeyMovement.key)
    left_as, state = _unreserved(KeyMovement.to_state), _unreserved(ProtectionKey.state)
    unlike = _differs(ProtectionKey.owner, KeyMovement.to_client) | ((left_as != "") & (left_as != state))
    query = (
        ProtectionKey.select(ProtectionKey.id)
        .join(KeyMovement, on=(KeyMovement.key == ProtectionKey.id))
        .where(KeyMovement.id.in_(last), unlike)
    )
    for (key,) in tuples(query.order_by(ProtectionKey.id).limit(_AT_MOST)):
        yield _of_key("owner", key, _("Key {number} is not where its last movement left it."))


def _unreserved(state: Any) -> Any:
    """A state of a key; what is reserved for a draft has not moved yet, and another program may have exported it so."""
    return Case(None, [(state == "reserved", "in_stock")], state)


def _differs(one: Any, other: Any) -> Any:
    """The condition that two ids differ, where none is a value like others."""
    return fn.COALESCE(one, 0) != fn.COALESCE(other, 0)


def _of_key(code: str, key: int, message: str) -> Problem:
    number = ProtectionKey.select(ProtectionKey.number).where(ProtectionKey.id == key).scalar()
    return Problem(code, f"key #{key}", message.format(number=number))


def codes() -> Iterator[Problem]:
    """A code is for a licence if, and only if, it was taken from its pool."""
    v = VendorCode
    wrong = ((v.state == "taken") & v.licence.is_null()) | ((v.state != "taken") & v.licence.is_null(False))
    for code_id, code in tuples(v.select(v.id, v.code).where(wrong).order_by(v.id).limit(_AT_MOST)):
        message = _("Code {code} is taken without a licence, or has one without being taken.").format(code=code)
        yield Problem("code", f"vendor_code #{code_id}", message)
