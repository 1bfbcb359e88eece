"""Tables as text files: for programs (commas, UTF-8) or for a spreadsheet of the operator's country."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, TextIO

from exporters.table import ExportTable, replacing
from models.interchange import escaped
from models.language import _, current_language
from models.listing import Cell


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How the file is written: what parts the cells, the decimal sign, whether a byte order mark comes first."""

    delimiter: str = ","
    decimal: str = "."
    byte_order_mark: bool = False


FOR_PROGRAMS = CsvStyle()
# Spreadsheets take the delimiter from the country's decimal sign, and UTF-8 only when a mark says so.
FOR_SPREADSHEETS: Mapping[str, CsvStyle] = {
    "en": CsvStyle(",", ".", byte_order_mark=True),
    "ru": CsvStyle(";", ",", byte_order_mark=True),
}


def style_for_spreadsheets() -> CsvStyle:
    """The style that a spreadsheet in the operator's language opens by a double click."""
    return FOR_SPREADSHEETS[current_language()]


def write_csv(path: Path, table: ExportTable, style: CsvStyle = FOR_PROGRAMS) -> int:
    """Write the table to a file, whole or not at all; returns the number of rows."""
    with replacing(path) as file:
        stream = TextIOWrapper(file, encoding="utf-8-sig" if style.byte_order_mark else "utf-8", newline="")
        count = write_csv_to(stream, table, style)
        stream.detach()
    return count


def write_csv_to(stream: TextIO, table: ExportTable, style: CsvStyle = FOR_PROGRAMS) -> int:
    """Write the table to a text stream that was opened with ``newline=""``; returns the number of rows."""
    # A single column has no delimiter by which readers could tell it from commas in its texts: quote it.
    quoting: Literal[0, 1] = csv.QUOTE_ALL if len(table.columns) == 1 else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=style.delimiter, quoting=quoting, lineterminator="\r\n")
    writer.writerow(map(escaped, table.headings()))
    count = 0
    for row in _texts(table, style):
        writer.writerow(row)
        count += 1
    stream.flush()
    return count


def _texts(table: ExportTable, style: CsvStyle) -> Iterator[Sequence[str]]:
    writers = _writers(style, table.zone)
    for cells in table.rows:
        yield [writers.get(type(cell), _other)(cell) for cell in cells]


def _writers(style: CsvStyle, zone: tzinfo) -> Mapping[type, Callable[[Cell], str]]:
    def number(cell: Cell) -> str:
        return format(cell, "f").replace(".", style.decimal)

    def moment(cell: Cell) -> str:
        assert isinstance(cell, datetime)
        return cell.astimezone(zone).isoformat(" ", "seconds") if cell.tzinfo else cell.isoformat(" ", "seconds")

    return {
        type(None): lambda _cell: "",
        bool: lambda cell: _("yes") if cell else _("no"),
        int: str,
        Decimal: number,
        float: number,
        date: str,
        datetime: moment,
    }


def _other(cell: Cell) -> str:
    return escaped(str(cell))
