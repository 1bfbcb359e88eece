"""Contacts and reminders by key presses: logged from anywhere, seen in time, dealt with in the box of those due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from models.actor import Actor
from models.clients.interaction_actions import add_interaction
from models.clients.tables import Client, Interaction, Person
from models.clock import now
from models.kinds import RecordRef
from models.reminders.actions import add_reminder
from models.reminders.tables import Reminder
from screens.card import CardScreen
from screens.due import DueReminders
from screens.interactions import InteractionCard
from screens.kit.difference import Difference
from screens.kit.form import Form
from screens.list_screen import ListScreen
from screens.reminders import ReminderCard
from screens.today import TodayList
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, card, opened
from tests.screens.test_card_editing import here
from tui.app import TurboFly

HOUR = dt.timedelta(hours=1)


def remind(by: Actor, text: str, hours: float = -1, **values: object) -> int:
    """A reminder of Anna's, due so many hours from now."""
    return add_reminder(by, {"due": now() + hours * HOUR, "text": text, "operator": by.operator_id, **values})


async def typed_in(pilot: Pilot[None], app: TurboFly, field: str, text: str) -> None:
    """Go to a field of the form and type."""
    for _step in range(20):
        if here(app) == field:
            break
        await pilot.press("tab")
        await pilot.pause()
    assert here(app) == field
    await type_text(pilot, text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_i_on_a_client_logs_a_contact_with_a_reminder(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        first = await opened(pilot, app, ROMASHKA)
        await pilot.press("i")
        await until(pilot, lambda: card(app).ref == RecordRef("interaction", 0) and here(app) == "subject")
        assert "ООО «Ромашка»" in shown_text(app)
        await typed_in(pilot, app, "subject", "Price")
        await typed_in(pilot, app, "remind", "fri 10:00")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is first)
        row, reminder = Interaction.get(), Reminder.get()
        assert (row.client_id, row.subject, row.state, row.operator_id) == (1, "Price", "done", 1)
        assert (reminder.text, reminder.due) == ("Price", dt.datetime(2026, 11, 27, 10))
        await pilot.press("u")
        await until(pilot, lambda: not Interaction.select().count() + Reminder.select().count())


async def test_i_on_a_person_in_a_list_knows_the_client_and_offers_only_his_people(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: any("Фокин" in row for row in shown_rows(app)))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "subject")
        await typed_in(pilot, app, "subject", "Demo")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ListScreen))
        row = Interaction.get()
        assert (row.client_id, row.person_id) == (1, Person.get(Person.name == "Фокин Сергей").id)


async def test_i_on_a_key_logs_a_contact_with_its_owner(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, RecordRef("key", 1))
        await pilot.press("ш")
        await until(pilot, lambda: card(app).ref == RecordRef("interaction", 0) and here(app) == "subject")
        assert "0A1F-4433" in shown_text(app)
        await typed_in(pilot, app, "subject", "It broke")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: card(app).ref.kind == "key")
        row = Interaction.get()
        assert (row.client_id, row.about_kind, row.about_id) == (1, "key", 1)


async def test_logging_and_those_due_are_commands_of_the_find_box(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("ctrl+k")
        await type_text(pilot, "reminders due")
        await until(pilot, lambda: "Reminders due" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DueReminders))
        await pilot.press("escape", "ctrl+k")
        await type_text(pilot, "log a contact")
        await until(pilot, lambda: "Log a contact" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: card(app).ref == RecordRef("interaction", 0))


async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("i")
        await until(pilot, lambda: card(app).is_new and here(app) == "subject")
        await typed_in(pilot, app, "subject", "Price")
        await typed_in(pilot, app, "remind", "someday")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "fri 10:00, 31.12 9:00, +3d or +2h" in shown_text(app))
        assert here(app) == "remind"
        assert card(app).form.typed()["subject"].text == "Price"
        assert Interaction.select().count() == 0


async def test_an_operator_who_may_not_edit_clients_has_no_key_for_it(program: Program, anna: Actor) -> None:
    engineer = Actor("anna", "Anna", anna.operator_id, anna.permissions - {"edit_clients"}, "test")
    app = program("clients", actor=engineer)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("i")
        await pilot.pause()
        assert card(app).ref == ROMASHKA
        await pilot.press("R")
        await until(pilot, lambda: card(app).ref == RecordRef("reminder", 0))


