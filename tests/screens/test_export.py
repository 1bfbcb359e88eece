"""Writing a list to a file: all that is filtered, or what is marked; never over a file unasked."""

from __future__ import annotations

from pathlib import Path

from models.actor import Actor
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until


async def test_what_the_filter_finds_is_written(program: Program, tmp_path: Path) -> None:
    app = program("keys")
    file = tmp_path / "keys.csv"
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("slash")
        await type_text(pilot, "0A1F")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("enter", "x", "ctrl+u")
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await until(pilot, lambda: "2 rows written" in shown_text(app))
    assert [line.split(",")[0] for line in file.read_text("utf-8-sig").splitlines()] == [
        "Number", "0A1F-4433", "0A1F-4434",
    ]  # fmt: skip


async def test_marked_records_are_written_and_the_last_export_is_repeated_with_others(
    program: Program, tmp_path: Path
) -> None:
    app = program("keys")
    file = tmp_path / "some.csv"
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("end", "space", "x", "ctrl+u")
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await until(pilot, lambda: file.exists() and "0C11-9000" in file.read_text("utf-8-sig"))
        await pilot.press("home", "space", "r")
        await until(pilot, lambda: "0A1F-4433" in file.read_text("utf-8-sig"))
    assert len(file.read_text("utf-8-sig").splitlines()) == 3


async def test_a_file_that_is_there_is_replaced_only_when_the_operator_says_so(
    program: Program, tmp_path: Path
) -> None:
    app = program("keys")
    file = tmp_path / "keys.xlsx"
    file.write_text("mine")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("x", "ctrl+u")
        await type_text(pilot, str(file))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        assert file.read_text() == "mine"
        await pilot.press("x", "ctrl+u")
        await type_text(pilot, str(file))
        await pilot.press("enter", "y")
        await until(pilot, lambda: file.read_bytes()[:2] == b"PK")


async def test_a_name_without_a_known_ending_is_refused(program: Program, boris: Actor) -> None:
    app = program("keys", actor=boris)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 4)
        await pilot.press("x", "ctrl+u")
        await type_text(pilot, "/tmp/keys.doc")
        await pilot.press("enter")
        await until(pilot, lambda: "end in one of .csv, .xlsx" in shown_text(app))
