"""Importing a table by hand: columns recognised or named, a rehearsal first, then the rows, the refused ones told."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Static

from models.clients.tables import Client
from screens.import_look import look_at, read_as
from screens.import_table import ImportTable
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly

TABLE = """Наименование;ИНН;Примечание;Цвет
ООО «Восток»;7707083893;новый;красный
ЗАО «Запад»;7707083894;;синий
"""


def a_table(folder: Path, text: str = TABLE) -> Path:
    file = folder / "clients.csv"
    file.write_text(text, encoding="utf-8")
    return file


def names() -> set[str]:
    return {client.name for client in Client.select()}


def report(app: TurboFly) -> str:
    return " ".join("".join(str(part.visual) for part in app.screen.query("#import-report").results(Static)).split())


async def test_a_rehearsal_says_what_would_become_of_the_rows_and_writes_nothing(
    program: Program, tmp_path: Path
) -> None:
    app = program("clients")
    before = names()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 5)
        await pilot.press("I", "ctrl+u")
        await type_text(pilot, str(a_table(tmp_path)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportTable) and "1 would be added" in report(app))
        assert "1 would be refused" in report(app)
        assert "row 3" in report(app)
        assert "7707083894" in report(app)
        assert "Цвет" in shown_text(app)
    assert names() == before


async def test_the_rows_are_taken_when_the_operator_says_so(program: Program, tmp_path: Path) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 5)
        app.push_screen(ImportTable("clients", a_table(tmp_path)))
        await until(pilot, lambda: isinstance(app.screen, ImportTable) and "would be added" in report(app))
        await pilot.press("ctrl+s", "y")
        await until(pilot, lambda: "1 added" in report(app))
        assert "ООО «Восток»" in names()
        await pilot.press("escape")
        await until(pilot, lambda: any("Восток" in row for row in shown_rows(app)))


async def test_a_column_that_is_not_recognised_is_named_by_hand(program: Program, tmp_path: Path) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(ImportTable("clients", a_table(tmp_path, "Xyz;ИНН\nООО «Восток»;7707083893\n")))
        await until(pilot, lambda: isinstance(app.screen, ImportTable) and "no column is read as" in report(app))
        await pilot.press("enter")
        await type_text(pilot, "name")
        await pilot.press("enter")
        await until(pilot, lambda: "1 would be added" in report(app))


def test_a_field_moves_to_the_column_that_is_named_for_it(tmp_path: Path) -> None:
    file = a_table(tmp_path)
    look = look_at("clients", file, {})
    assert [column.field.id if column.field else None for column in look.columns] == ["name", "inn", "note", None]
    mapping = read_as(look, {}, 3, "note")
    again = look_at("clients", file, mapping)
    assert [column.field.id if column.field else None for column in again.columns] == ["name", "inn", None, "note"]
    without = look_at("clients", file, read_as(again, mapping, 1, None))
    assert without.columns[1].field is None


def test_the_first_different_values_of_a_column_are_shown(tmp_path: Path) -> None:
    file = a_table(tmp_path, "Наименование;Примечание\nА;раз\nБ;раз\nВ;два\n")
    assert look_at("clients", file, {}).columns[1].values == ("раз", "два")
