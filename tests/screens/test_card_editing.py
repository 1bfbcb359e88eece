"""Editing a card in place, by key presses: what is typed, judged, compared, saved, refused, left."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from models.actor import Actor
from models.catalogue.tables import Product
from models.clients.actions import add_client, edit_client
from models.clients.tables import Client, ClientGroup
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.licensing.tables import Licence
from screens.card import CardScreen
from screens.kit.dialogs import Confirm
from screens.kit.difference import Difference
from screens.kit.form_inputs import PickInput
from tests.screens.small_company import Program, press_at_once, shown_text, type_text, until
from tests.screens.test_card import KEY, ROMASHKA, SIZES, opened
from tui.app import TurboFly

LICENCE = RecordRef("licence", 1)


async def edited(pilot: Pilot[None], app: TurboFly, ref: RecordRef, name: str) -> CardScreen:
    """Open a card for editing with the cursor in a field."""
    screen = await opened(pilot, app, ref)
    await pilot.press("e")
    await go_to(pilot, app, name)
    return screen


async def go_to(pilot: Pilot[None], app: TurboFly, name: str) -> None:
    """Tab to a field."""
    assert isinstance(app.screen, CardScreen)
    places = [field.name for field in app.screen.form.fields if app.screen.form._lines[field.name].is_input]
    await press_at_once(pilot, *["tab"] * ((places.index(name) - places.index(here(app))) % len(places)))
    assert here(app) == name


def here(app: TurboFly) -> str:
    """The name of the field that has the focus."""
    lines = app.screen.form._lines.values() if isinstance(app.screen, CardScreen) and app.screen.query("Form") else ()
    return next((line.field.name for line in lines if line.editor is not None and line.editor.has_focus), "")


async def replace_with(pilot: Pilot[None], text: str) -> None:
    """Empty the field and type."""
    await pilot.press("end", "ctrl+u")
    await type_text(pilot, text)


async def save(pilot: Pilot[None], app: TurboFly) -> None:
    """Save, and agree to what is shown."""
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, Difference))
    await pilot.press("enter")
    await until(pilot, lambda: not isinstance(app.screen, Difference))


@pytest.mark.parametrize("size", SIZES)
async def test_a_field_is_changed_compared_and_saved(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        await go_to(pilot, app, "status")
        await type_text(pilot, "cand")
        await pilot.press("enter", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Difference))
        assert "Status: client → candidate" in shown_text(app)
        assert "Source: expo" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: not screen.form.is_editing)
        saved = Client.get_by_id(1)
        assert (saved.source, saved.status, saved.version) == ("expo", "candidate", 2)
        await until(pilot, lambda: "Client  ООО «Ромашка»   candidate" in shown_text(app))
        assert app.focused is screen.form


async def test_reading_and_editing_have_the_same_layout(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        before = [line[:20] for line in shown_text(app).split("\n")[2:]]
        await pilot.press("e")
        await pilot.pause()
        after = [line[:20].replace("*", " ") for line in shown_text(app).split("\n")[2:]]
        assert [line.replace("▌", " ") for line in before[:-1]] == after[:-1]


async def test_esc_in_the_comparison_goes_back_to_the_form_and_saves_nothing(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Difference))
        await pilot.press("escape")
        await pilot.pause()
        assert here(app) == "source"
        assert screen.form.typed()["source"].text == "expo"
        assert Client.get_by_id(1).version == 1


async def test_tab_goes_on_from_where_the_focus_is_however_quickly_it_is_pressed(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "name")
        places = [field.name for field in screen.form.fields]
        for turns in range(12):
            before = places.index(here(app))
            for _tab in range(3):
                app.post_message(Key("tab", None))
                for _turn in range(turns):
                    await asyncio.sleep(0)
            await until(pilot, lambda: not app.keys_wait)
            await pilot.pause()
            assert places.index(here(app)) == (before + 3) % len(places), turns


async def test_nothing_changed_is_nothing_saved(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "name")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not screen.form.is_editing)
        assert Client.get_by_id(1).version == 1


async def test_a_wrong_inn_is_said_when_the_field_is_left(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, ROMASHKA, "inn")
        await type_text(pilot, "7707083890")
        assert "is no valid" not in shown_text(app)
        await pilot.press("down")
        await until(pilot, lambda: "is no valid" in shown_text(app))
        assert here(app) == "kpp"
        await pilot.press("up")
        await replace_with(pilot, "7707083893")
        await pilot.press("enter")
        await until(pilot, lambda: "is no valid" not in shown_text(app))


async def test_all_broken_fields_are_marked_and_the_first_has_the_focus(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "inn")
        await type_text(pilot, "12")
        await go_to(pilot, app, "emails")
        await type_text(pilot, "nobody")
        await go_to(pilot, app, "name")
        await replace_with(pilot, "")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Name is missing." in shown_text(app))
        text = shown_text(app)
        assert "is no valid" in text and "is no e-mail" in text
        assert here(app) == "name"
        assert screen.form.typed()["emails"].text == "nobody"


async def test_a_refused_save_says_which_field_and_why_and_loses_nothing(program: Program, anna: Actor) -> None:
    edit_client(anna, 2, 1, {"inn": "7707083893"})
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "inn")
        await type_text(pilot, "7707083893")
        await go_to(pilot, app, "source")
        await type_text(pilot, "expo")
        await save(pilot, app)
        await until(pilot, lambda: "has the same INN" in shown_text(app))
        assert here(app) == "inn"
        assert {name: entry.text for name, entry in screen.form.typed().items()} == {
            "inn": "7707083893",
            "source": "expo",
        }
        await replace_with(pilot, "")
        await save(pilot, app)
        await until(pilot, lambda: not screen.form.is_editing)
        assert Client.get_by_id(1).source == "expo"


async def test_dates_flags_and_choices_take_short_forms(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, LICENCE, "maintenance_until")
        await pilot.press("plus", "3", "d", "enter")
        await until(pilot, lambda: "2026-11-26" in shown_text(app))
        await go_to(pilot, app, "state")
        await pilot.press("space")
        await until(pilot, lambda: "reserved" in shown_text(app))
        await pilot.press("down", "down", "enter")
        await save(pilot, app)
        await until(pilot, lambda: Licence.get_by_id(1).version == 2)
        licence = Licence.get_by_id(1)
        assert (str(licence.maintenance_until), licence.state) == ("2026-11-26", "suspended")


async def test_a_reference_is_picked_by_typing_any_part_of_the_name(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, LICENCE, "client")
        await type_text(pilot, "hwin")
        await until(pilot, lambda: isinstance(app.focused, PickInput) and app.focused.is_open)
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == "end_user")
        assert "Northwind Traders" in shown_text(app)
        await save(pilot, app)
        await until(pilot, lambda: Licence.get_by_id(1).client_id == 3)


async def test_enter_pressed_before_the_answer_takes_the_best_one_when_it_comes(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, LICENCE, "client")
        assert isinstance(app.focused, Input)
        app.focused.value = "northwind"
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == "end_user")
        await until(pilot, lambda: screen.form.typed()["client"].picked == 3)


async def test_what_was_typed_is_picked_also_when_the_operator_is_back_before_the_answer(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, LICENCE, "client")
        assert isinstance(app.focused, PickInput)
        app.focused.value = "northwind"
        await press_at_once(pilot, "tab", "shift+tab")
        await until(pilot, lambda: screen.form.typed()["client"].picked == 3)
        assert here(app) == "client"
        assert not app.focused.is_open


async def test_a_name_that_was_not_picked_is_not_taken_for_a_record(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, LICENCE, "client")
        await type_text(pilot, "zzzz")
        await until(pilot, lambda: isinstance(app.focused, PickInput) and app.focused.is_open)
        await pilot.press("tab", "ctrl+s")
        await until(pilot, lambda: "is not picked yet" in shown_text(app))
        assert here(app) == "client"


async def test_esc_closes_the_list_before_it_leaves_the_form(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, LICENCE, "state")
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.focused, PickInput) and app.focused.is_open)
        await pilot.press("escape")
        assert screen.form.is_editing
        await pilot.press("escape")
        await until(pilot, lambda: not screen.form.is_editing)


async def test_a_record_for_a_reference_is_made_on_the_way(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        first = await edited(pilot, app, ROMASHKA, "group")
        await type_text(pilot, "flora")
        await until(pilot, lambda: "make a new one: flora" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not first and here(app) == "name")
        await save(pilot, app)
        await until(pilot, lambda: app.screen is first)
        await until(pilot, lambda: first.form.typed().get("group") is not None)
        await save(pilot, app)
        await until(pilot, lambda: Client.get_by_id(1).group_id is not None)
        assert ClientGroup.get_by_id(Client.get_by_id(1).group_id).name == "flora"


async def test_several_lines_and_several_texts_are_typed_as_they_are_read(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "tags")
        await type_text(pilot, "vip")
        await pilot.press("comma", *"gov")
        await go_to(pilot, app, "note")
        await pilot.press(*"one", "enter", *"two")
        await save(pilot, app)
        await until(pilot, lambda: not screen.form.is_editing)
        await until(pilot, lambda: screen.record.card is not None and screen.record.card.version == 2)
        assert screen.record.card is not None
        assert screen.record.card.values["tags"] == ("vip", "gov")
        assert screen.record.card.values["note"] == "one\ntwo"


async def test_esc_asks_before_it_discards_and_the_safe_answer_has_the_focus(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await pilot.pause()
        assert screen.form.typed()["source"].text == "expo"
        await pilot.press("escape", "y")
        await until(pilot, lambda: not screen.form.is_editing)
        assert app.screen is screen
        assert Client.get_by_id(1).version == 1


async def test_a_card_with_typed_text_is_not_left_for_another_record(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "source")
        await type_text(pilot, "expo")
        app.open_record(KEY)
        await pilot.pause()
        assert app.screen is screen


async def test_money_is_typed_with_spaces_and_comma(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await edited(pilot, app, RecordRef("product", 1), "price")
        await type_text(pilot, "1 250")
        await pilot.press("comma", "5", "0")
        await save(pilot, app)
        await until(pilot, lambda: not screen.form.is_editing)
        assert str(Product.get_by_id(1).price) == "1250.50"


async def test_another_operator_may_not_be_lost_behind_a_reference(program: Program, anna: Actor) -> None:
    """Two clients of one name are told apart by what stands beside the name."""
    add_client(anna, {"name": "Northwind Traders", "inn": "7707083893"})
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await edited(pilot, app, LICENCE, "client")
        await type_text(pilot, "northwind")
        await until(pilot, lambda: shown_text(app).count("Northwind Traders") >= 2)
        assert "7707083893" in shown_text(app)


async def test_keys_that_arrive_all_at_once_land_in_their_fields(program: Program) -> None:
    """Over a slow line a burst of keys is read together; none may overtake the tab or the e before it."""
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, KEY)
        for key in ("e", "end", "u", "x", "tab", "z", "tab", *"нано", "tab", "r", "e", "d"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: "colour" in screen.form.typed() and screen.form.typed()["colour"].text == "red")
        await until(pilot, lambda: screen.form.typed()["vendor"].picked == 2)
        typed = {name: entry.text for name, entry in screen.form.typed().items()}
        assert typed == {
            "number": "0A1F-4433ux",
            "model": "HASP HL Proz",
            "vendor": "Нанософт",
            "colour": "red",
        }
        assert ProtectionKey.get_by_id(1).version == 1
