"""What a calendar outside shows: one's own planned interactions and open reminders, under names that stay."""

from __future__ import annotations

import datetime as dt

from models.clients.actions import add_person
from models.clients.calendar import calendar_entries
from models.clients.interaction_actions import edit_interaction
from models.clock import now
from models.company.actions import add_operator
from models.reminders.actions import reminder_done, snooze_reminder
from models.writing import Actor
from tests.models.worlds import a_client, a_reminder, an_interaction

DAY = dt.timedelta(days=1)


def test_a_planned_interaction_says_with_whom_what_and_by_which_number(director: Actor) -> None:
    client = a_client(director)
    person = add_person(director, {"client": client, "name": "Пётр", "phones": ("+7 913 000-00-00",)})
    moment = now().replace(microsecond=0) + DAY
    an_interaction(director, client, "Price", moment=moment, person=person, minutes=45, next_step="Send it")
    an_interaction(director, client, "Past")
    [entry] = calendar_entries(director.operator_id)
    assert entry.summary == "Call: ООО «Ромашка»: Price"
    assert entry.description == "Пётр\n+7 913 000-00-00\nSend it"
    assert (entry.begins, entry.ends - entry.begins) == (moment, dt.timedelta(minutes=45))
    assert entry.busy


def test_a_reminder_stands_where_it_speaks_up_and_goes_when_it_is_done(director: Actor) -> None:
    client = a_client(director)
    reminder = a_reminder(director, now() + DAY, about_kind="client", about_id=client)
    snooze_reminder(director, reminder, until := now().replace(microsecond=0) + 2 * DAY)
    [entry] = calendar_entries(director.operator_id)
    assert (entry.begins, entry.summary, entry.description) == (until, "Call back", "client: ООО «Ромашка»")
    assert not entry.busy
    reminder_done(director, reminder)
    assert calendar_entries(director.operator_id) == []


def test_an_entry_keeps_its_name_and_counts_its_changes(director: Actor) -> None:
    row = an_interaction(director, a_client(director), moment=now() + DAY)
    [before] = calendar_entries(director.operator_id)
    edit_interaction(director, row, 1, {"moment": now() + 2 * DAY})
    [after] = calendar_entries(director.operator_id)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)


def test_the_entries_of_all_tell_whose_they_are_and_some_can_be_named(director: Actor) -> None:
    boris = add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    row = an_interaction(director, a_client(director), moment=now() + DAY, operator=boris)
    reminder = a_reminder(director, now() + 2 * DAY)
    first, second = calendar_entries()
    assert (first.description, second.summary) == ("Boris", "Call back")
    assert len({first.uid, second.uid}) == 2
    assert calendar_entries(director.operator_id) == [second]
    assert calendar_entries(interactions={row}, reminders=()) == [first]
    assert calendar_entries(interactions=(), reminders={reminder}) == [second]
