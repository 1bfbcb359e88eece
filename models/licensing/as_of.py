"""What keys and licences were on a past day: their present values with all later events and movements taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from models.clock import local
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.history import life_values, readable, taken_back
from models.licensing.tables import Licence, LicenceEvent
from models.lookup import among

_RECEIPT, _ISSUE, _LOAN = "receipt", "issue", "loan"


@dataclass(frozen=True, slots=True)
class KeyThen:
    """Whose a key was (none: our stock), and in what state."""

    owner: int | None
    state: str


def keys_as_of(ids: Collection[int], day: dt.date) -> dict[int, KeyThen]:
    """By id, the keys that were there at the end of a day. A key that came in by receipt later was not.

    Of keys whose history begins later otherwise, as of imported ones, the oldest that is known is told.
    """
    moved: dict[int, list[KeyMovement]] = {}
    movements = KeyMovement.select().where(among(KeyMovement.key, sorted(ids)))
    for movement in movements.order_by(KeyMovement.id):
        moved.setdefault(movement.key_id, []).append(movement)
    found: dict[int, KeyThen] = {}
    for key in ProtectionKey.select().where(among(ProtectionKey.id, sorted(ids))):
        then = _key_then(key, moved.get(key.id, []), day)
        if then is not None:
            found[key.id] = then
    return found


def _key_then(key: ProtectionKey, movements: Sequence[KeyMovement], day: dt.date) -> KeyThen | None:
    later = [one for one in movements if day_of(one) > day]
    if not later:
        return KeyThen(key.owner_id, key.state)
    earlier = [one for one in movements if day_of(one) <= day]
    if earlier:
        last = earlier[-1]
        return KeyThen(last.to_client_id, last.to_state or _usual_state(last.to_client_id, last.kind))
    first = later[0]
    if first.kind == _RECEIPT:
        return None
    if first.from_state:
        return KeyThen(first.from_client_id, first.from_state)
    return KeyThen(first.to_client_id, first.to_state or _usual_state(first.to_client_id, first.kind))


def day_of(movement: KeyMovement) -> dt.date:
    """When a key changed hands: old movements know only the moment at which they were written down."""
    day: dt.date = movement.day or local(movement.moment).date()
    return day


def _usual_state(owner: int | None, kind: str) -> str:
    if owner is None:
        return "in_stock"
    return "lent" if kind == _LOAN else "issued"


def licences_as_of(ids: Collection[int], day: dt.date) -> dict[int, dict[str, Any]]:
    """By id, the values (state, client, key, dates, seats) of the licences that were issued by the end of a day."""
    later: dict[int, list[LicenceEvent]] = {}
    events = LicenceEvent.select().where(among(LicenceEvent.licence, sorted(ids)) & (LicenceEvent.day > day))
    for event in events.order_by(LicenceEvent.id.desc()):
        later.setdefault(event.licence_id, []).append(event)
    found: dict[int, dict[str, Any]] = {}
    for licence in Licence.select().where(among(Licence.id, sorted(ids))):
        after = later.get(licence.id, [])
        if any(event.kind == _ISSUE for event in after):
            continue
        values = taken_back(life_values(licence), filter(readable, after))
        if values["issued"] is None or values["issued"] <= day:
            found[licence.id] = values
    return found
