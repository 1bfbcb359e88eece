"""Workbooks hold numbers as numbers, dates as dates, and texts as texts whatever they begin with."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from exporters import xlsx_table
from exporters.table import ExportTable
from exporters.xlsx_table import LONGEST_TEXT, write_xlsx
from models.errors import RuleBroken
from models.listing import Column

TWO = (Column("a", "A"), Column("b", "B", "money", width=20))


def cells_of(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_values_keep_their_types(tmp_path: Path, a_table: ExportTable) -> None:
    path = tmp_path / "t.xlsx"
    assert write_xlsx(path, a_table) == 2
    headings, full, sparse = cells_of(path)
    assert headings == ["Name", "INN", "Phones", "Seats", "Price", "Quantity", "Issued", "Changed", "Active"]
    assert full == [
        "ООО «Луч», Тверь",
        "0105000123",
        "+7 495 123-45-67",
        12,
        1250.5,
        1.125,
        datetime(2026, 10, 2),
        datetime(2026, 10, 2, 9, 30),
        True,
    ]
    assert sparse == ["=1+1", *[None] * 8]


def test_a_text_that_begins_as_a_formula_is_none_and_stays_none_when_edited(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, ExportTable(TWO, [("=cmd()", Decimal("-1.50"))]))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].number_format) == (-1.5, "n", "#,##0.00")


def test_headings_stay_in_sight_and_columns_have_their_width(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, ExportTable(TWO, [("x", None)]), sheet="Clients: [all] and many more than 31 characters")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    assert sheet.title.startswith("Clients") and len(sheet.title) <= 31


def test_what_a_spreadsheet_cannot_hold_exactly_is_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, ExportTable(TWO, [(10**19, Decimal("12345678901234.56")), (date(1899, 12, 31), None)]))
    assert cells_of(path)[1:] == [["10000000000000000000", "12345678901234.56"], ["1899-12-31", None]]


def test_more_than_a_sheet_holds_is_refused_and_no_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuleBroken, match="row 2"):
        write_xlsx(tmp_path / "t.xlsx", ExportTable(TWO, [("x" * (LONGEST_TEXT + 1), None)]))
    monkeypatch.setattr(xlsx_table, "MOST_ROWS", 3)
    assert write_xlsx(tmp_path / "fits.xlsx", ExportTable(TWO, [("x", None)] * 2)) == 2
    with pytest.raises(RuleBroken, match="at most 3 rows"):
        write_xlsx(tmp_path / "t.xlsx", ExportTable(TWO, [("x", None)] * 3))
    assert [entry.name for entry in tmp_path.iterdir()] == ["fits.xlsx"]
