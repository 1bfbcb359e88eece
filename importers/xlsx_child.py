"""Reads a workbook in the child process of ``confined``; only here is openpyxl imported.

What a cell holds travels as JSON: texts, numbers, truth values and null as they are, the rest as a tagged
pair: ``["day", "2025-12-31"]``, ``["moment", …]``, ``["time", …]``, ``["seconds", …]``, ``["error", "#REF!"]``.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Protocol, cast

import openpyxl
from openpyxl.workbook import Workbook

from importers.confined_child import Refused
from models.interchange import SPREADSHEET_ERRORS
from models.language import _, use_language

ROWS_PER_MESSAGE = 200
# Excel's own bound of rows; a file that names later ones lies.
_MOST_ROWS = 1_048_576
_MOST_PARTS = 10_000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ESCAPED_CHARACTER = re.compile("_x([0-9A-Fa-f]{4})_")

Plain = str | int | float | bool | None | list[str | float]
Message = dict[str, object]


class _Sheet(Protocol):
    """What is used of a worksheet that is only read; openpyxl's published types do not tell it from others."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def rows_of(path: str, sheet: str | None, language: str, most_cells: int, most_bytes: int) -> Iterator[Message]:
    """First the sheet and its neighbours, then blocks of ``[number, cells]``; cells end with the last filled one."""
    use_language(language)
    warnings.simplefilter("ignore")
    _check_archive(path, most_bytes)
    with open(path, "rb") as file:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        name, rows = _chosen_sheet(workbook, sheet, most_cells)
        others = [other.title for other in workbook.worksheets if other.title != name]
        yield {"sheet": name, "others": others}
        block: list[tuple[int, list[Plain]]] = []
        for row in rows:
            block.append(row)
            if len(block) == ROWS_PER_MESSAGE:
                yield {"rows": block}
                block = []
        yield {"rows": block}


def _check_archive(path: str, most_bytes: int) -> None:
    """Refuse what is no workbook, or unpacks to more than ``most_bytes``; zipfile reads no more than is declared."""
    with open(path, "rb") as file:
        if file.read(4) == _OLD_WORKBOOK:
            raise Refused(_("It is an old .xls file or is locked by a password: save it as .xlsx without a password."))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused(_("It is no XLSX file, or damaged.")) from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > most_bytes:
        raise Refused(_("It unpacks to more than {megabytes} MB.").format(megabytes=most_bytes >> 20))
    if not any(part.filename.endswith("workbook.xml") for part in parts):
        raise Refused(_("It is an archive, but no XLSX file."))


def _chosen_sheet(
    workbook: Workbook, wanted: str | None, most_cells: int
) -> tuple[str, Iterator[tuple[int, list[Plain]]]]:
    """The named sheet, else the first visible one with any cell filled, else the first hidden one."""
    sheets = cast("list[_Sheet]", workbook.worksheets)
    if wanted is not None:
        named = [sheet for sheet in sheets if sheet.title == wanted]
        if not named:
            names = ", ".join(sheet.title for sheet in sheets)
            raise Refused(_("It has no sheet “{sheet}”; there are: {names}.").format(sheet=wanted, names=names))
        return wanted, _rows(named[0], most_cells)
    for sheet in sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible"):
        rows = _rows(sheet, most_cells)
        first = next(rows, None)
        if first is not None:
            return sheet.title, chain([first], rows)
    return sheets[0].title if sheets else "", iter(())


def _rows(sheet: _Sheet, most_cells: int) -> Iterator[tuple[int, list[Plain]]]:
    """The rows with any cell filled. What the sheet says of its size is not believed; cells are counted."""
    sheet.reset_dimensions()
    cells = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(values)
        if cells > most_cells or number > _MOST_ROWS:
            raise Refused(_("It has more than {cells} cells or {rows} rows.").format(cells=most_cells, rows=_MOST_ROWS))
        row = _plain_row(values)
        if row:
            yield number, row


def _plain_row(values: Sequence[object]) -> list[Plain]:
    row = [_plain(value) for value in values]
    while row and row[-1] in (None, ""):
        row.pop()
    return row


def _plain(value: object) -> Plain:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return ["error", value] if value in SPREADSHEET_ERRORS else _unescaped(value)
    if isinstance(value, float):
        # NaN and infinity are no JSON, and no number that a spreadsheet shows.
        return value if abs(value) < float("inf") else ["error", "#NUM!"]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["seconds", value.total_seconds()]
    return str(value)


def _unescaped(text: str) -> str:
    """ECMA-376 22.4.2.4: characters that XML cannot hold are written ``_xHHHH_``."""
    if "_x" not in text:
        return text
    decoded = _ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
