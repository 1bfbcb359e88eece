"""Keys that are lent and come back, get lost, break and are found: each step a movement, from the states it follows."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from models.errors import RuleBroken
from models.keys.lending import KEY_STEPS, lend_key, mark_key, possible_steps, take_key_back
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES, OURS
from models.reminders.actions import edit_reminder
from models.reminders.tables import Reminder
from models.undo import last_change, undo
from models.writing import Actor, get
from tests.models.worlds import a_client, a_key, a_licence, a_product, a_reminder

DAY = dt.date(2026, 11, 25)
DUE = dt.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=True):
        yield


def _last_movement(key: int) -> tuple[str, int | None, int | None, str, str]:
    row = KeyMovement.select().where(KeyMovement.key == key).order_by(KeyMovement.id.desc()).get()
    return row.kind, row.from_client_id, row.to_client_id, row.from_state, row.to_state


def test_a_lent_key_is_reminded_of_until_it_is_back(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    reminder = get(Reminder, lend_key(director, key, client, DUE, DAY, "for a trial"))
    assert (reminder.about_kind, reminder.about_id, reminder.due.date(), reminder.state) == ("key", key, DUE, "open")
    assert (get(ProtectionKey, key).owner_id, get(ProtectionKey, key).return_due) == (client, DUE)
    assert _last_movement(key) == ("loan", None, client, "in_stock", "lent")
    other = a_reminder(director, reminder.due + dt.timedelta(days=1), about_kind="key", about_id=key)
    edit_reminder(director, reminder.id, 1, {"due": reminder.due + dt.timedelta(days=3)})
    assert take_key_back(director, key, DAY)
    assert _last_movement(key) == ("return", client, None, "lent", "in_stock")
    assert (get(Reminder, reminder.id).state, get(Reminder, other).state) == ("done", "open")
    assert get(ProtectionKey, key).return_due is None


def test_a_lent_key_may_come_back_broken_and_be_repaired(director: Actor) -> None:
    key = a_key(director)
    lend_key(director, key, a_client(director), DUE, DAY)
    take_key_back(director, key, DAY, "broken")
    assert (get(ProtectionKey, key).state, get(ProtectionKey, key).owner_id) == ("broken", None)
    mark_key(director, key, "in_stock", DAY)
    assert get(ProtectionKey, key).state == "in_stock"


def test_a_key_does_not_come_back_before_it_is_lent_nor_is_lent_in_the_future(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    for due, day in ((DAY - dt.timedelta(days=1), DAY), (DUE, DAY + dt.timedelta(days=1))):
        with pytest.raises(RuleBroken):
            lend_key(director, key, client, due, day)


def test_a_key_with_licences_that_are_in_use_does_not_come_back(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    lend_key(director, key, client, DUE, DAY)
    a_licence(director, "7-1", client, a_product(director), key=key)
    with pytest.raises(RuleBroken, match="7-1"):
        take_key_back(director, key, DAY)


@pytest.mark.parametrize("state", KEY_STATES)
@pytest.mark.parametrize("step", KEY_STEPS)
def test_a_step_is_taken_from_its_states_and_from_no_other(director: Actor, step: str, state: str) -> None:
    client = a_client(director)
    key = a_key(director, state=state, owner=None if state in OURS else client)
    described = KEY_STEPS[step]
    possible = state in described.before
    assert (described in possible_steps(get(ProtectionKey, key))) == possible

    def take() -> object:
        if step == "lend":
            return lend_key(director, key, client, DUE, DAY)
        return take_key_back(director, key, DAY) if step == "take_back" else mark_key(director, key, step, DAY)

    if possible:
        take()
        assert _last_movement(key)[3:] == (state, described.after[0])
        return
    with pytest.raises(RuleBroken, match="not possible"):
        take()


def test_what_is_lost_in_our_stock_is_not_found_at_a_clients(director: Actor) -> None:
    key = a_key(director, state="lost")
    assert [step.name for step in possible_steps(get(ProtectionKey, key))] == ["in_stock"]
    with pytest.raises(RuleBroken, match="not possible"):
        mark_key(director, key, "issued", DAY)


@pytest.mark.parametrize("state", ["lend", "take_back", "reserved", "replaced", "nonsense"])
def test_what_has_a_step_of_its_own_is_not_marked(director: Actor, state: str) -> None:
    with pytest.raises(RuleBroken):
        mark_key(director, a_key(director), state, DAY)


def test_a_loan_is_taken_back_with_its_reminder(director: Actor) -> None:
    key = a_key(director)
    lend_key(director, key, a_client(director), DUE, DAY)
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert (get(ProtectionKey, key).state, Reminder.select().count()) == ("in_stock", 0)
