"""Lending keys and taking them back, and what else may become of a key: lost, broken, returned, found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.base import tuples
from models.clients.tables import Client
from models.clock import stored, today
from models.company.permissions import EDIT_KEYS
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.keys.events import KeyComesBack
from models.keys.movements import Handing, hand_over
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES, OURS
from models.language import NP_, _
from models.reminders.actions import add_reminder, reminder_done
from models.reminders.tables import Reminder
from models.text import clean
from models.writing import Change, action, get


@dataclass(frozen=True, slots=True)
class KeyStep:
    """A step of a key: the states that it is taken from, the states that it may lead to, and what it is kept as."""

    name: str
    title: str
    before: frozenset[str]
    after: tuple[str, ...]
    movement: str
    ours: bool = False
    """The key is ours afterwards; else it stays whose it is."""
    owned: bool = False
    """Only of a key that somebody owns."""


KEY_STEPS: dict[str, KeyStep] = {
    step.name: step
    for step in (
        KeyStep("lend", NP_("action", "Lend"), frozenset({"in_stock"}), ("lent",), "loan"),
        KeyStep(
            "take_back", NP_("action", "Take back"), frozenset({"lent"}), ("in_stock", "broken"), "return", ours=True
        ),
        KeyStep(
            "returned", NP_("action", "Returned"), frozenset({"issued", "lost", "broken", "replaced"}), ("returned",),
            "return", ours=True, owned=True,
        ),
        KeyStep(
            "in_stock", NP_("action", "Put into stock"), frozenset({"returned", "lost", "broken"}), ("in_stock",),
            "return", ours=True,
        ),
        KeyStep(
            "lost", NP_("action", "Lost"), frozenset({"in_stock", "issued", "lent", "returned", "broken"}), ("lost",),
            "write_off",
        ),
        KeyStep(
            "broken", NP_("action", "Broken"), frozenset({"in_stock", "issued", "lent", "returned"}), ("broken",),
            "write_off",
        ),
        KeyStep(
            "issued", NP_("action", "Found or repaired"), frozenset({"lost", "broken"}), ("issued",), "state",
            owned=True,
        ),
    )
}  # fmt: skip
"""By name; those but the first two are marked by the state that they lead to."""


def possible_steps(key: ProtectionKey) -> list[KeyStep]:
    """The steps that may be taken with a key as it is: the same rules as the actions', to grey keys."""
    return [step for step in KEY_STEPS.values() if _why_not(step, key) is None]


def _why_not(step: KeyStep, key: ProtectionKey) -> RuleBroken | None:
    if key.state in step.before and (key.owner_id is not None or not step.owned):
        return None
    return RuleBroken(
        "state",
        _("Key {number} is “{state}”: “{action}” is not possible.").format(
            number=key.number, state=_(KEY_STATES.get(key.state, key.state)), action=_(step.title)
        ),
    )


@action("lend_key", EDIT_KEYS)
def lend_key(
    change: Change, key_id: int, client_id: int, return_due: dt.date, day: dt.date, note: str = ""
) -> int:  # fmt: skip
    """Lend a key from our stock to a client, to be back by a day; returns the id of the reminder of that."""
    key, client = get(ProtectionKey, key_id), get(Client, client_id)
    _require(KEY_STEPS["lend"], key)
    if return_due < day:
        raise RuleBroken(
            "return_due", _("It would be back before it was lent."), _("Give the day by which it has to be back.")
        )
    hand_over(change, key, "loan", client.id, "lent", handing_on(day, note), return_due=return_due)
    return remind_of_return(change, key, client, return_due)


@action("take_key_back", EDIT_KEYS)
def take_key_back(change: Change, key_id: int, day: dt.date, state: str = "in_stock", note: str = "") -> bool:
    """A lent key is back, whole or broken; its reminder is done. Refused while licences of the client are on it."""
    return _take(change, KEY_STEPS["take_back"], get(ProtectionKey, key_id), state, handing_on(day, note))


@action("mark_key", EDIT_KEYS)
def mark_key(change: Change, key_id: int, state: str, day: dt.date, note: str = "") -> bool:
    """A key was lost, broke, was returned, came into our stock again, or (``issued``) was found at its owner's."""
    step = KEY_STEPS.get(state)
    if step is None or step.name not in step.after:
        raise RuleBroken("state", _("“{value}” is not possible here.").format(value=clean(state)))
    return _take(change, step, get(ProtectionKey, key_id), state, handing_on(day, note))


def _take(change: Change, step: KeyStep, key: ProtectionKey, state: str, handing: Handing) -> bool:
    _require(step, key)
    if state not in step.after:
        raise RuleBroken("state", _("“{value}” is not possible here.").format(value=clean(state)))
    if step.ours:
        change.emit(KeyComesBack(key.id))
    # A key that broke and is back is nobody's any more, and not in stock either.
    owner = None if step.ours or state in OURS else key.owner_id
    more: dict[str, Any] = {}
    if owner is None or state == "lost":
        done_with_return(change, key)
        more["return_due"] = None
    return hand_over(change, key, step.movement, owner, state, handing, **more)


def _require(step: KeyStep, key: ProtectionKey) -> None:
    refused = _why_not(step, key)
    if refused is not None:
        raise refused


def handing_on(day: dt.date, note: str) -> Handing:
    """When and why a key changes hands; raises ``RuleBroken`` for a day that has not come."""
    if day > today():
        raise RuleBroken("day", _("{day} has not come yet.").format(day=day), _("Give today, or the day it happened."))
    return Handing(day, note=clean(note)[:LONGEST_LINE])


def remind_of_return(change: Change, key: ProtectionKey, client: Client, due: dt.date) -> int:
    """Set the reminder, on the morning of a day, that a key has to come back from a client. Its id."""
    text = _("Key {number} is to come back from {client}").format(number=key.number, client=client.name)
    values = {"due": _morning_of(due), "text": text[:LONGEST_LINE], "operator": change.actor.operator_id}
    return add_reminder(change, {**values, "about_kind": "key", "about_id": key.id})


def _morning_of(day: dt.date) -> dt.datetime:
    return stored(dt.datetime.combine(day, dt.time(9)))


def done_with_return(change: Change, key: ProtectionKey) -> None:
    """The open reminders that were set when the key went out, or for the day when it was due, are done."""
    # They were written at the same moment as the movement; the operator may have put off either.
    of_return = Reminder.created.in_(KeyMovement.select(KeyMovement.moment).where(KeyMovement.key == key.id))
    if key.return_due is not None:
        of_return |= Reminder.due == _morning_of(key.return_due)
    about = (Reminder.about_kind == "key") & (Reminder.about_id == key.id) & (Reminder.state == "open")
    for (reminder,) in list(tuples(Reminder.select(Reminder.id).where(about, of_return))):
        reminder_done(change, reminder)
