"""Workbooks are read as typed rows; those that lie about themselves are refused in words."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from importers import xlsx_table
from importers.confined import Limits
from importers.fields import CLIENT_FIELDS
from importers.headings import known_headings
from importers.table import Cell, CellFault, ReadingOptions
from importers.xlsx_table import read_xlsx
from models.errors import RuleBroken
from models.language import use_language

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def a_workbook(path: Path, **sheets: Sequence[Sequence[Cell]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def with_part(path: Path, name: str, content: str) -> Path:
    """The workbook with one of its parts replaced."""
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return changed


@pytest.fixture
def lying(tmp_path: Path) -> Callable[[str], Path]:
    """A workbook whose only sheet is the given XML."""
    base = a_workbook(tmp_path / "base.xlsx", Sheet=[["a"]])
    return lambda xml: with_part(base, "xl/worksheets/sheet1.xml", SHEET.format(xml) if xml.startswith("<") else xml)


def test_values_keep_their_types(tmp_path: Path) -> None:
    moment = datetime(2026, 10, 2, 12, 30)
    headings = ["Имя", "n", "f", "yes", "day", "moment", "time"]
    values: list[Cell] = ["Анна", 7, 1.5, True, date(2026, 10, 2), moment, time(9, 5)]
    with read_xlsx(a_workbook(tmp_path / "t.xlsx", Sheet=[headings, values])) as table:
        (row,) = table.rows
    assert table.headings == tuple(headings)
    assert row.number == 2
    assert row.cells == ["Анна", 7, 1.5, True, datetime(2026, 10, 2), moment, time(9, 5)]


def test_rows_keep_their_numbers_over_blank_ones(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "t.xlsx", Sheet=[["Отчёт"], [], ["ИНН", "Наименование", "КПП"], [], [1, "А"], [None, " "]]
    )
    with read_xlsx(path, ReadingOptions(known=known_headings(CLIENT_FIELDS))) as table:
        assert (table.headings, table.heading_row) == (("ИНН", "Наименование", "КПП"), 3)
        assert [(row.number, list(row.cells)) for row in table.rows] == [(5, [1, "А", None])]


def test_cells_beside_the_table_are_told_once(tmp_path: Path) -> None:
    with read_xlsx(a_workbook(tmp_path / "t.xlsx", Sheet=[["a", "b"], [1, 2, None, "x"], [3, 4, None, "y"]])) as table:
        assert [list(row.cells) for row in table.rows] == [[1, 2], [3, 4]]
    assert table.warnings == ["Column D has no heading and is not read."]


def test_the_first_sheet_with_anything_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", Empty=[], First=[["a"], [1]], Second=[["b"], [2]])
    with read_xlsx(path) as table:
        assert table.headings == ("a",)
    assert "Second" in table.warnings[0]
    with read_xlsx(path, ReadingOptions(sheet="Second")) as table:
        assert table.headings == ("b",)
    with pytest.raises(RuleBroken, match="First"):
        read_xlsx(path, ReadingOptions(sheet="Third"))


def test_a_stated_row_of_headings_is_taken_however_deep(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[f"title {number}", "x"] for number in range(1, 50)]
    path = a_workbook(tmp_path / "t.xlsx", Sheet=[*rows, ["a", "b"], [1, 2]])
    with read_xlsx(path, ReadingOptions(heading_row=50)) as table:
        assert table.headings == ("a", "b")
        assert [row.number for row in table.rows] == [51]


def test_escapes_and_failed_formulas_are_read_as_meant(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["a", "b", "c", "d"], ["'+7 495", "#REF!", "NULL", "line_x000D_\nend"]]
    with read_xlsx(a_workbook(tmp_path / "t.xlsx", Sheet=rows)) as table:
        (row,) = table.rows
    assert row.cells == ["+7 495", CellFault("#REF!"), "", "line\r\nend"]


def test_a_table_of_many_rows_streams(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", Sheet=[["a"], *[[number] for number in range(1000)]])
    with read_xlsx(path) as table:
        assert [row.cells[0] for row in table.rows] == list(range(1000))


def test_what_is_no_workbook_is_told_in_the_operators_language(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    for content in (b"", b"name,phone\n", b"PK\x03\x04 but no more"):
        path.write_bytes(content)
        with pytest.raises(RuleBroken, match="no XLSX file, or damaged"):
            read_xlsx(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(RuleBroken, match="password"):
        read_xlsx(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    use_language("ru")
    with pytest.raises(RuleBroken):
        read_xlsx(path)


def test_a_small_file_that_claims_all_cells_is_read_for_what_it_holds(lying: Callable[[str], Path]) -> None:
    path = lying(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
    )
    with read_xlsx(path) as table:
        assert [list(row.cells) for row in table.rows] == [[1]]


BEYOND = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9999999999"><c><v>1</v></c></row></sheetData>'
WIDE = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 20))
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + SHEET.format(
    '<sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData>'
)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (BEYOND, "more than"),
        (f"<sheetData>{WIDE}</sheetData>", "100000 cells"),
        ('<sheetData><row r="1"><c r="A1"><v>twelve</v></c></row></sheetData>', "twelve"),
        ("no XML at all", "ParseError"),
    ],
)
def test_a_sheet_that_lies_or_is_damaged_ends_in_words(
    lying: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, xml: str, words: str
) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_CELLS", 100_000)
    with pytest.raises(RuleBroken, match=words):
        list(read_xlsx(lying(xml)).rows)


def test_entities_are_refused(tmp_path: Path) -> None:
    base = a_workbook(tmp_path / "base.xlsx", Sheet=[["a"]])
    with pytest.raises(RuleBroken):
        read_xlsx(with_part(base, "xl/worksheets/sheet1.xml", ENTITIES))


def test_a_bomb_is_refused_before_it_is_unpacked_or_when_memory_ends(
    lying: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = lying(f'<sheetData><row r="1"><c r="A1" t="str"><v>{"a" * (100 << 20)}</v></c></row></sheetData>')
    assert bomb.stat().st_size < 200_000
    with pytest.raises(RuleBroken, match="150 MB of memory"):
        read_xlsx(bomb, limits=Limits(memory=150 << 20))
    monkeypatch.setattr(xlsx_table, "MOST_UNPACKED_BYTES", 5 << 20)
    with pytest.raises(RuleBroken, match="unpacks to more than 5 MB"):
        read_xlsx(bomb)


def test_the_parent_does_not_import_the_parser() -> None:
    assert not hasattr(xlsx_table, openpyxl.__name__)
