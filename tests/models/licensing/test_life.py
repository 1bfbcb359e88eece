"""The life of a licence: each step from the states that it follows from, kept as an event, as its product allows."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from models.clients.actions import client_group_named
from models.errors import NotAllowed, RuleBroken
from models.keys.lending import mark_key
from models.licensing import life
from models.licensing.actions import add_licence, edit_licence
from models.licensing.history import life_values, taken_back
from models.licensing.tables import LicenceEvent
from models.licensing.transitions import LIFE_STEPS, possible_events
from models.licensing.vocabulary import EVENT_KINDS, LICENCE_STATES
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.licensing.worlds import (
    DAY,
    ISSUED,
    NOW,
    an_issued_key,
    events,
    key,
    licence,
    licences_on_a_key,
    movements,
    on_a_key,
)
from tests.models.worlds import a_client, a_key, a_licence, a_product

Step = Callable[[Actor, int], object]
STEPS: dict[str, Step] = {
    "activate": lambda by, one: life.activate_licence(by, one, DAY),
    "renew": lambda by, one: life.renew_licence(by, one, DAY, expires=12),
    "suspend": lambda by, one: life.suspend_licence(by, one, DAY),
    "reinstate": lambda by, one: life.reinstate_licence(by, one, DAY),
    "revoke": lambda by, one: life.revoke_licence(by, one, DAY, "not paid"),
    "return": lambda by, one: life.return_licence(by, one, DAY),
    "seats": lambda by, one: life.set_seats(by, one, 25, DAY),
    "transfer": lambda by, one: life.transfer_licence(by, one, a_client(by, "Лютик"), DAY),
    "move": lambda by, one: life.move_licence(by, one, a_key(by), NOW.date()),
}


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _a_licence(by: Actor, **values: Any) -> int:
    product = a_product(by, term_months=12, returnable=True)
    return a_licence(by, "7-1", a_client(by), product, **values)


@pytest.mark.parametrize("state", LICENCE_STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_from_its_states_and_from_no_other(director: Actor, step: str, state: str) -> None:
    one = _a_licence(director, state=state)
    possible = state in LIFE_STEPS[step].before
    assert (step in [found.event for found in possible_events(licence(one))]) == possible
    if possible:
        STEPS[step](director, one)
        assert events(one) == [step]
        assert licence(one).state == (LIFE_STEPS[step].after or state)
        return
    with pytest.raises(RuleBroken, match="7-1"):
        STEPS[step](director, one)
    assert events(one) == []


def test_every_kind_of_event_but_a_correction_is_a_step() -> None:
    assert LIFE_STEPS.keys() | {"correct"} == EVENT_KINDS.keys()


def test_a_term_from_activation_begins_with_it_and_a_licence_is_activated_once(director: Actor) -> None:
    product = a_product(director, term_months=12, term_from="activation")
    one = a_licence(director, "7-1", a_client(director), product)
    life.activate_licence(director, one, DAY)
    assert (licence(one).activated, licence(one).expires) == (DAY, dt.date(2027, 11, 1))
    assert "activate" not in [step.event for step in possible_events(licence(one))]
    with pytest.raises(RuleBroken, match="2026-11-02"):
        life.activate_licence(director, one, DAY)


@pytest.mark.parametrize(
    ("given", "expires", "maintenance"),
    [
        ({}, "2028-09-30", "2027-09-30"),
        ({"expires": 3}, "2027-12-31", "2026-09-30"),
        ({"maintenance": 6}, "2027-09-30", "2027-05-01"),
        ({"expires": dt.date(2027, 10, 15), "maintenance": dt.date(2026, 12, 31)}, "2027-10-15", "2026-12-31"),
    ],
)
def test_a_renewal_counts_from_the_old_end_where_that_is_not_past(
    director: Actor, given: dict[str, Any], expires: str, maintenance: str
) -> None:
    product = a_product(director, term_months=12, maintenance_months=12)
    one = a_licence(
        director, "7-1", a_client(director), product, issued=dt.date(2025, 10, 1),
        expires=dt.date(2027, 9, 30), maintenance_until=dt.date(2026, 9, 30),
    )  # fmt: skip
    day = DAY if given else dt.date(2026, 9, 30)
    renewed = life.renew_licence(director, one, day, **given)
    assert (str(renewed.expires), str(renewed.maintenance_until)) == (expires, maintenance)


def test_a_renewal_never_shortens_and_needs_a_term(director: Actor) -> None:
    one = _a_licence(director)
    with pytest.raises(RuleBroken, match="2027-09-30"):
        life.renew_licence(director, one, DAY, expires=dt.date(2027, 9, 30))
    perpetual = a_licence(director, "7-2", a_client(director, "B"), a_product(director, "P"))
    asked: list[dict[str, Any]] = [{}, {"expires": 12}]
    for given in asked:
        with pytest.raises(RuleBroken) as broken:
            life.renew_licence(director, perpetual, DAY, **given)
        assert broken.value.field == "expires"


def test_a_revocation_says_why_and_a_return_is_as_the_product_allows(director: Actor) -> None:
    one = a_licence(director, "7-1", a_client(director), a_product(director))
    with pytest.raises(RuleBroken) as broken:
        life.revoke_licence(director, one, DAY, " ")
    assert broken.value.field == "reason"
    with pytest.raises(RuleBroken, match="cannot be returned"):
        life.return_licence(director, one, DAY)


def test_a_day_that_has_not_come_or_is_before_the_last_event_is_refused(director: Actor) -> None:
    one = _a_licence(director)
    life.suspend_licence(director, one, DAY)
    for day in (dt.date(2026, 11, 26), dt.date(2026, 11, 1), dt.date(2026, 9, 30)):
        with pytest.raises(RuleBroken) as broken:
            life.reinstate_licence(director, one, day)
        assert broken.value.field == "day"


def test_what_an_edit_changes_of_the_life_is_kept_as_a_correction(director: Actor) -> None:
    one = _a_licence(director)
    before = life_values(licence(one))
    assert edit_licence(director, one, 1, {"seats": 5, "kind": "renewal", "note": "by hand"})
    assert events(one) == ["correct"]
    assert (licence(one).kind, licence(one).seats, licence(one).version) == ("renewal", 5, 2)
    assert taken_back(life_values(licence(one)), LicenceEvent.select()) == before
    assert edit_licence(director, one, 2, {"note": "again"})
    assert not edit_licence(director, one, 3, {"seats": 5})
    assert events(one) == ["correct"]


def test_of_a_licence_that_has_ended_only_its_state_is_corrected(director: Actor) -> None:
    one = _a_licence(director, state="revoked")
    with pytest.raises(RuleBroken, match="no longer changes"):
        edit_licence(director, one, 1, {"seats": 5})
    assert edit_licence(director, one, 1, {"state": "issued", "seats": 5})


def test_a_licence_of_a_product_on_keys_is_not_active_without_one(director: Actor) -> None:
    _client, key_id, (one, *_more) = licences_on_a_key(director)
    attempts: list[Callable[[], object]] = [
        lambda: life.move_licence(director, one, None, DAY),
        lambda: edit_licence(director, one, 1, {"key": None}),
        lambda: add_licence(
            director, {"number": "9", "client": licence(one).client_id, "product": licence(one).product_id}
        ),
    ]
    for attempt in attempts:
        with pytest.raises(RuleBroken) as broken:
            attempt()
        assert broken.value.field == "key"
    life.suspend_licence(director, one, DAY)
    life.move_licence(director, one, None, DAY)
    with pytest.raises(RuleBroken):
        life.reinstate_licence(director, one, DAY)
    life.move_licence(director, one, key_id, DAY)
    assert life.reinstate_licence(director, one, DAY)


def test_a_key_that_was_lacking_before_does_not_stand_in_the_way_of_an_edit(director: Actor) -> None:
    product = on_a_key(director)
    one = a_licence(director, "7-1", a_client(director), product, state="suspended")
    licence(one).update(state="issued").execute()
    assert edit_licence(director, one, 1, {"seats": 3})


def test_a_licence_moves_to_a_key_from_stock_which_becomes_the_clients(director: Actor) -> None:
    client, _key, (one, *_more) = licences_on_a_key(director)
    spare = a_key(director, "BBBB")
    life.move_licence(director, one, spare, NOW.date(), "the old one is full")
    assert (licence(one).key_id, key(spare).owner_id, key(spare).state) == (spare, client, "issued")
    assert movements(spare)[-1] == ("hand_over", None, client, "in_stock", "issued")


def test_somebody_elses_key_takes_a_reason_but_not_within_a_group(director: Actor) -> None:
    group = client_group_named(director, "Холдинг")
    client, product = a_client(director, "A", group=group), a_product(director)
    one = a_licence(director, "7-1", client, product)
    sister = an_issued_key(director, a_client(director, "B", group=group), "BBBB")
    strangers = an_issued_key(director, a_client(director, "C"), "CCCC")
    lost = a_key(director, "DDDD", state="lost")
    assert life.move_licence(director, one, sister, DAY)
    with pytest.raises(RuleBroken, match="belongs to C") as broken:
        life.move_licence(director, one, strangers, DAY)
    assert broken.value.field == "reason"
    assert life.move_licence(director, one, strangers, DAY, "they share an office")
    with pytest.raises(RuleBroken, match="lost"):
        life.move_licence(director, one, lost, DAY, "whatever")


def test_a_transfer_keeps_whose_it_was(director: Actor) -> None:
    client, key_id, (one, *_more) = licences_on_a_key(director)
    buyer, user = a_client(director, "Лютик"), a_client(director, "Василёк")
    life.transfer_licence(director, one, buyer, DAY, "sold", end_user=user)
    row = licence(one)
    assert (row.client_id, row.end_user_id, row.key_id, key(key_id).owner_id) == (buyer, user, key_id, client)
    event = LicenceEvent.get()
    assert (event.kind, event.from_client_id, event.to_client_id, event.reason) == ("transfer", client, buyer, "sold")
    with pytest.raises(RuleBroken, match="already"):
        life.transfer_licence(director, one, buyer, DAY, end_user=user)


def test_a_step_is_taken_back_by_one_command(director: Actor) -> None:
    one = _a_licence(director)
    life.suspend_licence(director, one, ISSUED)
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert (licence(one).state, events(one)) == ("issued", [])


def test_a_step_is_not_taken_back_when_the_key_came_back_since(director: Actor) -> None:
    _client, key_id, licences = licences_on_a_key(director, 1)
    life.revoke_licence(director, licences[0], DAY, "not paid")
    revoked = last_change(director)
    assert revoked is not None
    mark_key(director, key_id, "returned", NOW.date())
    back = last_change(director)
    assert back is not None
    with pytest.raises(RuleBroken, match="0A1F-4433"):
        undo(director, revoked)
    undo(director, back)
    undo(director, revoked)
    assert licence(licences[0]).state == "issued"


def test_the_life_of_licences_takes_its_right(director: Actor) -> None:
    one = _a_licence(director)
    with pytest.raises(NotAllowed):
        life.suspend_licence(Actor("boris", "Boris", None, frozenset({"read"}), "test"), one, DAY)
