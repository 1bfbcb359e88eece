"""The timeline of a client by key presses: read, filtered by one key, opened, kept up to date."""

from __future__ import annotations

import datetime as dt

import pytest

from models.actor import Actor
from models.files.actions import attach_file
from models.kinds import RecordRef
from models.writing import in_transaction
from screens.card import CardScreen
from screens.event_kinds import EventKinds
from screens.kit.dialogs import Tell
from tests.models.timeline.events import an_interaction
from tests.screens.small_company import Program, shown_rows, shown_text, until
from tests.screens.test_card import ROMASHKA, opened, turned_to


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_client_s_card_begins_with_all_that_happened(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, ROMASHKA)
        await until(pilot, lambda: len(shown_rows(app)) == 3)
        rows = shown_rows(app)
        assert "key" in rows[0] and "0A1F-4433" in rows[0]
        assert rows[2].startswith("2026-01-10 ") and "GS-100001 and 1 more" in rows[2]


async def test_one_key_shows_one_kind_and_another_all_again(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await until(pilot, lambda: len(shown_rows(app)) == 3)
        await pilot.press("tab", "f")
        await until(pilot, lambda: isinstance(app.screen, EventKinds))
        assert "l  Licences" in shown_text(app)
        await pilot.press("l")
        await until(pilot, lambda: len(shown_rows(app)) == 1 and "Timeline 1" in shown_text(app))
        assert "/kind:licence" in shown_text(app)
        await pilot.press("f", "д")
        await pilot.press("f", "a")
        await until(pilot, lambda: len(shown_rows(app)) == 3)


async def test_enter_opens_what_happened(program: Program, anna: Actor) -> None:
    attach_file(anna, ROMASHKA, "договор.pdf", b"x")
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("tab", "f", "f")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref == RecordRef("file", 1))
        await pilot.press("escape", "f", "l")
        await until(pilot, lambda: len(shown_rows(app)) == 1 and "GS-" in shown_rows(app)[0])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref.kind == "licence")


async def test_what_is_part_of_the_client_is_told_in_place(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await until(pilot, lambda: len(shown_rows(app)) == 3)
        await pilot.press("tab", "j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Tell))
        assert "The record was made." in shown_text(app)


async def test_what_happens_meanwhile_comes_by_itself(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await turned_to(pilot, app, "timeline")
        await until(pilot, lambda: len(shown_rows(app)) == 3)
        moment = dt.datetime(2026, 11, 23, 12, 30)
        in_transaction(boris, "call", lambda change: an_interaction(change, 1, moment, "о продлении"))
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        assert "→ call: о продлении" in shown_rows(app)[0]
