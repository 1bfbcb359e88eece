"""The shape in which every reader of a table file hands over what it found: headings, numbered rows, warnings."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import NamedTuple

from models.interchange import SPREADSHEET_ERRORS, unescaped


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell whose formula failed in the spreadsheet; ``text`` is what the spreadsheet shows: ``#REF!``."""

    text: str

    def __str__(self) -> str:
        return self.text


# Text files give text alone; spreadsheets give typed values too. "" and None are an empty cell.
Cell = str | int | float | bool | date | datetime | time | timedelta | CellFault | None


class SourceRow(NamedTuple):
    """One row: the number under which a spreadsheet shows it (from 1, headings counted) and its cells.

    A row that cannot be told apart into the table's columns has a ``fault``, in the operator's language,
    and is to be reported as refused; its cells are what was found.
    """

    number: int
    cells: Sequence[Cell]
    fault: str = ""


Rows = Generator[SourceRow, None, None]


@dataclass
class SourceTable:
    """A table read once, from the first row to the last; blank rows are left out.

    Each row without a fault has as many cells as there are headings. ``warnings`` are for the operator and
    grow while the rows are read. ``progress()`` is the share read so far, 0.0 to 1.0. Leave it by ``with``
    or ``close()``, so that the file, or the process that reads it (``release``), is let go.
    """

    headings: tuple[str, ...]
    rows: Rows
    heading_row: int = 1
    description: str = ""
    warnings: list[str] = field(default_factory=list)
    progress: Callable[[], float] = lambda: 0.0
    release: Callable[[], None] = lambda: None

    def close(self) -> None:
        self.rows.close()
        self.release()

    def __enter__(self) -> "SourceTable":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def no_rows() -> Rows:
    """The rows of a table without any."""
    yield from ()


def _nothing_known(_headings: Sequence[str]) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the operator states instead of having it found by content.

    ``heading_row`` counts from 1. ``known`` tells of a row of cells how many of them are headings that the
    importer knows; it finds the headings below title lines and settles doubtful delimiters.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int | None = None
    known: Callable[[Sequence[str]], int] = _nothing_known


def tidied(cell: Cell) -> Cell:
    """A cell as it is meant: escapes taken off, words for "no value" made empty, spreadsheet errors marked."""
    if not isinstance(cell, str):
        return cell
    if cell in SPREADSHEET_ERRORS:
        return CellFault(cell)
    return unescaped(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
