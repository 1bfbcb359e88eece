"""Keys that come at the same moment: each reaches what the one before it has opened."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.widgets import Input

from models.actor import Actor
from models.clock import now
from models.reminders.actions import add_reminder
from models.reminders.queries import ReminderLine, due_reminders
from models.reminders.tables import Reminder
from screens.card import CardScreen
from screens.client_card import ClientCard
from screens.due import DueReminders
from screens.kit.filter_line import FilterInput
from tests.screens.small_company import Program, shown_rows, until
from tui.app import TurboFly


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a screen may need longer than an operator's patience: here keys wait however long it takes."""
    monkeypatch.setattr("tui.typed_ahead._GIVEN_UP_SECONDS", 20.0)
    monkeypatch.setattr("tui.typed_ahead._SOON_SECONDS", 20.0)


def type_at_once(app: TurboFly, *keys: str) -> None:
    """What the terminal sends in one piece."""
    for key in keys:
        app.post_message(Key(_character_to_key(key), key) if len(key) == 1 else Key(key, None))


async def test_a_filter_begun_at_the_moment_of_a_switch_is_that_of_the_other_list(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        type_at_once(app, "]", "/", *"4433")
        await until(pilot, lambda: isinstance(app.focused, FilterInput) and app.focused.value == "4433")
        assert app.focused is not None
        assert app.focused.query_ancestor("ListPane").id == "pane-licences"


async def test_what_is_typed_behind_the_key_of_the_filter_is_in_the_filter(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        type_at_once(app, "/", *"an0a1f")
        await until(pilot, lambda: isinstance(app.focused, FilterInput) and app.focused.value == "an0a1f")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("waits", [True, False])
async def test_a_form_begun_at_the_moment_of_opening_a_card_is_above_the_card(program: Program, waits: bool) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        if waits:
            await until(pilot, lambda: len(shown_rows(app)) > 1)
        type_at_once(app, "down", "enter", "i")
        await until(pilot, lambda: len(app.screen_stack) == 3 and isinstance(app.focused, Input))
        card, form = app.screen_stack[1:]
        assert isinstance(card, ClientCard) and isinstance(form, CardScreen)
        assert form.ref.kind == "interaction"
        assert form.preset["client"] == card.ref.id


async def test_what_is_typed_behind_the_key_of_a_box_waits_for_its_records(
    program: Program, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("Call the bank", "Write to Fokin"):
        add_reminder(anna, {"due": now() - dt.timedelta(hours=1), "text": text, "operator": anna.operator_id})
    may_come = threading.Event()

    def slow_answer(operator_id: int, moment: dt.datetime) -> Sequence[ReminderLine]:
        assert may_come.wait(20)
        return due_reminders(operator_id, moment)

    monkeypatch.setattr("screens.due.due_reminders", slow_answer)
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        type_at_once(app, "exclamation_mark", "d")
        await until(pilot, lambda: isinstance(app.screen, DueReminders))
        await pilot.pause(0.05)
        assert app.keys_wait
        may_come.set()
        await until(pilot, lambda: Reminder.select().where(Reminder.state == "done").count() == 1)


async def test_keys_that_come_slowly_are_not_held_back(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) > 1)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ClientCard))
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_what_is_pasted_behind_the_key_of_the_filter_is_in_the_filter(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        type_at_once(app, "/")
        app.post_message(Paste("0A1F"))
        type_at_once(app, *"-44")
        await until(pilot, lambda: isinstance(app.focused, FilterInput) and app.focused.value == "0A1F-44")


async def test_what_is_pasted_behind_the_key_of_a_form_is_in_its_field(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) > 1)
        type_at_once(app, "n")
        app.post_message(Paste("Ромашка"))
        await until(pilot, lambda: isinstance(app.focused, Input) and app.focused.value == "Ромашка")
