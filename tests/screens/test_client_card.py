"""Likely duplicates on the form of a client, by key presses."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from models.kinds import RecordRef
from models.language import use_language
from screens.client_card import ClientCard
from screens.duplicates_line import DuplicatesLine
from screens.kit.dialogs import PickOne
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, SIZES, card
from tests.screens.test_card_editing import edited, go_to, here, replace_with
from tui.app import TurboFly


async def begun(pilot: Pilot[None], app: TurboFly) -> ClientCard:
    """The form of a new client."""
    await until(pilot, lambda: "Ромашка" in shown_text(app))
    await pilot.press("n")
    await until(pilot, lambda: here(app) == "name")
    assert isinstance(app.screen, ClientCard)
    return app.screen


def likely(app: TurboFly) -> list[int]:
    return [one.id for one in app.screen.query_one(DuplicatesLine).likely]


@pytest.mark.parametrize("size", SIZES)
async def test_a_likely_duplicate_is_named_while_its_name_is_typed(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        await begun(pilot, app)
        assert "likely" not in shown_text(app)
        await type_text(pilot, "Ромашка")
        await until(pilot, lambda: "! ООО «Ромашка» #1: the same name" in shown_text(app))
        assert "ctrl+o open the duplicate" in shown_text(app).split("\n")[-1]
        assert "Name*" in shown_text(app), "the field that is typed into is not covered"
        await replace_with(pilot, "Гортензия")
        await until(pilot, lambda: likely(app) == [])
        assert "! ООО" not in shown_text(app)


async def test_the_duplicate_is_opened_and_what_was_typed_is_still_there(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        form = await begun(pilot, app)
        await type_text(pilot, "Вектор плюс")
        await until(pilot, lambda: likely(app) == [2])
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.screen is not form and card(app).ref == RecordRef("client", 2))
        await until(pilot, lambda: "ЗАО «Вектор плюс»" in shown_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is form)
        assert form.form.typed()["name"].text == "Вектор плюс"


async def test_of_an_existing_client_only_what_is_changed_points_to_others(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        await pilot.pause()
        assert likely(app) == []
        await go_to(pilot, app, "name")
        await replace_with(pilot, "Northwind")
        await until(pilot, lambda: likely(app) == [3])
        await pilot.press("escape", "y")
        await until(pilot, lambda: not card(app).form.is_editing)
        await until(pilot, lambda: likely(app) == [])


async def test_the_reasons_are_told_in_the_operators_language(program: Program) -> None:
    use_language("ru")
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app)
        await type_text(pilot, "Ромашка")
        await until(pilot, lambda: "то же название" in shown_text(app))


async def test_which_of_several_is_asked(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app)
        await type_text(pilot, "Ромашка")
        await until(pilot, lambda: likely(app) == [1])
        line = app.screen.query_one(DuplicatesLine)
        line.say([*line.likely, *line.likely, *line.likely], 24)
        await until(pilot, lambda: "… and 1 more" in shown_text(app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientCard) and app.screen.ref == ROMASHKA)
