"""Picking a record by typing: what is offered, and what enter takes, however fast it is pressed."""

from __future__ import annotations

from textual.app import App
from textual.widgets import OptionList

from screens.kit.gateway import Gateway
from screens.kit.record_picker import RecordPicker
from screens.kit.reference_input import Candidate
from tests.screens.kit.table_app import Gate, no_connection
from tests.screens.small_company import until

RECORDS: list[Candidate] = [(1, "Ромашка", "INN 1"), (2, "Вектор", ""), (3, "[red]Лютик[/x]", "")]
NOTHING_YET = (0, "", "")


class Asking(App[None]):
    """Shows the window and keeps its answer; nothing is found before the gate is open."""

    def __init__(self, first: tuple[Candidate, ...] = ()) -> None:
        super().__init__()
        self.gate = Gate()
        self.gate.open()
        self.gateway = Gateway(no_connection, lambda error: None)
        self.answer: Candidate | None = NOTHING_YET
        self._first = first

    def on_mount(self) -> None:
        picker = RecordPicker("Pick", self.gateway, self._find, prompt="For one", first=self._first)
        self.push_screen(picker, self._take)

    def on_unmount(self) -> None:
        self.gate.open()
        self.gateway.close()

    def _find(self, text: str) -> list[Candidate]:
        self.gate()
        return [one for one in RECORDS if text.casefold() in one[1].casefold()]

    def _take(self, answer: Candidate | None) -> None:
        self.answer = answer

    def offered(self) -> list[str]:
        return [str(option.prompt) for option in self.screen.query_one(OptionList).options]


async def test_what_is_likely_stands_first_and_once() -> None:
    app = Asking(first=((2, "Вектор", "because"),))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.offered() == ["Вектор  because", "Ромашка  INN 1", "[red]Лютик[/x]"])
        await pilot.press("enter")
        assert app.answer == (2, "Вектор", "because")


async def test_typing_narrows_and_the_cursor_picks() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"т")
        await until(pilot, lambda: app.offered() == ["Вектор", "[red]Лютик[/x]"])
        await pilot.press("down", "enter")
        assert app.answer == RECORDS[2]


async def test_enter_before_the_answer_takes_the_best_one_when_it_comes() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app.offered()) == 3)
        app.gate.close()
        await pilot.press(*"век", "enter")
        assert app.answer == NOTHING_YET
        app.gate.open()
        await until(pilot, lambda: app.answer == RECORDS[1])


async def test_esc_picks_nothing_and_what_is_unknown_is_said_to_be() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"zzz")
        await until(pilot, lambda: app.offered() == [])
        await pilot.press("enter", "escape")
        assert app.answer is None
