"""Reading a message: what is seen of it, its thread, what is taken out of it, all by keys."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from models.kinds import RecordRef
from models.mail.tables import Message
from screens.card import CardScreen
from screens.kit.text_view import TextView
from screens.message import MessageScreen
from screens.message_source import SourceScreen
from tests.screens.mail.letters import LETTERS
from tests.screens.small_company import Program, shown_text, type_text, until
from tui.app import TurboFly

NARROW, WIDE = (80, 24), (120, 40)


def id_of(name: str) -> int:
    """The message of a number among the letters."""
    return int(Message.get(Message.message_id == f"{name}@letters").id)


async def opened(app: TurboFly, pilot: Pilot[None], message_id: int) -> MessageScreen:
    """The message, read."""
    app.open_record(RecordRef("message", message_id))
    await until(pilot, lambda: isinstance(app.screen, MessageScreen) and "filing" in shown_state(app))
    screen = app.screen
    assert isinstance(screen, MessageScreen)
    return screen


def shown_state(app: TurboFly) -> str:
    """Says “filing” as soon as all is read."""
    screen = app.screen
    assert isinstance(screen, MessageScreen)
    return "filing" if screen.filing is not None and screen.query_one(TextView).rows else ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1", ["Запрос на 12 лицензий", "Фокин Сергей <fokin@romashka-tula.ru>", "Просим прислать коммерческое"]),
        ("3", ["Re: Запрос на 12 лицензий", "Спасибо, согласовано. Ждём счёт."]),
        ("4", ["Акт сверки за февраль", "Бухгалтерия <buh@vektor-plus.ru>", "Высылаем акт сверки", "«Вектор плюс»"]),
    ],
    ids=["koi8-r", "utf-8", "windows-1251"],
)
async def test_russian_letters_are_right_in_every_character_set(
    number: str, expected: list[str], program: Program
) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot, id_of(number))
        assert [text for text in expected if text not in shown_text(app)] == []


async def test_headers_attachments_and_links_are_listed_and_quotations_folded_until_z(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, id_of("2"))
        text = shown_text(app)
        assert "1. Предложение 12.pdf" in text
        assert "2. ../../цены.csv → цены.csv" in text
        assert "… 7 quoted lines, z shows them" in text
        assert "Просим прислать" not in text
        await pilot.press("z")
        await until(pilot, lambda: "Просим прислать" in shown_text(app))
        app.screen.query_one(TextView).action_go_to_end()
        await until(pilot, lambda: "[1] https://romashka-tula.ru/zakupki?id=12" in shown_text(app))


async def test_the_thread_stands_beside_the_text_and_is_walked_in_place(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(app, pilot, id_of("1"))
        await until(pilot, lambda: screen.thread.display and screen.thread.total == 3)
        assert "message 1 of 3" in shown_text(app)
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "message 2 of 3" in shown_text(app))
        assert screen.ref.id == id_of("2")
        await until(pilot, lambda: screen.thread.cursor_id == id_of("2"))
        await pilot.press("tab", "end", "enter")
        await until(pilot, lambda: "message 3 of 3" in shown_text(app))
        await pilot.press("right_square_bracket", "left_square_bracket", "left_square_bracket", "v")
        await until(pilot, lambda: "message 1 of 3" in shown_text(app) and not screen.thread.display)
        await pilot.press("escape")
        assert not isinstance(app.screen, MessageScreen)


async def test_on_a_narrow_screen_the_thread_comes_by_a_key(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(app, pilot, id_of("1"))
        assert not screen.thread.display
        await pilot.press("v")
        await until(pilot, lambda: screen.thread.display and screen.thread.total == 3)
        assert screen.thread.region.y > screen.text.region.y


async def test_the_source_is_shown_as_it_came_and_the_original_saved_byte_for_byte(
    program: Program, tmp_path: Path
) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(app, pilot, id_of("1"))
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, SourceScreen) and "lines" in shown_text(app))
        assert "Content-Type: text/plain; charset=koi8-r" in shown_text(app)
        assert "Subject: Запрос на 12 лицензий" in shown_text(app)
        await pilot.press("escape", "F")
        await save_to(app, pilot, tmp_path / "one.eml")
        assert (tmp_path / "one.eml").read_bytes() == LETTERS[0]
        assert app.screen is screen


async def test_an_attachment_is_saved_under_a_safe_name_for_its_operator_alone(
    program: Program, tmp_path: Path
) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot, id_of("2"))
        await pilot.press("w", "down", "enter")
        await save_to(app, pilot, tmp_path)
        saved = tmp_path / "цены.csv"
        assert saved.read_bytes() == b"a;b\n"
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600


async def save_to(app: TurboFly, pilot: Pilot[None], place: Path) -> None:
    """Answer the question where to, and wait until it is there."""
    await until(pilot, lambda: app.screen.is_modal and bool(app.screen.query(Input)))
    entry = app.screen.query_one(Input)
    entry.value = f"{place}"
    await pilot.press("enter")
    await until(pilot, lambda: any(one.message.startswith("Saved: ") for one in app._notifications))


async def test_a_link_is_copied_by_its_number_and_never_opened(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot, id_of("1"))
        await pilot.press("y")
        await type_text(pilot, "2] http")
        await pilot.press("enter")
        await until(pilot, lambda: app.clipboard == "http://example.com/tender")


async def test_a_word_is_found_in_the_text(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(app, pilot, id_of("1"))
        await pilot.press("slash")
        await until(pilot, lambda: app.screen.is_modal)
        app.screen.query_one(Input).value = "уважением"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and screen.text._found_line is not None)
        await pilot.press("f3")
        app.screen.query_one(TextView).find("нет такого")
        await until(pilot, lambda: any("does not stand here" in one.message for one in app._notifications))


async def test_what_is_broken_says_so_and_shows_nothing_that_it_should_not(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        broken = Message.get(Message.state != "whole")
        await opened(app, pilot, broken.id)
        text = shown_text(app)
        assert "! The message has no headers." in text
        assert "\x1b" not in text
        assert "[red]text[/x]" in text


async def test_client_and_person_of_a_message_are_a_key_away(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await opened(app, pilot, id_of("5"))
        assert "Northwind Traders  (by the domain)" in shown_text(app)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref.kind == "client")
        await pilot.press("alt+left")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))
