"""Tables in XLSX workbooks: read in a confined child process, handed on as typed rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from importers.confined import Limits, confined
from importers.headings import column_letters
from importers.layout import heading_row_of
from importers.table import Cell, CellFault, ReadingOptions, Rows, SourceRow, SourceTable, is_blank, no_rows, tidied
from importers.values import as_text
from models.language import _, current_language

# A million rows of twenty columns; a workbook of Excel can claim 17 billion cells in 4 KB.
MOST_CELLS = 20_000_000
MOST_UNPACKED_BYTES = 2 << 30
_LOOKED_AT = 30

_TYPED: Mapping[str, Callable[[Any], Cell]] = {
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "error": CellFault,
}


def read_xlsx(path: Path, options: ReadingOptions | None = None, limits: Limits | None = None) -> SourceTable:
    """The table of a workbook's sheet: the stated one, else the first visible one that is not empty.

    Raises ``RuleBroken``, also while rows are read, when the file is no workbook or does not keep the
    limits. Values are those that the spreadsheet stored with its formulas.
    """
    options = options or ReadingOptions()
    messages = confined(
        "importers.xlsx_child:rows_of",
        {
            "path": str(path.resolve()),
            "sheet": options.sheet,
            "language": current_language(),
            "most_cells": MOST_CELLS,
            "most_bytes": MOST_UNPACKED_BYTES,
        },
        name=path.name,
        limits=limits,
    )
    about = next(messages)
    source = _rows_in(messages)
    beginning = list(islice(source, max(_LOOKED_AT, options.heading_row or 0)))
    number = options.heading_row or _heading_row(beginning, options)
    headings = tuple(as_text(cell).strip() for cell in next((r.cells for r in beginning if r.number == number), ()))
    warnings: list[str] = []
    if not headings:
        warnings.append(_("The sheet is empty."))
    if about["others"] and options.sheet is None:
        warnings.append(_("Other sheets, not read: {names}.").format(names=", ".join(about["others"])))
    return SourceTable(
        headings=headings,
        rows=_below(number or 0, len(headings), chain(beginning, source), warnings) if headings else no_rows(),
        heading_row=number or 1,
        description=f"{path.name}, {about['sheet']}",
        warnings=warnings,
        release=messages.close,
    )


def _rows_in(messages: Iterator[Any]) -> Iterator[SourceRow]:
    for message in messages:
        for number, cells in message["rows"]:
            yield SourceRow(number, [_typed(cell) for cell in cells])


def _typed(value: Any) -> Cell:
    if isinstance(value, list):
        tag, content = value
        return _TYPED[tag](content)
    return tidied(value)


def _heading_row(rows: Sequence[SourceRow], options: ReadingOptions) -> int | None:
    found = heading_row_of([[as_text(cell) for cell in row.cells] for row in rows], options.known)
    return None if found is None else rows[found - 1].number


def _below(after: int, width: int, rows: Iterator[SourceRow], warnings: list[str]) -> Rows:
    """The rows under the headings, as wide as these; what stands beside them is told once and left out."""
    told: set[int] = set()
    for number, cells, _fault in rows:
        if number <= after or all(is_blank(cell) for cell in cells[:width]):
            continue
        beside = {column for column in range(width, len(cells)) if not is_blank(cells[column])} - told
        told |= beside
        warnings += [
            _("Column {column} has no heading and is not read.").format(column=column_letters(column))
            for column in sorted(beside)
        ]
        yield SourceRow(number, [*cells[:width], *[None] * (width - len(cells))])
