"""The files of a record by key presses: attached by a typed path, saved to disk, removed and brought back."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from models.actor import Actor
from models.files.actions import attach_file
from models.files.queries import files_of
from models.kinds import RecordRef
from screens.card import CardScreen
from screens.files import FilesScreen
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import Confirm
from tests.screens.small_company import Program, shown_rows, shown_text, until
from tests.screens.test_card import KEY, ROMASHKA, opened


async def test_a_file_is_attached_by_a_pasted_path_and_counted_on_the_card(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "договор.pdf"
    path.write_bytes(b"%PDF")
    app = program("clients")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("F")
        await until(pilot, lambda: "n attaches the first one." in shown_text(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        app.screen.query_one(Input).value = f"'{path}'"
        await pilot.press("enter")
        await until(pilot, lambda: any("договор.pdf" in row for row in shown_rows(app)))
        assert [line.size for line in files_of(ROMASHKA)] == [4]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and "1 file" in shown_text(app))


async def test_marked_files_are_saved_where_the_operator_says(program: Program, anna: Actor, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        attach_file(anna, KEY, name, name.encode())
    app = program("keys")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FilesScreen) and len(shown_rows(app)) == 3)
        await pilot.press("space", "space", "w")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        app.screen.query_one(Input).value = str(tmp_path / "nowhere")
        await pilot.press("enter")
        await until(pilot, lambda: "There is no folder" in shown_text(app))
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: "2 files saved to" in shown_text(app))
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.txt")} == {"b.txt": b"b.txt", "c.txt": b"c.txt"}
    assert stat.S_IMODE((tmp_path / "b.txt").stat().st_mode) == 0o600


async def test_a_file_is_removed_after_a_question_and_u_brings_it_back(program: Program, anna: Actor) -> None:
    attach_file(anna, KEY, "a.txt", b"x")
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FilesScreen) and len(shown_rows(app)) == 1)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not shown_rows(app) or "No files" in shown_text(app))
        await pilot.press("u")
        await until(pilot, lambda: any("a.txt" in row for row in shown_rows(app)))


async def test_a_file_has_a_card_where_it_is_renamed_and_what_it_is_on_is_opened(program: Program, anna: Actor) -> None:
    number = attach_file(anna, ROMASHKA, "scan.png", b"x")
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, RecordRef("file", number))
        assert screen.check_action("files", ()) is False
        text = shown_text(app)
        assert "client: ООО «Ромашка»" in text and "image/png" in text
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref == ROMASHKA)


async def test_an_auditor_sees_files_and_attaches_none(program: Program, anna: Actor) -> None:
    attach_file(anna, KEY, "a.txt", b"x")
    auditor = Actor("zhanna", "Zhanna", None, frozenset({"look_up", "read"}), "test")
    app = program("keys", actor=auditor)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FilesScreen) and len(shown_rows(app)) == 1)
        assert app.screen.check_action("attach", ()) is None
        assert app.screen.check_action("save_to_disk", ()) is True


@pytest.mark.parametrize("name", ["[/x] [red]\x1b[2J\u202e.txt"])
async def test_hostile_names_are_shown_harmless(program: Program, anna: Actor, name: str) -> None:
    attach_file(anna, KEY, name, b"x", "note [/y]\nof two lines")
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, KEY)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, FilesScreen) and len(shown_rows(app)) == 1)
        text = shown_text(app)
        assert "[red]" in text and "[/y]" in text
        assert "\x1b" not in text and "\u202e" not in text
