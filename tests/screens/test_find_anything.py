"""The find-anything box: records as they are typed, commands by name, opening, copying, going on where one was."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Input, OptionList

from models.actor import Actor
from models.search.anything import Answer, find_anything
from screens.card import CardScreen
from screens.find_anything import FindAnything
from screens.kit.help import Help
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly


def answers(app: TurboFly) -> list[str]:
    if not isinstance(app.screen, FindAnything) or not app.screen.query(OptionList):
        return []
    return [" ".join(str(option.prompt).split()) for option in app.screen.query_one(OptionList).options]


async def test_a_fragment_finds_keys_and_licences_with_the_chain_of_their_owners(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "0c11")
        await until(pilot, lambda: bool(answers(app)) and "Northwind" in answers(app)[0])
        assert answers(app)[0].startswith("key 0C11-9000 ← Northwind Traders")
        await pilot.press("backspace", "backspace", "backspace", "backspace")
        await type_text(pilot, "7f3a-01")
        await until(pilot, lambda: bool(answers(app)) and answers(app)[0].startswith("licence NC-7F3A-01"))
        assert "← 0C11-9000 ← Northwind Traders" in answers(app)[0]


async def test_answers_change_with_each_key_typed(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("colon")
        await type_text(pilot, "0a1f443")
        await until(pilot, lambda: sum(one.startswith("key") for one in answers(app)) == 2)
        await type_text(pilot, "4")
        await until(pilot, lambda: sum(one.startswith("key") for one in answers(app)) == 1)


async def test_enter_opens_the_record(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "вектор")
        await until(pilot, lambda: bool(answers(app)) and "Вектор" in answers(app)[0])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref.kind == "client")


async def test_a_command_is_found_by_its_name_and_run_on_the_screen_below(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("ctrl+k")
        await type_text(pilot, "go to cl")
        await until(pilot, lambda: any("Go to Clients" in one for one in answers(app)))
        await pilot.press("enter")
        await until(pilot, lambda: len(shown_rows(app)) == 5)
        await pilot.press("ctrl+k")
        await type_text(pilot, "help")
        await until(pilot, lambda: any(one.startswith("command Help") for one in answers(app)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Help))


async def test_the_number_under_the_cursor_is_copied(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "0b77")
        await until(pilot, lambda: len(answers(app)) == 1)
        await pilot.press("ctrl+y")
        assert app.clipboard == "0B77-0001"


async def test_the_last_query_is_there_again(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "ромашка")
        await pilot.press("escape", "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, FindAnything) and len(answers(app)) > 1)
        assert app.screen.query_one(Input).value == "ромашка"
        await type_text(pilot, "0b77")
        assert app.screen.query_one(Input).value == "0b77"


async def test_what_matches_nothing_is_said(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "zzzzqq")
        await until(pilot, lambda: "Nothing is called “zzzzqq”" in shown_text(app))


async def test_nobody_is_told_that_there_is_nothing_while_it_is_looked_for(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(text: str) -> list[Answer]:
        go_on.wait(20)
        return find_anything(text)

    monkeypatch.setattr("screens.find_anything.find_anything", slowly)
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.press("ctrl+k")
            await type_text(pilot, "вектор")
            await until(pilot, lambda: "reading …" in shown_text(app))
            assert "Nothing is called" not in shown_text(app)
        finally:
            go_on.set()
        await until(pilot, lambda: bool(answers(app)) and "Вектор" in answers(app)[0])
        assert "reading …" not in shown_text(app)


async def test_only_what_the_operator_may_do_is_offered(program: Program, boris: Actor) -> None:
    app = program("keys", actor=boris)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "new")
        await until(pilot, lambda: any("New: client" in one for one in answers(app)))
        assert not any("New: operator" in one or "New: protection key" in one for one in answers(app))
