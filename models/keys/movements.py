"""The movements of protection keys: an unbroken chain from owner to owner and state to state, each with its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.errors import RuleBroken
from models.keys.tables import KeyMovement, ProtectionKey
from models.kinds import RecordRef
from models.language import _
from models.writing import Change


@dataclass(frozen=True, slots=True)
class Handing:
    """When and by what a key changes hands: ``about`` is the document, ``document`` what it is called."""

    day: dt.date
    about: RecordRef | None = None
    document: str = ""
    note: str = ""


def hand_over(
    change: Change, key: ProtectionKey, kind: str, owner: int | None, state: str, handing: Handing, **more: Any
) -> bool:
    """Give a key another owner or state and keep the movement; ``more`` are other fields. Whether it changed.

    Raises ``RuleBroken`` for a day before the key's last movement.
    """
    owner_before, state_before = key.owner_id, key.state
    written = change.update(key, {"owner": owner, "state": state, **more})
    if (owner_before, state_before) == (owner, state):
        return written
    keep_movement(change, key, kind, owner_before, state_before, handing)
    return True


def keep_movement(
    change: Change, key: ProtectionKey, kind: str, owner_before: int | None, state_before: str, handing: Handing
) -> None:
    """Keep that a key came from an owner and state to those that it has now."""
    _refuse_earlier_day(key, handing.day)
    about = handing.about
    change.insert(
        KeyMovement(
            key=key.id,
            moment=change.started,
            day=handing.day,
            kind=kind,
            from_client=owner_before,
            to_client=key.owner_id,
            from_state=_at_rest(state_before),
            to_state=_at_rest(key.state),
            about_kind=about.kind if about else "",
            about_id=about.id if about else None,
            document=handing.document,
            operator=change.actor.login,
            note=handing.note,
        )
    )


def _at_rest(state: str) -> str:
    """What is reserved for a draft is still in stock: nobody has handed it over."""
    return "in_stock" if state == "reserved" else state


def kind_of_movement(key: ProtectionKey, owner_before: int | None) -> str:
    """What a change of a key that was edited by hand is called."""
    if key.owner_id == owner_before:
        return "write_off" if key.state in ("broken", "lost") else "state"
    if key.owner_id is None:
        return "return"
    return "loan" if key.state == "lent" else "hand_over"


def last_day(key: ProtectionKey) -> dt.date | None:
    """The day of a key's last movement; none where it has none, or only such as name no day."""
    days = KeyMovement.select(KeyMovement.day).where((KeyMovement.key == key.id) & KeyMovement.day.is_null(False))
    found: dt.date | None = days.order_by(KeyMovement.day.desc()).limit(1).scalar()
    return found


def _refuse_earlier_day(key: ProtectionKey, day: dt.date) -> None:
    found = last_day(key)
    if found is not None and found > day:
        raise RuleBroken(
            "day",
            _("Key {number} changed hands on {later}, which is after {day}.").format(
                number=key.number, later=found, day=day
            ),
            _("Give a day that is not before it."),
        )
