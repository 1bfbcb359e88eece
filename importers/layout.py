"""Where a table begins in its file, and what parts its columns: told by the first rows.

Above the headings there may stand titles, dates and blank lines. Text files part their columns by a comma,
semicolon, tab or bar; where the content leaves doubt, headings that the importer knows decide.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

DELIMITERS = (";", ",", "\t", "|")
# A one-column text has commas in its sentences; what stands in no text parts nothing.
NO_DELIMITER = "\x1f"
ROWS_LOOKED_AT = 200
_NO_TEXT = ' \t\r\n,;|"\ufeff'
_HEADINGS_WITHIN = 30
# Rows may be ragged; but what parts hardly any row is no delimiter, though the headings have it.
_PARTED_AT_LEAST = 1 / 3
_STATED = re.compile(r"sep=(.)\s*", re.IGNORECASE)

Known = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Layout:
    """The delimiter of a text table and the number (from 1) of the row with the headings."""

    delimiter: str
    heading_row: int


@dataclass(frozen=True, slots=True, order=True)
class _Fit:
    """How well a delimiter fits, compared in this order: headings known, rows as wide as the headings, their width."""

    known: int
    agreeing: float
    width: int
    parted: float


def heading_row_of(rows: Sequence[Sequence[str]], known: Known) -> int | None:
    """The number (from 1) of the row with the headings; None when no row has any text.

    It is the row with the most headings that the importer knows; if it knows hardly any, the first row that
    fills more than half as many cells as most rows do.
    """
    looked_at = rows[:_HEADINGS_WITHIN]
    filled = [sum(bool(cell.strip()) for cell in row) for row in looked_at]
    scores = [known(row) for row in looked_at]
    best = max(scores, default=0)
    if best:
        index = scores.index(best)
        if best > 1 or best * 2 >= filled[index]:
            return index + 1
    rows_by_width = Counter(count for count in filled if count)
    # By cells, not rows: three rows of titles do not outweigh two rows of a table.
    usual = max(rows_by_width, key=lambda width: width * rows_by_width[width], default=0)
    return next((number for number, count in enumerate(filled, 1) if count * 2 > usual), None)


def layout_of(sample: str, complete: bool, known: Known, delimiter: str | None = None) -> Layout | None:
    """The layout of a text table by its beginning; None for a text without any.

    ``complete`` says that the sample is the whole file. A stated ``delimiter`` is taken as it is.
    """
    if not sample.strip(_NO_TEXT):
        return None
    lines = list(StringIO(sample, newline=""))
    if not complete and len(lines) > 1:
        lines.pop()
    stated = _STATED.fullmatch(lines[0]) if lines else None
    if stated and delimiter is None:
        delimiter = stated[1]
    candidates = DELIMITERS if delimiter is None else (delimiter,)
    found: list[tuple[_Fit, Layout]] = []
    for candidate in candidates:
        rows = _rows(lines, candidate)
        number = heading_row_of(rows[1:] if stated else rows, known)
        if number is None:
            continue
        number += 1 if stated else 0
        fit = _fit(rows, number, known)
        if delimiter is not None or (fit.width > 1 and (fit.parted >= _PARTED_AT_LEAST or fit.known > 1)):
            found.append((fit, Layout(candidate, number)))
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    number = heading_row_of(_rows(lines, NO_DELIMITER), known)
    return None if number is None else Layout(NO_DELIMITER, number)


def _rows(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """The first rows under a delimiter; a row that cannot be parsed ends them."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(lines, delimiter=delimiter), ROWS_LOOKED_AT))
    except csv.Error:
        return rows
    return rows


def _fit(rows: Sequence[Sequence[str]], number: int, known: Known) -> _Fit:
    headings = rows[number - 1]
    below = [row for row in rows[number:] if any(row)]
    if not below:
        return _Fit(known(headings), 1.0, len(headings), 1.0)
    agreeing = sum(len(row) == len(headings) for row in below) / len(below)
    return _Fit(known(headings), agreeing, len(headings), sum(len(row) > 1 for row in below) / len(below))
