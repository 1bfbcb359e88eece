"""What is half typed survives: a killed program, a closed terminal, a version that another wrote meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.clients.actions import edit_client
from models.clients.tables import Client, Person
from screens import card_drafts
from screens.card import CardScreen
from screens.kit.conflict import ConflictView
from screens.kit.dialogs import PickOne
from screens.kit.draft_question import DraftQuestion
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, card, opened
from tests.screens.test_card_editing import edited, here, save
from tui.app import TurboFly


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory that no other test uses."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def files(state: Path) -> list[Path]:
    return sorted(state.glob("turbofly/drafts/*/*.json"))


async def typed_and_killed(program: Program, push: Callable[[TurboFly], object] | None = None) -> None:
    """Type a source and end without a goodbye: the system frees the lock of the process, as ``close`` does here."""
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        if push is None:
            await edited(pilot, app, ROMASHKA, "source")
        else:
            push(app)
            await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "name")
        await type_text(pilot, "expo")
        app.save_drafts()
        app.drafts.close()


async def offered(pilot: Pilot[None], app: TurboFly) -> None:
    """Wait for what the start of the program offers."""
    await until(pilot, lambda: isinstance(app.screen, PickOne))


async def asked(pilot: Pilot[None], app: TurboFly, *, at_start: bool = True) -> None:
    """Leave for later what the start offers, and open the card."""
    if at_start:
        await offered(pilot, app)
        await pilot.press("escape")
    app.open_record(ROMASHKA)
    await until(pilot, lambda: isinstance(app.screen, DraftQuestion))


async def test_what_is_typed_is_written_every_few_seconds(
    program: Program, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_drafts, "EVERY_SECONDS", 0.05)
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, ROMASHKA, "source")
        assert files(own_state) == []
        await type_text(pilot, "expo")
        await until(pilot, lambda: len(files(own_state)) == 1 and '"expo"' in files(own_state)[0].read_text())
        assert files(own_state)[0].name == "client-1.json"
        assert stat.S_IMODE(os.stat(files(own_state)[0]).st_mode) == 0o600


async def test_the_interval_between_two_writings_is_three_seconds() -> None:
    assert card_drafts.EVERY_SECONDS == 3.0


async def test_the_next_opening_of_the_card_offers_the_draft(program: Program, own_state: Path) -> None:
    await typed_and_killed(program)
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app)
        await until(pilot, lambda: "There is a draft of 2026-11-23" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).form.is_editing)
        assert card(app).form.typed()["source"].text == "expo"
        await save(pilot, app)
        await until(pilot, lambda: Client.get_by_id(1).source == "expo")
        await until(pilot, lambda: files(own_state) == [])


async def test_a_draft_is_thrown_away_only_by_saying_so(program: Program, own_state: Path) -> None:
    await typed_and_killed(program)
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        assert not card(app).form.is_editing
        assert len(files(own_state)) == 1
        await pilot.press("escape")
        await asked(pilot, app, at_start=False)
        await pilot.press("t")
        await until(pilot, lambda: files(own_state) == [])


async def test_the_start_of_the_program_offers_all_drafts(program: Program, own_state: Path) -> None:
    await typed_and_killed(program, lambda app: app.push_screen(CardScreen.new("person", {"client": 2})))
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await offered(pilot, app)
        await until(pilot, lambda: "contact person: expo" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == "name")
        assert card(app).form.typed()["name"].text == "expo"
        await save(pilot, app)
        await until(pilot, lambda: card(app).record.title == "expo")
        assert Person.get(Person.name == "expo").client_id == 2
        assert files(own_state) == []


async def test_without_drafts_the_program_starts_with_its_section(program: Program, own_state: Path) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        assert app.drafts.pending() == []
        assert not isinstance(app.screen, PickOne)


async def test_a_draft_of_an_older_version_leads_to_the_conflict(
    program: Program, own_state: Path, boris: Actor
) -> None:
    await typed_and_killed(program)
    edit_client(boris, 1, 1, {"source": "cold call"})
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).form.is_editing)
        await until(pilot, lambda: "boris changed this record meanwhile" in shown_text(app))
        await save(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, ConflictView))
        assert "cold call" in shown_text(app) and "expo" in shown_text(app)


async def test_saving_and_discarding_leave_no_draft(program: Program, own_state: Path) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        app.save_drafts()
        assert len(files(own_state)) == 1
        await pilot.press("escape", "y")
        await until(pilot, lambda: not screen.form.is_editing)
        assert files(own_state) == []


async def test_leaving_the_program_keeps_what_is_typed(program: Program, own_state: Path) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        await pilot.press("ctrl+q")
    assert len(files(own_state)) == 1


async def test_who_may_not_edit_is_not_asked_about_a_draft(program: Program, own_state: Path) -> None:
    await typed_and_killed(program)
    auditor = Actor("anna", "Anna", None, frozenset({"look_up", "read"}), "test")
    app = program("clients", actor=auditor)
    async with app.run_test(size=(80, 24)) as pilot:
        await offered(pilot, app)
        await pilot.press("escape")
        await opened(pilot, app, ROMASHKA)
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
