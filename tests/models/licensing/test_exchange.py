"""A key in the place of another, and a key that goes to another client: with all on it, undone by one command."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from models.base import stored_values
from models.errors import RuleBroken
from models.keys.lending import mark_key
from models.kinds import KINDS
from models.licensing.exchange import replace_key, transfer_key
from models.licensing.life import suspend_licence
from models.licensing.tables import ItemInstance, LicenceEvent
from models.reminders.tables import Reminder
from models.undo import last_change, undo
from models.writing import Actor, get
from tests.models.licensing.worlds import NOW, events, key, licence, licences_on_a_key, movements
from tests.models.worlds import a_client, a_key, a_licence

DAY = NOW.date()
DUE = dt.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _all_rows() -> dict[str, list[Any]]:
    """Every row of every kind, as it is stored."""
    return {
        name: [(row.id, stored_values(row)) for row in kind.table.select().order_by(kind.table.id)]
        for name, kind in KINDS.items()
    }


def _last(by: Actor) -> int:
    change = last_change(by)
    assert change is not None
    return change


def _replaced(by: Actor, count: int = 40) -> tuple[int, int, int, list[int]]:
    client, old, licences = licences_on_a_key(by, count)
    ItemInstance.update(key=old).execute()
    new = a_key(by, "BBBB")
    replace_key(by, old, new, "broken", DAY, "does not blink", DUE)
    return client, old, new, licences


def test_forty_licences_move_to_the_new_key_in_one_step(director: Actor) -> None:
    client, old, licences = licences_on_a_key(director, 40)
    ended = a_licence(director, "8", client, licence(licences[0]).product_id, key=old, state="revoked")
    of_another = a_licence(director, "9", a_client(director, "B"), licence(licences[0]).product_id, key=old)
    ItemInstance.update(key=old).execute()
    new = a_key(director, "BBBB")
    done = replace_key(director, old, new, "lost", DAY, "left in a taxi")
    assert (done.licences, done.instances, done.reminder) == (41, 2, None)
    assert {licence(one).key_id for one in [*licences, of_another]} == {new}
    assert licence(ended).key_id == old
    assert {row.key_id for row in ItemInstance.select()} == {new}
    assert (key(new).owner_id, key(new).state, key(new).replaces_id) == (client, "issued", old)
    assert (key(old).owner_id, key(old).state) == (client, "lost")
    assert movements(new)[-1] == ("replacement", None, client, "in_stock", "issued")
    assert movements(old)[-1] == ("write_off", client, client, "issued", "lost")
    event = LicenceEvent.select().where(LicenceEvent.licence == licences[7]).get()
    assert (event.kind, event.from_key_id, event.to_key_id, event.reason) == ("move", old, new, "left in a taxi")


def test_a_key_that_has_to_come_back_is_reminded_of_until_it_does(director: Actor) -> None:
    _client, old, _new, _licences = _replaced(director, 1)
    reminder = Reminder.get()
    assert (reminder.about_kind, reminder.about_id, reminder.due.date(), key(old).return_due) == ("key", old, DUE, DUE)
    mark_key(director, old, "returned", DAY)
    assert (get(Reminder, reminder.id).state, key(old).owner_id, key(old).state) == ("done", None, "returned")


def test_a_key_that_was_lost_before_is_replaced_later(director: Actor) -> None:
    client, old, (one, *_more) = licences_on_a_key(director)
    mark_key(director, old, "lost", DAY)
    new = a_key(director, "BBBB")
    replace_key(director, old, new, "lost", DAY)
    assert (licence(one).key_id, key(new).owner_id) == (new, client)


def test_another_key_of_the_client_takes_the_place_too(director: Actor) -> None:
    client, old, (one, *_more) = licences_on_a_key(director)
    second = a_key(director, "BBBB", owner=client)
    replace_key(director, old, second, "other", DAY)
    assert (licence(one).key_id, key(old).state, key(second).replaces_id) == (second, "replaced", old)


def test_what_cannot_take_the_place_is_refused(director: Actor) -> None:
    _client, old, _licences = licences_on_a_key(director)
    strangers = a_key(director, "BBBB", owner=a_client(director, "B"))
    reserved, stock = a_key(director, "CCCC", state="reserved"), a_key(director, "DDDD")
    attempts: list[tuple[str, Callable[[], object]]] = [
        ("new", lambda: replace_key(director, old, strangers, "lost", DAY)),
        ("new", lambda: replace_key(director, old, reserved, "lost", DAY)),
        ("new", lambda: replace_key(director, old, old, "lost", DAY)),
        ("old", lambda: replace_key(director, stock, old, "lost", DAY)),
        ("cause", lambda: replace_key(director, old, stock, "nonsense", DAY)),
        ("return_due", lambda: replace_key(director, old, stock, "other", DAY, "", DAY - dt.timedelta(days=1))),
    ]
    for field, attempt in attempts:
        with pytest.raises(RuleBroken) as broken:
            attempt()
        assert broken.value.field == field


def test_a_replacement_is_undone_by_one_command(director: Actor) -> None:
    _client, old, licences = licences_on_a_key(director, 40)
    ItemInstance.update(key=old).execute()
    new, before = a_key(director, "BBBB"), _all_rows()
    replace_key(director, old, new, "broken", DAY, "does not blink", DUE)
    assert _all_rows() != before
    undo(director, _last(director))
    assert _all_rows() == before
    assert events(licences[0]) == []


def _suspend(by: Actor, _client: int, _new: int, licences: list[int]) -> str:
    suspend_licence(by, licences[3], DAY)
    return "licence #"


def _issue(by: Actor, client: int, new: int, licences: list[int]) -> str:
    a_licence(by, "9-9", client, licence(licences[0]).product_id, key=new)
    return "licence 9-9"


def _lose(by: Actor, _client: int, new: int, _licences: list[int]) -> str:
    mark_key(by, new, "lost", DAY)
    return "protection key #"


@pytest.mark.parametrize("stands", [_suspend, _issue, _lose])
def test_a_replacement_that_something_stands_on_is_not_undone(
    director: Actor, stands: Callable[[Actor, int, int, list[int]], str]
) -> None:
    client, _old, new, licences = _replaced(director, 5)
    change = _last(director)
    named = stands(director, client, new, licences)
    rows = _all_rows()
    with pytest.raises(RuleBroken, match=named):
        undo(director, change)
    assert _all_rows() == rows
    undo(director, _last(director))
    undo(director, change)


def test_a_key_goes_to_another_client_with_its_owners_licences(director: Actor) -> None:
    seller, key_id, licences = licences_on_a_key(director)
    buyer, third = a_client(director, "Лютик"), a_client(director, "B")
    product = licence(licences[0]).product_id
    of_third = a_licence(director, "9", third, product, key=key_id)
    for_third = a_licence(director, "10", seller, product, key=key_id, end_user=third)
    done = transfer_key(director, key_id, buyer, DAY, "sale of the business")
    assert done.licences == 4
    assert {licence(one).client_id for one in licences} == {buyer}
    assert (licence(of_third).client_id, events(of_third)) == (third, [])
    assert (licence(for_third).client_id, licence(for_third).end_user_id) == (buyer, third)
    assert (key(key_id).owner_id, movements(key_id)[-1]) == (buyer, ("hand_over", seller, buyer, "issued", "issued"))
    assert events(licences[0]) == ["transfer"]


def test_a_transfer_is_undone_by_one_command_while_nothing_stands_on_it(director: Actor) -> None:
    _seller, key_id, licences = licences_on_a_key(director)
    buyer = a_client(director, "Лютик")
    before = _all_rows()
    transfer_key(director, key_id, buyer, DAY)
    change = _last(director)
    undo(director, change)
    assert _all_rows() == before
    transfer_key(director, key_id, buyer, DAY)
    change = _last(director)
    a_licence(director, "9-9", buyer, licence(licences[0]).product_id, key=key_id)
    with pytest.raises(RuleBroken, match="licence 9-9"):
        undo(director, change)


def test_a_key_from_stock_or_of_the_same_client_is_no_transfer(director: Actor) -> None:
    seller, key_id, _licences = licences_on_a_key(director)
    for one, client in ((key_id, seller), (a_key(director, "BBBB"), seller)):
        with pytest.raises(RuleBroken):
            transfer_key(director, one, client, DAY)
