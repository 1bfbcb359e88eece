"""The lists of a section by key presses: filter, tabs, marks, columns, copying, what others change."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from models.actor import Actor
from models.clients.actions import edit_client
from models.clients.tables import Client
from models.keys.tables import ProtectionKey
from screens.keys import Keys
from screens.kit.filter_line import FilterInput, FilterLine
from screens.kit.list_head import ListHead
from screens.list_memory import ListMemory
from screens.list_pane import ListPane
from screens.list_screen import ListScreen
from screens.preview import Preview
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly


def pane(app: TurboFly) -> ListPane:
    assert isinstance(app.screen, ListScreen)
    found = app.screen.pane
    assert found is not None
    return found


def head(app: TurboFly) -> dict[str, int | None]:
    return {tab.id: tab.count for tab in app.screen.query_one(ListHead).facts.tabs}


def hint(app: TurboFly) -> str:
    return str(app.screen.query_one(FilterLine).query_one(".filter--hint", Static).visual)


async def test_the_keys_and_the_counts_of_all_lists_are_shown(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(
            pilot, lambda: head(app) == {"keys": 4, "licences": 5, "instances": 3, "renewals": None, "pools": None}
        )
        assert [row.split()[0] for row in shown_rows(app)] == ["0A1F-4433", "0A1F-4434", "0B77-0001", "0C11-9000"]


async def test_each_key_typed_into_the_filter_narrows_the_list(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "0a1")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await type_text(pilot, "f 4434")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        assert "Вектор" in shown_rows(app)[0]
        await until(pilot, lambda: head(app)["keys"] == 1)


async def test_a_filter_by_field_takes_the_letters_that_are_keys_elsewhere(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "state:")
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await type_text(pilot, "lent")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        assert shown_rows(app)[0].startswith("0C11-9000")


async def test_esc_leaves_the_filter_and_then_nothing_is_left_to_leave(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "0C11")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        await pilot.press("enter")
        assert app.focused is pane(app).table
        await pilot.press("escape")
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        assert pane(app).filter_text == ""
        assert pane(app).step_back() is False


async def test_a_text_that_is_no_filter_says_why_and_leaves_the_list(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "state:zebra")
        await until(pilot, lambda: "zebra" in hint(app))
        await until(pilot, lambda: app.screen.query_one(FilterLine).has_class("-faulty"))
        assert shown_rows(app)


async def test_cyrillic_look_alikes_in_a_number_find_it_and_one_key_repairs_them(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "0А1")  # the second letter is Cyrillic
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        assert "ctrl+l" in hint(app)
        await pilot.press("ctrl+l")
        assert app.screen.query_one(FilterInput).value == "0A1"


async def test_tab_completes_the_field_and_its_value(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "sta")
        await pilot.press("tab")
        assert app.screen.query_one(FilterInput).value == "state:"
        await type_text(pilot, "le")
        await pilot.press("tab")
        await until(pilot, lambda: len(shown_rows(app)) == 1)


async def test_each_list_keeps_its_filter_and_cursor_when_another_is_shown(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "0A1F")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("enter", "down")
        cursor = pane(app).table.cursor_id
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: pane(app).view.name == "licences" and len(shown_rows(app)) == 5)
        assert app.focused is pane(app).table
        await pilot.press("2", "5", "left_square_bracket")
        await until(pilot, lambda: pane(app).view.name == "keys")
        assert (pane(app).filter_text, pane(app).table.cursor_id) == ("0A1F", cursor)


async def test_what_another_operator_changes_appears_by_itself(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 5)
        await pilot.press("down", "down")
        cursor = pane(app).table.cursor_id
        client = Client.get(Client.name == "Northwind Traders")
        edit_client(boris, client.id, client.version, {"name": "Aardvark Traders"})
        await until(pilot, lambda: any("Aardvark" in row for row in shown_rows(app)))
        assert pane(app).table.cursor_id == cursor


async def test_an_operator_without_the_right_is_not_offered_new_records(program: Program, boris: Actor) -> None:
    app = program("keys", actor=boris)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        assert "n" not in app.screen.active_bindings
        await pilot.press("2")
        await until(pilot, lambda: len(shown_rows(app)) == 5)
        assert "n" in app.screen.active_bindings


async def test_a_field_is_set_on_all_marked_records_and_undone_at_once(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("space", "space", "e")
        await type_text(pilot, "colour")
        await pilot.press("enter")
        await type_text(pilot, "red")
        await pilot.press("enter", "y")
        await until(pilot, lambda: _colours() == ["red", "red", "", ""])
        await pilot.press("u")
        await until(pilot, lambda: _colours() == ["", "", "", ""])


def _colours() -> list[str]:
    return [key.colour for key in ProtectionKey.select().order_by(ProtectionKey.number)]


async def test_the_chosen_columns_are_shown_and_kept(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("c", "down", "space", "shift+up", "enter")
        await until(pilot, lambda: "HASP" not in shown_rows(app)[0])
    assert "model" not in (ListMemory().columns("keys") or ())


async def test_a_filter_is_kept_under_a_name_and_picked_again(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "state:lent")
        await pilot.press("enter", "f2")
        await type_text(pilot, "out of the house")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("f", "enter")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
    assert ListMemory().filters("keys") == {"out of the house": "state:lent"}


async def test_the_preview_shows_the_record_under_the_cursor_where_there_is_room(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("v")
        await until(pilot, lambda: "ООО «Ромашка»" in _preview(app))
        await pilot.press("down")
        await until(pilot, lambda: "Вектор" in _preview(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.screen.query(Preview))


def _preview(app: TurboFly) -> str:
    return "".join(str(part.visual) for part in app.screen.query("Preview Static").results(Static))


async def test_the_cell_under_the_cursor_is_copied(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard == "0A1F-4433")


async def test_an_empty_list_says_how_the_first_record_is_made(program: Program) -> None:
    from models.clients.tables import Person, Phone

    Phone.delete().execute()
    Person.delete().execute()
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "n makes the first one." in shown_text(app))


async def test_a_section_keeps_its_screen(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        first = app.screen
        assert isinstance(first, Keys)
        await pilot.press("2", "5")
        assert app.screen is first


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_tabs_fit_the_line(program: Program, size: tuple[int, int]) -> None:
    app = program("company")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: None not in [head(app)[name] for name in ("products", "vendors", "operators")])
        assert "Settings" in shown_text(app).splitlines()[1]
