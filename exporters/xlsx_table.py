"""Tables as XLSX workbooks, written row by row: any number of rows that a sheet holds, in constant memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from exporters.table import ExportTable, replacing
from models.errors import RuleBroken
from models.interchange import FORMULA_SIGNS, escaped
from models.language import _
from models.listing import Cell

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
# Excel counts a day that never was, 29 February 1900; before it its dates are off by one.
_FIRST_SAFE_DAY = date(1900, 3, 1)
# A double holds 15 decimal digits exactly.
_INEXACT = 1e13
_FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_xlsx(path: Path, table: ExportTable, *, sheet: str = "") -> int:
    """Write the table as the only sheet of a workbook, whole or not at all; returns the number of rows.

    Texts stay texts whatever they begin with, and are marked so that they stay that when edited; numbers,
    money, dates and moments are such. Raises ``RuleBroken`` for more rows, or a longer text, than a sheet
    can hold.
    """
    with TemporaryDirectory(prefix="turbofly-") as rows_in_waiting, replacing(path) as file:
        workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": rows_in_waiting})
        count = _Sheet.begun(workbook, table, sheet).write()
        try:
            workbook.close()
        except FileCreateError as error:
            raise RuleBroken(
                "file", _("{file} cannot be written: {reason}.").format(file=path.name, reason=error)
            ) from error
    return count


@dataclass
class _Sheet:
    """The one sheet while it is written."""

    table: ExportTable
    sheet: Any
    formats: Mapping[str, Any]

    @classmethod
    def begun(cls, workbook: Any, table: ExportTable, name: str) -> "_Sheet":
        formats = {
            "heading": workbook.add_format({"bold": True, "bottom": 1}),
            # Excel's own apostrophe: the text is none of a formula, and nothing of it is seen.
            "text": workbook.add_format({"quote_prefix": True}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        sheet = workbook.add_worksheet(name.translate(_FORBIDDEN_IN_SHEET_NAMES).strip(" '")[:31] or None)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width + 2)
        sheet.freeze_panes(1, 0)
        return cls(table, sheet, formats)

    def write(self) -> int:
        """Write headings and rows; the row number of a sheet counts from 0."""
        for column, heading in enumerate(self.table.headings()):
            self.sheet.write_string(0, column, heading, self.formats["heading"])
        number = 0
        for number, cells in enumerate(self.table.rows, 1):
            if number >= MOST_ROWS:
                raise RuleBroken(
                    "file", _("A sheet holds at most {rows} rows.").format(rows=MOST_ROWS), _("Export to CSV.")
                )
            for column, cell in enumerate(cells):
                self._write_cell(number, column, cell)
        if self.table.columns:
            self.sheet.autofilter(0, 0, number, len(self.table.columns) - 1)
        return number

    def _write_cell(self, row: int, column: int, cell: Cell) -> None:
        _WRITERS.get(type(cell), _Sheet._write_text)(self, row, column, cell)

    def _write_nothing(self, row: int, column: int, cell: Cell) -> None:
        """An absent value leaves its cell empty."""

    def _write_text(self, row: int, column: int, cell: Cell) -> None:
        text = str(cell)
        if len(text) > LONGEST_TEXT:
            raise RuleBroken(
                "file",
                _("The text in row {row} is longer than a sheet holds ({most} characters).").format(
                    row=row + 1, most=LONGEST_TEXT
                ),
                _("Export to CSV."),
            )
        if text:
            # As a text cell it is no formula; but what our reader would take for escaped is escaped here too.
            formula_like = text.startswith(FORMULA_SIGNS)
            written = text if formula_like else escaped(text)
            self.sheet.write_string(row, column, written, self.formats["text"] if formula_like else None)

    def _write_number(self, row: int, column: int, cell: Cell) -> None:
        assert isinstance(cell, int | float | Decimal)
        kind = self.table.columns[column].kind if column < len(self.table.columns) else "text"
        if abs(float(cell)) >= _INEXACT:
            self._write_text(row, column, format(cell, "f") if not isinstance(cell, int) else str(cell))
        else:
            self.sheet.write_number(row, column, cell, self.formats["money"] if kind == "money" else None)

    def _write_flag(self, row: int, column: int, cell: Cell) -> None:
        self.sheet.write_boolean(row, column, cell)

    def _write_day(self, row: int, column: int, cell: Cell) -> None:
        assert isinstance(cell, date)
        if cell < _FIRST_SAFE_DAY:
            self._write_text(row, column, cell.isoformat())
        else:
            self.sheet.write_datetime(row, column, cell, self.formats["day"])

    def _write_moment(self, row: int, column: int, cell: Cell) -> None:
        assert isinstance(cell, datetime)
        local = cell.astimezone(self.table.zone).replace(tzinfo=None) if cell.tzinfo else cell
        if local.date() < _FIRST_SAFE_DAY:
            self._write_text(row, column, local.isoformat(" ", "seconds"))
        else:
            self.sheet.write_datetime(row, column, local, self.formats["moment"])


_WRITERS: Mapping[type, Callable[[_Sheet, int, int, Cell], None]] = {
    type(None): _Sheet._write_nothing,
    bool: _Sheet._write_flag,
    int: _Sheet._write_number,
    float: _Sheet._write_number,
    Decimal: _Sheet._write_number,
    date: _Sheet._write_day,
    datetime: _Sheet._write_moment,
}
