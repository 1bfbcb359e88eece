"""What may be done to reminders, and which of them are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from models.clients.tables import Client
from models.clock import now
from models.company.actions import add_operator, edit_operator
from models.company.permissions import permissions_of
from models.company.tables import Operator
from models.errors import Conflict, NotAllowed, RuleBroken
from models.kinds import RecordRef
from models.reminders.actions import (
    add_reminder,
    edit_reminder,
    hand_over_reminder,
    reminder_done,
    reminder_values,
    reopen_reminder,
    snooze_reminder,
)
from models.reminders.lists import REMINDERS, about_record
from models.reminders.queries import due_reminders, last_woken, open_reminders
from models.reminders.tables import Reminder
from models.table_listing import TableListing
from models.undo import last_change, undo
from models.writing import Actor, get
from tests.models.worlds import a_client, a_key, a_reminder

HOUR = dt.timedelta(hours=1)


def due_texts(actor: Actor, at: dt.datetime | None = None) -> list[str]:
    assert actor.operator_id is not None
    return [line.text for line in due_reminders(actor.operator_id, at or now())]


def rows(filter_text: str = "") -> list[tuple[object, ...]]:
    return [row.cells for row in TableListing.of(REMINDERS).with_filter(filter_text).page(0, 50)]


def test_a_reminder_is_due_from_its_moment_on(director: Actor) -> None:
    a_reminder(director, now() - HOUR, "Late")
    a_reminder(director, now() + HOUR, "Later")
    assert due_texts(director) == ["Late"]
    assert due_texts(director, now() + 2 * HOUR) == ["Late", "Later"]


def test_a_snoozed_reminder_is_silent_until_then(director: Actor) -> None:
    reminder = a_reminder(director, now() - HOUR)
    snooze_reminder(director, reminder, now() + HOUR)
    assert due_texts(director) == []
    assert due_texts(director, now() + 2 * HOUR) == ["Call back"]
    assert get(Reminder, reminder).due < now()


def test_a_reminder_cannot_be_snoozed_into_the_past_or_when_done(director: Actor) -> None:
    reminder = a_reminder(director, now() - HOUR)
    with pytest.raises(RuleBroken, match="passed"):
        snooze_reminder(director, reminder, now() - HOUR)
    reminder_done(director, reminder)
    with pytest.raises(RuleBroken, match="done already"):
        snooze_reminder(director, reminder, now() + HOUR)


def test_done_and_open_again(director: Actor) -> None:
    reminder = a_reminder(director, now() - HOUR)
    assert reminder_done(director, reminder)
    assert not reminder_done(director, reminder)
    assert due_texts(director) == []
    assert reopen_reminder(director, reminder)
    assert not reopen_reminder(director, reminder)
    assert due_texts(director) == ["Call back"]


def test_a_reminder_is_handed_over_to_one_who_works_here(director: Actor) -> None:
    boris = add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    reminder = a_reminder(director, now() - HOUR)
    hand_over_reminder(director, reminder, boris)
    assert due_texts(director) == []
    assert [line.id for line in due_reminders(boris, now())] == [reminder]
    edit_operator(director, boris, 1, {"active": False})
    with pytest.raises(RuleBroken, match="Boris"):
        a_reminder(director, now(), operator=boris)


def test_what_a_reminder_is_about_is_named(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    a_reminder(director, now() - HOUR, "First", about_kind="client", about_id=client)
    a_reminder(director, now() - HOUR / 2, "Second", about_kind="key", about_id=key)
    a_reminder(director, now() - HOUR / 4, "Third")
    assert director.operator_id is not None
    lines = due_reminders(director.operator_id, now())
    assert [(line.about, line.about_name) for line in lines] == [
        (RecordRef("client", client), "ООО «Ромашка»"),
        (RecordRef("key", key), "0A1F-4433"),
        (None, ""),
    ]
    assert [cells[2] for cells in rows()] == ["ООО «Ромашка»", "0A1F-4433", ""]
    about = TableListing.of(REMINDERS, about_record("key", key))
    assert [row.cells[1] for row in about.page(0, 9)] == ["Second"]
    assert [name for _row, name in open_reminders()] == ["ООО «Ромашка»", "0A1F-4433", ""]


def test_a_reminder_about_nothing_that_exists_is_refused(director: Actor) -> None:
    for kind, record_id in (("client", 99), ("unicorn", 1)):
        with pytest.raises(RuleBroken) as broken:
            a_reminder(director, now(), about_kind=kind, about_id=record_id)
        assert broken.value.field == "about"


def test_the_state_follows_from_the_moments_and_can_be_asked_for(director: Actor) -> None:
    a_reminder(director, now() - HOUR, "due")
    a_reminder(director, now() + HOUR, "open")
    snooze_reminder(director, a_reminder(director, now() - 2 * HOUR, "snoozed"), now() + HOUR)
    reminder_done(director, a_reminder(director, now() + 2 * HOUR, "done"))
    assert {(cells[1], cells[3]) for cells in rows()} == {(name, name) for name in ("due", "open", "snoozed", "done")}
    for state in ("due", "snoozed", "done"):
        assert [cells[1] for cells in rows(f"state:{state}")] == [state]
    assert len(rows("state:open")) == 3
    assert [cells[1] for cells in rows("operator:anna due")] == ["due"]
    assert rows("operator:boris") == []


def test_what_woke_last_is_told_with_the_count(director: Actor) -> None:
    for hours in range(1, 4):
        a_reminder(director, now() - hours * HOUR, f"{hours} h")
    assert director.operator_id is not None
    count, woken = last_woken(director.operator_id, now(), limit=2)
    assert (count, [text for _id, _wakes, text in woken]) == (3, ["1 h", "2 h"])


def test_another_moment_ends_the_snoozing(director: Actor) -> None:
    reminder = a_reminder(director, now() - HOUR)
    snooze_reminder(director, reminder, now() + 5 * HOUR)
    edit_reminder(director, reminder, 2, {"due": now() - HOUR / 2})
    assert due_texts(director) == ["Call back"]
    assert reminder_values(get(Reminder, reminder))["wakes"] is None


def test_two_who_change_a_reminder_see_the_conflict(director: Actor) -> None:
    reminder = a_reminder(director, now() - HOUR)
    edit_reminder(director, reminder, 1, {"text": "Write back"})
    with pytest.raises(Conflict) as conflict:
        edit_reminder(director, reminder, 1, {"text": "Forget it"}, {"text": "Call back"})
    assert conflict.value.theirs["text"] == "Write back"


@pytest.mark.parametrize("what", ["snooze", "done", "hand over", "edit", "add"])
def test_each_of_it_is_undone(director: Actor, what: str) -> None:
    boris = add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    reminder = a_reminder(director, now() - HOUR)
    before = get(Reminder, reminder).__data__
    doing: dict[str, Callable[[], object]] = {
        "snooze": lambda: snooze_reminder(director, reminder, now() + HOUR),
        "done": lambda: reminder_done(director, reminder),
        "hand over": lambda: hand_over_reminder(director, reminder, boris),
        "edit": lambda: edit_reminder(director, reminder, 1, {"due": now() + 3 * HOUR, "text": "Else"}),
        "add": lambda: a_reminder(director, now()),
    }
    doing[what]()
    change = last_change(director)
    assert change is not None
    undo(director, change)
    after = get(Reminder, reminder).__data__
    own = ("due", "wakes", "text", "operator", "state", "done_at")
    assert {name: after[name] for name in own} == {name: before[name] for name in own}
    assert Reminder.select().count() == 1


def test_an_undo_gives_no_reminder_to_one_who_left(director: Actor) -> None:
    boris = add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    reminder = a_reminder(director, now() - HOUR, operator=boris)
    hand_over_reminder(director, reminder, get(Operator, 1).id)
    change = last_change(director)
    edit_operator(director, boris, 1, {"active": False})
    assert change is not None
    with pytest.raises(RuleBroken, match="Boris"):
        undo(director, change)


def test_what_a_reminder_is_about_is_not_taken_back_under_it(director: Actor) -> None:
    client = a_client(director)
    change = last_change(director)
    a_reminder(director, now(), about_kind="client", about_id=client)
    assert change is not None
    with pytest.raises(RuleBroken, match="stand in the way"):
        undo(director, change)
    assert Client.select().count() == 1


def test_an_auditor_sets_no_reminders(director: Actor) -> None:
    auditor = Actor("olga", "Olga", None, permissions_of(frozenset({"auditor"})), "test")
    with pytest.raises(NotAllowed):
        add_reminder(auditor, {"due": now(), "text": "x", "operator": 1})
