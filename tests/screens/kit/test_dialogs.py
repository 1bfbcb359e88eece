"""The small windows: what they answer to the keys that an operator presses."""

import html
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static

from models.errors import RuleBroken
from screens.kit.dialogs import AskText, Confirm, PickOne, Tell

NOTHING_YET = object()
HOSTILE = "[/x] [red]\x1b[2J"


class Asking(App[None]):
    """Shows one window and keeps its answer."""

    def __init__(self, dialog: Screen[Any]) -> None:
        super().__init__()
        self._dialog = dialog
        self.answer: object = NOTHING_YET

    def on_mount(self) -> None:
        self.push_screen(self._dialog, self._take)

    def _take(self, answer: object) -> None:
        self.answer = answer


async def answer_of(dialog: Screen[Any], *keys: str) -> object:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return app.answer


def a_question() -> Confirm:
    return Confirm("Delete", "Delete the key 0A1F-4433?", yes="Delete it", no="Keep it")


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], False),
        (["escape"], False),
        (["n"], False),
        (["y"], True),
        (["right", "enter"], True),
        (["tab", "enter"], True),
    ],
)
async def test_a_question_is_answered_and_enter_alone_changes_nothing(keys: list[str], answer: bool) -> None:
    assert await answer_of(a_question(), *keys) is answer


async def test_the_answer_that_changes_nothing_has_the_focus() -> None:
    app = Asking(a_question())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.focused, Button)
        assert str(app.focused.label) == "Keep it"


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_message_is_read_and_gone(key: str) -> None:
    assert await answer_of(Tell("Saved", "The client was saved."), key) is None


async def test_a_line_of_text_is_asked_for() -> None:
    assert await answer_of(AskText("Name", "Name of the filter"), *"old", "enter") == "old"


async def test_escape_gives_no_text() -> None:
    assert await answer_of(AskText("Name", "Name of the filter"), *"old", "escape") is None


async def test_a_text_that_breaks_a_rule_is_refused_with_the_reason_and_kept() -> None:
    def check(text: str) -> None:
        if " " in text:
            raise RuleBroken("name", "A name has no spaces.")

    app = Asking(AskText("Name", "Name of the filter", check=check))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "space", "b", "enter")
        await pilot.pause()
        assert app.answer is NOTHING_YET
        assert "A name has no spaces." in str(app.screen.query_one(".dialog--fault", Static).content)
        await pilot.press("backspace", "backspace", "enter")
        await pilot.pause()
        assert app.answer == "a"


CITIES = [(1, "Москва"), (2, "Казань"), (3, "Тверь")]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [(["enter"], 1), (["down", "enter"], 2), ([*"тв", "enter"], 3), ([*"zz", "enter", "escape"], None)],
)
async def test_one_of_several_is_picked_by_moving_or_typing(keys: list[str], answer: int | None) -> None:
    assert await answer_of(PickOne("City", CITIES), *keys) == answer


async def test_typing_narrows_the_list_down() -> None:
    app = Asking(PickOne("City", CITIES))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"каз")
        await pilot.pause()
        assert app.screen.query_one(OptionList).option_count == 1


@pytest.mark.parametrize(
    "dialog",
    [
        Confirm(HOSTILE, HOSTILE, yes=HOSTILE, no=HOSTILE),
        Tell(HOSTILE, HOSTILE),
        AskText(HOSTILE, HOSTILE, value="x"),
        PickOne(HOSTILE, [(1, HOSTILE)]),
    ],
    ids=lambda dialog: type(dialog).__name__,
)
async def test_hostile_text_is_shown_as_it_is(dialog: Screen[Any]) -> None:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[/x] [red]" in await drawn(pilot)


async def drawn(pilot: Pilot[None]) -> str:
    await pilot.pause()
    return html.unescape(pilot.app.export_screenshot()).replace("\u00a0", " ")
