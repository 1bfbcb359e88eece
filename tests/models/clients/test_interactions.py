"""Interactions: logged and planned, with a reminder in the same breath, listed newest first or like a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from models.campaigns.tables import Campaign
from models.clients.actions import add_person, edit_person
from models.clients.interaction_actions import add_interaction, edit_interaction, interaction_values
from models.clients.interaction_lists import INTERACTIONS, PLANNED
from models.clients.interaction_queries import count_planned, planned_interactions
from models.clients.tables import Interaction
from models.clock import now
from models.company.permissions import permissions_of
from models.errors import NotAllowed, RuleBroken
from models.kinds import RecordRef
from models.reminders.tables import Reminder
from models.table_listing import ListDefinition, TableListing
from models.undo import last_change, undo
from models.writing import Actor, get, in_transaction
from tests.models.worlds import a_client, an_interaction

DAY = dt.timedelta(days=1)


def subjects(definition: ListDefinition, filter_text: str = "") -> list[object]:
    listing = TableListing.of(definition).with_filter(filter_text)
    at = [column.id for column in listing.columns].index("subject")
    return [row.cells[at] for row in listing.page(0, 50)]


def test_what_is_not_said_of_an_interaction_is_as_usual(director: Actor) -> None:
    row = get(Interaction, an_interaction(director, a_client(director)))
    assert (row.kind, row.direction, row.state, row.minutes) == ("call", "out", "done", 0)
    assert row.operator_id == director.operator_id
    assert dt.timedelta() <= now() - row.moment < dt.timedelta(minutes=2)


def test_what_is_still_to_come_is_planned(director: Actor) -> None:
    row = get(Interaction, an_interaction(director, a_client(director), moment=now() + DAY))
    assert row.state == "planned"


def test_what_is_still_to_come_cannot_be_done(director: Actor) -> None:
    client = a_client(director)
    with pytest.raises(RuleBroken) as broken:
        an_interaction(director, client, moment=now() + DAY, state="done")
    assert broken.value.field == "state"
    planned = an_interaction(director, client, moment=now() + DAY)
    with pytest.raises(RuleBroken):
        edit_interaction(director, planned, 1, {"state": "done"})
    assert edit_interaction(director, planned, 1, {"state": "done", "moment": now(), "minutes": None})


def test_the_person_is_one_of_the_client(director: Actor) -> None:
    first, second = a_client(director), a_client(director, "АО «Лютик»")
    person = add_person(director, {"client": second, "name": "Пётр"})
    with pytest.raises(RuleBroken, match="Пётр") as broken:
        an_interaction(director, first, person=person)
    assert broken.value.field == "person"
    row = an_interaction(director, second, person=person)
    with pytest.raises(RuleBroken):
        edit_interaction(director, row, 1, {"client": first})


@pytest.mark.parametrize("missing", ["subject", "client"])
def test_an_interaction_needs_its_client_and_a_subject(director: Actor, missing: str) -> None:
    values = {"client": a_client(director), "subject": "Price"} | {missing: None}
    with pytest.raises(RuleBroken) as broken:
        add_interaction(director, values)
    assert broken.value.field == missing
    assert Interaction.select().count() == 0


def test_a_reminder_is_set_in_the_same_breath(director: Actor) -> None:
    later = now() + DAY
    row = an_interaction(director, a_client(director), next_step="Send the price", remind=later)
    reminder = Reminder.get()
    assert (reminder.text, reminder.due, reminder.wakes) == ("Send the price", later, later)
    assert (reminder.about_kind, reminder.about_id) == ("interaction", row)
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert (Interaction.select().count(), Reminder.select().count()) == (0, 0)


def test_what_to_remember_needs_a_moment_and_leaves_nothing_behind_without(director: Actor) -> None:
    client = a_client(director)
    with pytest.raises(RuleBroken) as broken:
        an_interaction(director, client, remind_text="Send the price")
    assert broken.value.field == "remind"
    assert Interaction.select().count() == 0


def test_it_knows_the_record_that_it_was_logged_from(director: Actor) -> None:
    client = a_client(director)
    row = an_interaction(director, client, about_kind="client", about_id=client)
    assert interaction_values(get(Interaction, row))["about"] == RecordRef("client", client)


def test_the_newest_is_listed_first_and_the_next_to_come_first_of_those_planned(director: Actor) -> None:
    client = a_client(director)
    for days in (-2, -1, 1, 2):
        an_interaction(director, client, f"{days:+}", moment=now() + days * DAY)
    late = an_interaction(director, client, "late", moment=now() - 3 * DAY, state="planned")
    assert subjects(INTERACTIONS) == ["+2", "+1", "-1", "-2", "late"]
    assert subjects(PLANNED) == ["late", "+1", "+2"]
    assert subjects(PLANNED, "state:late") == ["late"]
    assert subjects(PLANNED, "-state:late") == ["+1", "+2"]
    assert TableListing.of(PLANNED).count() == 3
    assert TableListing.of(PLANNED).position_of(late) == 0


def test_interactions_are_found_by_all_that_they_are_known_by(director: Actor) -> None:
    first, second = a_client(director), a_client(director, "АО «Лютик»")
    person = add_person(director, {"client": second, "name": "Пётр Иванов"})
    promotion = Campaign(name="Autumn sale", folded="autumnsale")
    campaign = in_transaction(director, "test", lambda change: change.insert(promotion).id)
    monday = dt.datetime(2026, 11, 23, 9)
    an_interaction(director, first, "Prices", moment=monday, kind="meeting", campaign=campaign)
    an_interaction(director, second, "Demo of an upgrade", moment=monday - 40 * DAY, person=person, direction="in")
    for text in (
        "client:ромашка", "kind:meeting", "campaign:sale", "moment:2026-11-23", "moment:2026-11", "moment>2026-10",
        "prices", "operator:anna -kind:call", "direction:out", "moment:..2026-11-23 kind:meet",
    ):  # fmt: skip
        assert subjects(INTERACTIONS, text) == ["Prices"], text
    for text in ("client:лютик", "person:иванов", "moment<2026-11-23", "moment<=2026-10", "upgrade", "лютик иванов"):
        assert subjects(INTERACTIONS, text) == ["Demo of an upgrade"], text
    assert len(subjects(INTERACTIONS, "moment>=2026-10-01 moment:..today")) == 2


def test_what_is_planned_is_told_with_whom_and_by_which_number(director: Actor) -> None:
    client = a_client(director, phones=("+7 495 123-45-67",))
    person = add_person(director, {"client": client, "name": "Пётр", "phones": ("+7 913 000-00-00",)})
    an_interaction(director, client, "Late", moment=now() - DAY, state="planned")
    an_interaction(director, client, "Soon", moment=now() + DAY, person=person)
    late, soon = planned_interactions(director.operator_id)
    assert (late.subject, late.client, late.person, late.phone) == ("Late", "ООО «Ромашка»", "", "+7 495 123-45-67")
    assert (soon.subject, soon.person, soon.phone, soon.operator) == ("Soon", "Пётр", "+7 913 000-00-00", "Anna")
    assert [line.subject for line in planned_interactions(None, now())] == ["Late"]
    assert count_planned(director.operator_id, now() + 2 * DAY) == 2
    assert count_planned(99, now() + 2 * DAY) == 0


def test_an_undo_is_held_against_where_the_person_is_now(director: Actor) -> None:
    first, second = a_client(director), a_client(director, "АО «Лютик»")
    person = add_person(director, {"client": first, "name": "Пётр"})
    row = an_interaction(director, first, person=person)
    edit_interaction(director, row, 1, {"person": None})
    change = last_change(director)
    edit_person(director, person, 1, {"client": second})
    assert change is not None
    with pytest.raises(RuleBroken, match="Пётр"):
        undo(director, change)


def test_an_auditor_logs_nothing(director: Actor) -> None:
    auditor = Actor("olga", "Olga", None, permissions_of(frozenset({"auditor"})), "test")
    with pytest.raises(NotAllowed):
        an_interaction(auditor, a_client(director))