async def test_a_reminder_is_set_about_the_record_under_the_cursor(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "0A1F-4433" in shown_text(app))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "due")
        assert "protection key: 0A1F-4433" in shown_text(app)
        await type_text(pilot, "+2h")
        await typed_in(pilot, app, "text", "Ask for it")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ListScreen))
        row = Reminder.get()
        assert (row.about_kind, row.about_id, row.text, row.operator_id) == ("key", 1, "Ask for it", 1)


async def test_a_reminder_that_becomes_due_is_told_once_and_counted(
    program: Program, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(TurboFly, "notify_terminal", lambda _app, _title, body: rung.append(body))
    app = program("clients")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        remind(anna, "Call Vera", -3)  # whether it is there at the first look, or comes after it, is chance
        await until(pilot, lambda: "!1" in shown_text(app))
        remind(anna, "Call the bank")
        await until(pilot, lambda: "! Call the bank" in shown_text(app))
        remind(anna, "Call Boris", -2)
        await until(pilot, lambda: "!3" in shown_text(app))
        assert rung[-2:] == ["Call the bank", "Call Boris"]


async def test_the_box_of_those_due_snoozes_and_does_them(program: Program, anna: Actor) -> None:
    first, second = remind(anna, "Call the bank", -30), remind(anna, "Write to Fokin", about_kind="client", about_id=1)
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: "Call the bank" in shown_text(app) and "client: ООО" in shown_text(app))
        await pilot.press("z")
        await until(pilot, lambda: "in three days" in shown_text(app))
        await type_text(pilot, "1 hour")
        await pilot.press("enter")
        await until(pilot, lambda: Reminder.get_by_id(first).wakes > now())
        await until(pilot, lambda: isinstance(app.screen, DueReminders) and "Call the bank" not in shown_text(app))
        await pilot.press("d")
        await until(pilot, lambda: Reminder.get_by_id(second).state == "done")
        await until(pilot, lambda: "Nothing is due." in shown_text(app))
        await pilot.press("escape")
        assert isinstance(app.screen, ListScreen)


async def test_a_moment_of_ones_own_to_snooze_until_must_be_still_to_come(program: Program, anna: Actor) -> None:
    reminder = remind(anna, "Call the bank")
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: "Call the bank" in shown_text(app))
        await pilot.press("z")
        await until(pilot, lambda: "another moment" in shown_text(app))
        await type_text(pilot, "another")
        await pilot.press("enter")
        await until(pilot, lambda: "Until when?" in shown_text(app))
        await type_text(pilot, "yesterday")
        await pilot.press("enter")
        await until(pilot, lambda: "That moment has passed already." in shown_text(app))
        await pilot.press("ctrl+u")
        await type_text(pilot, "fri 9:00")
        await pilot.press("enter")
        await until(pilot, lambda: Reminder.get_by_id(reminder).wakes == dt.datetime(2026, 11, 27, 9))


async def test_a_reminder_is_handed_over_and_enter_opens_what_it_is_about(program: Program, anna: Actor) -> None:
    remind(anna, "Call the bank", -3, about_kind="client", about_id=3)
    reminder = remind(anna, "Write to Fokin")
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: "Write to Fokin" in shown_text(app))
        await pilot.press("j", "H")
        await until(pilot, lambda: "Hand over to" in shown_text(app) and "Boris" in shown_text(app))
        await type_text(pilot, "bor")
        await pilot.press("enter")
        await until(pilot, lambda: Reminder.get_by_id(reminder).operator.login == "boris")
        await until(pilot, lambda: isinstance(app.screen, DueReminders) and "Write to" not in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).ref == RecordRef("client", 3))


