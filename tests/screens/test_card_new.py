"""Making records on their cards, by key presses."""

from __future__ import annotations

import pytest
from textual.events import Key

from models.clients.tables import Client, Person
from models.kinds import RecordRef
from screens.card import CardScreen
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, SIZES, card, opened
from tests.screens.test_card_editing import here, save


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_record_is_made_and_then_shown(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "name")
        await type_text(pilot, "Tulip")
        await save(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and card(app).record.title == "Tulip")
        made = Client.get(Client.name == "Tulip")
        assert (made.status, made.country, made.kind) == ("candidate", "RU", "company")
        assert card(app).ref == RecordRef("client", made.id)
        await pilot.press("escape")
        assert not isinstance(app.screen, CardScreen)


async def test_a_new_record_without_what_it_needs_is_not_saved(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(CardScreen.new("licence"))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "number")
        await type_text(pilot, "GS-9")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Product is missing." in shown_text(app))
        assert here(app) == "product"


async def test_n_in_a_list_of_a_card_makes_a_record_that_belongs_to_it(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("right_square_bracket", "n")
        await until(pilot, lambda: card(app).ref == RecordRef("person", 0) and here(app) == "name")
        assert "ООО «Ромашка»" in shown_text(app)
        await type_text(pilot, "Akimova")
        await save(pilot, app)
        await until(pilot, lambda: card(app).record.title == "Akimova")
        assert Person.get(Person.name == "Akimova").client_id == 1


async def test_n_is_not_offered_where_the_new_record_could_not_belong(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        await pilot.press("left_square_bracket")
        assert screen.check_action("new", ()) is False


async def test_esc_leaves_an_untouched_new_record_at_once(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(CardScreen.new("client"))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "name")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, CardScreen))


async def test_a_terminal_that_changes_its_size_loses_nothing_typed(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(CardScreen.new("client"))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "name")
        await type_text(pilot, "Tulip")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: card(app).size.width == 80)
        await pilot.pause()
        assert card(app).form.typed()["name"].text == "Tulip"
        await type_text(pilot, "s")
        assert card(app).form.typed()["name"].text == "Tulips"


async def test_a_key_pressed_before_a_new_record_is_drawn_does_nothing_to_what_lies_below(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Ромашка" in shown_text(app))
        app.push_screen(CardScreen.new("client"))
        app.post_message(Key("c", "c"))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and here(app) == "name")
        await type_text(pilot, "Tulip")
        assert card(app).form.typed()["name"].text.endswith("Tulip")
