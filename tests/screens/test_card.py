"""The card of a record by key presses: read, walked, its lists, links, copying, what others change."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.clients.actions import add_person, edit_client
from models.clients.tables import Client
from models.kinds import RecordRef
from models.language import use_language
from models.undo import undo
from screens.card import CardScreen
from screens.card_tabs import CardTabs
from screens.kit.dialogs import Tell
from screens.kit.list_head import ListHead
from tests.screens.small_company import Program, shown_rows, shown_text, until
from tui.app import TurboFly

SIZES = [(80, 24), (120, 40)]
ROMASHKA = RecordRef("client", 1)
KEY = RecordRef("key", 1)


def card(app: TurboFly) -> CardScreen:
    assert isinstance(app.screen, CardScreen)
    return app.screen


async def opened(pilot: Pilot[None], app: TurboFly, ref: RecordRef) -> CardScreen:
    """Open a card and wait until it is read."""
    app.open_record(ref)
    await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.record.card is not None)
    await pilot.pause()
    return card(app)


async def turned_to(pilot: Pilot[None], app: TurboFly, tab: str) -> None:
    """Go on by the bracket until this list is shown."""
    tabs = card(app).query_one(CardTabs)
    for _step in range(12):
        if tabs.open_tab == tab:
            break
        await pilot.press("right_square_bracket")
    assert tabs.open_tab == tab


def tab_counts(app: TurboFly) -> dict[str, int | None]:
    return {tab.id: tab.count for tab in card(app).query_one(ListHead).facts.tabs}


@pytest.mark.parametrize("size", SIZES)
async def test_a_card_shows_fields_and_the_first_list_together(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, ROMASHKA)
        await until(pilot, lambda: any("GS-100001" in row for row in shown_rows(app)))
        await until(pilot, lambda: "Timeline 3" in shown_text(app))
        text = shown_text(app)
        assert "Client  ООО «Ромашка»   client" in text
        assert "Legal name" in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_kind_of_record_has_a_card(program: Program, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        for kind in ("client", "person", "vendor", "product", "key", "licence", "instance", "operator", "company"):
            screen = await opened(pilot, app, RecordRef(kind, 1))
            assert screen.record.title
            assert screen.record.title in shown_text(app)


async def test_the_lists_are_switched_by_brackets_and_under_the_other_layout(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await turned_to(pilot, app, "licences")
        await until(pilot, lambda: [row.split()[0] for row in shown_rows(app)] == ["GS-100001", "GS-100002"])
        await pilot.press("ъ")
        await until(pilot, lambda: [row.split()[0] for row in shown_rows(app)] == ["0A1F-4433"])
        await pilot.press(*["х"] * 3, *["left_square_bracket"] * 6)
        await until(pilot, lambda: any("made" in row for row in shown_rows(app)))


async def test_the_column_that_points_back_to_the_card_is_left_out(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await turned_to(pilot, app, "licences")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        assert not any("Ромашка" in row for row in shown_rows(app))


async def test_enter_on_a_row_opens_its_card_and_esc_comes_back(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        first = await opened(pilot, app, ROMASHKA)
        await turned_to(pilot, app, "people")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.screen is not first and card(app).record.title == "Фокин Сергей")
        await pilot.press("escape")
        assert app.screen is first


async def test_enter_on_a_reference_opens_the_record_it_points_to(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("j", "j", "j", "enter")
        await until(pilot, lambda: card(app).ref == ROMASHKA)


async def test_enter_on_a_field_that_is_no_reference_does_nothing(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, KEY)
        assert screen.form.check_action("open", ()) is False
        await pilot.press("enter")
        assert app.screen is screen


async def test_a_value_and_the_whole_card_are_copied(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard == "0A1F-4433"
        await pilot.press("Y")
        await pilot.pause()
        assert app.clipboard.splitlines() == [
            "Number: 0A1F-4433",
            "Model: HASP HL Pro",
            "Owner: ООО «Ромашка»",
            "State: issued",
        ]


async def test_tab_goes_between_the_fields_and_the_list(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        places = [app.focused]
        for key in ("tab", "shift+tab"):
            await pilot.press(key)
            places.append(app.focused)
        assert places == [screen.form, screen.query_one(CardTabs).table, screen.form]


async def test_what_another_changes_appears_by_itself(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        await turned_to(pilot, app, "people")
        await until(pilot, lambda: tab_counts(app)["people"] == 1)
        edit_client(boris, 1, screen.version, {"source": "выставка", "name": "ООО «Лютик»"})
        add_person(boris, {"name": "Акимова Вера", "client": 1})
        await until(pilot, lambda: tab_counts(app)["people"] == 2 and len(shown_rows(app)) == 2)
        await until(pilot, lambda: "выставка" in shown_text(app) and "Client  ООО «Лютик»" in shown_text(app))


async def test_the_history_tells_who_changed_what_from_what_to_what(program: Program, boris: Actor) -> None:
    edit_client(boris, 1, 1, {"source": "выставка", "phones": ("+7 495 123-45-67",)})
    app = program("clients")
    async with app.run_test(size=(160, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        newest, oldest = shown_rows(app)
        assert "boris" in newest
        assert "Source: · → выставка" in newest
        assert "anna" in oldest and "made" in oldest
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, Tell))
        assert "phone: (empty) → +7 495 123-45-67" in shown_text(app)


async def test_a_record_that_is_gone_is_said_to_be_gone(program: Program, boris: Actor) -> None:
    person = add_person(boris, {"name": "Акимова Вера", "client": 1})
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, RecordRef("person", person))
        from models.undo import last_change

        change = last_change(boris)
        assert change is not None
        undo(boris, change)
        await until(pilot, lambda: "This record does not exist any more." in shown_text(app))


async def test_an_auditor_cannot_edit_and_the_keys_say_so(program: Program, anna: Actor) -> None:
    auditor = Actor("zhanna", "Zhanna", None, frozenset({"look_up", "read"}), "test")
    app = program("clients", actor=auditor)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        assert screen.check_action("edit", ()) is None
        assert screen.check_action("new", ()) is False
        await pilot.press("e")
        await pilot.pause()
        assert not screen.form.is_editing


async def test_what_a_role_may_not_see_is_not_on_the_card(program: Program, anna: Actor, boris: Actor) -> None:
    app = program("clients", actor=boris)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, RecordRef("product", 1))
        assert "Purchase cost" not in shown_text(app)
    app = program("clients", actor=anna)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, RecordRef("product", 1))
        assert "Purchase cost" in shown_text(app)


async def test_hostile_data_is_shown_harmless(program: Program, anna: Actor) -> None:
    Client.update(name="[/x] [red]\x1b[2J\u202e", note="a\x1b]0;owned\x07\nb").where(Client.id == 1).execute()
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        text = shown_text(app)
        assert "[/x] [red]" in text
        assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text


async def test_the_card_speaks_the_language_that_is_switched_to(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, ROMASHKA)
        before = shown_text(app)
        await pilot.press("f8")
        await until(pilot, lambda: shown_text(app) != before)
        use_language("en")


async def test_a_smaller_terminal_puts_the_lists_below_the_fields(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        tabs = screen.query_one(CardTabs)
        assert tabs.region.x > 40
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: tabs.region.x == 0)
        assert tabs.table.size.height >= 8