async def test_the_keys_of_a_reminder_work_on_its_card_and_in_the_list(program: Program, anna: Actor) -> None:
    first, second = remind(anna, "Call the bank"), remind(anna, "Write to Fokin")
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        app.open_record(RecordRef("reminder", first))
        await until(pilot, lambda: isinstance(app.screen, ReminderCard) and "Call the bank" in shown_text(app))
        await pilot.press("d")
        await until(pilot, lambda: Reminder.get_by_id(first).state == "done")
        await until(pilot, lambda: "   done   " in shown_text(app).split("\n")[1])
        await pilot.press("d")
        await until(pilot, lambda: Reminder.get_by_id(first).state == "open")
        await pilot.press("escape", "left_square_bracket")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("a", "d")
        await until(pilot, lambda: {Reminder.get_by_id(one).state for one in (first, second)} == {"done"})
        await pilot.press("u")
        await until(pilot, lambda: {Reminder.get_by_id(one).state for one in (first, second)} == {"open"})


async def test_today_shows_what_is_due_and_planned_and_opens_it(program: Program, anna: Actor) -> None:
    remind(anna, "Call the bank", -50, about_kind="client", about_id=3)
    client = Client.get(Client.name == "Northwind Traders").id
    for days, subject in ((-2, "Missed"), (0.1, "Demo"), (2, "Not today")):
        moment = now() + days * 24 * HOUR
        add_interaction(anna, {"client": client, "subject": subject, "moment": moment, "state": "planned"})
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        found: list[str] = []

        def lines() -> list[str]:
            options = app.screen.query_one(TodayList).options
            found[:] = [" ".join(str(option.prompt).split()) for option in options]
            return found

        await until(pilot, lambda: "Reminders 1" in lines() and any("Demo" in line for line in lines()))
        assert "Call the bank client: Northwind Traders 2 days late" in found
        assert "Calls to make, and what else is planned 2" in found
        assert "Northwind Traders call: Missed 2 days late" in found
        assert "Northwind Traders call: Demo 14:24" in found
        assert not any("Not today" in line for line in found)
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).ref == RecordRef("client", client))


async def test_the_lists_of_contacts_are_tabs_of_the_clients(program: Program, anna: Actor) -> None:
    for days, subject in ((-2, "Prices"), (2, "Demo")):
        add_interaction(anna, {"client": 1, "subject": subject, "moment": now() + days * 24 * HOUR})
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Planned 1" in shown_text(app) and "Interactions 2" in shown_text(app))
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: [row.startswith("Wed 2026-11-25 12:00") for row in shown_rows(app)] == [True])
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "client")


async def test_what_is_planned_is_closed_with_its_outcome(program: Program, anna: Actor) -> None:
    planned = add_interaction(anna, {"client": 1, "subject": "Demo", "moment": now() + 24 * HOUR})
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: any("Demo" in row for row in shown_rows(app)))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, InteractionCard) and here(app) == "outcome")
        await type_text(pilot, "They take it")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Difference))
        await pilot.press("enter")
        await until(pilot, lambda: Interaction.get_by_id(planned).state == "done")
        row = Interaction.get_by_id(planned)
        assert row.outcome == "They take it"
        assert row.moment <= now()
        await until(pilot, lambda: not app.screen.query_one(Form).is_editing)
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing is planned." in shown_text(app))


async def test_what_is_planned_is_written_as_a_calendar(program: Program, anna: Actor, tmp_path: Path) -> None:
    for days in (1, 2):
        add_interaction(anna, {"client": 1, "subject": f"Demo {days}", "moment": now() + days * 24 * HOUR})
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("down", "space", "x")
        await until(pilot, lambda: ".csv, .xlsx, .ics" in shown_text(app))
        app.screen.query_one(Input).value = str(tmp_path / "planned.ics")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "planned.ics").exists())
        events = Calendar.from_ical((tmp_path / "planned.ics").read_bytes()).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Call: ООО «Ромашка»: Demo 2"]


async def test_own_drafts_of_a_contact_are_offered_again(program: Program) -> None:
    left = program("clients")
    async with left.run_test(size=(120, 40)) as pilot:
        await opened(pilot, left, ROMASHKA)
        await pilot.press("i")
        await until(pilot, lambda: card(left).is_new and here(left) == "subject")
        await typed_in(pilot, left, "subject", "Half a sentence")
        left.save_drafts()
    left.drafts.close()
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query(OptionList)) and "Half a sentence" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).form.entries is not None)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: Interaction.select().count() == 1)
        row = Interaction.get()
        assert (row.client_id, row.subject, row.state) == (1, "Half a sentence", "done")
