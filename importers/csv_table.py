"""Tables in text files: any delimiter and encoding, found by content, read row by row at the speed of ``csv``."""

import csv
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from importers.encodings import TextFile, examine
from importers.layout import NO_DELIMITER, Layout, layout_of
from importers.table import ReadingOptions, Rows, SourceRow, SourceTable, no_rows, tidied
from models.language import N_, _

_DELIMITER_NAMES = {"\t": N_("tab"), NO_DELIMITER: N_("one column")}
_QUOTE_NOT_DOUBLED = N_("The quotation marks of this row do not match: inside a quoted cell they are doubled.")
_NEVER_CLOSED = N_("A quotation mark of this row is never closed.")
_TOO_LONG = N_("A cell of this row is longer than 131072 characters.")


def read_csv(path: Path, options: ReadingOptions | None = None) -> SourceTable:
    """The table of a text file; raises ``RuleBroken`` when the file is no readable text.

    Rows with more cells than there are headings, and rows whose quotation marks do not match, come with a
    fault and do not stop the reading. Row numbers count records as a spreadsheet does, so a cell of several
    lines does not shift them.
    """
    options = options or ReadingOptions()
    text = examine(path, options.encoding)
    layout = layout_of(*text.sample(), options.known, options.delimiter)
    if layout is None:
        return SourceTable((), no_rows(), description=path.name, warnings=[_("The file is empty.")])
    if options.heading_row is not None:
        layout = Layout(layout.delimiter, options.heading_row)
    reading = _Reading(text, layout)
    headings = reading.headings()
    return SourceTable(
        headings=headings,
        rows=reading.rows(len(headings)),
        heading_row=layout.heading_row,
        description=_description(text, layout),
        warnings=_warnings(text),
        progress=reading.progress,
    )


def _description(text: TextFile, layout: Layout) -> str:
    name = _DELIMITER_NAMES.get(layout.delimiter)
    delimiter = _(name) if name else _("“{text}”").format(text=layout.delimiter)
    return f"{text.path.name}, {text.encoding}, {delimiter}"


def _warnings(text: TextFile) -> list[str]:
    if not text.has_replaced:
        return []
    return [_("Some characters are no {encoding} and were replaced by “\ufffd”.").format(encoding=text.encoding)]


# A record's number, its cells, and what is wrong with it.
_Record = tuple[int, list[str], str]


@dataclass(slots=True)
class _Reading:
    """One pass over a text table."""

    text: TextFile
    layout: Layout
    _read: int = field(default=0, init=False)
    _file: BinaryIO | None = field(default=None, init=False)

    def progress(self) -> float:
        if self._file is not None and not self._file.closed:
            self._read = self._file.tell()
        return min(1.0, self._read / max(1, self.text.size))

    def headings(self) -> tuple[str, ...]:
        records = self._records()
        found = next((cells for number, cells, _fault in records if number == self.layout.heading_row), [])
        records.close()
        self._read = 0
        return tuple(str(tidied(cell)).strip("\ufeff \t") for cell in found)

    def rows(self, width: int) -> Rows:
        """The rows below the headings; this loop is the hot path of every import."""
        after, careful = self.layout.heading_row, self.text.needs_care
        for number, cells, fault in self._records():
            if number <= after or not (fault or "".join(cells).strip()):
                continue
            if not fault and len(cells) != width:
                cells, fault = _fitted(cells, width, self.layout.delimiter)
            yield SourceRow(number, [tidied(cell) for cell in cells] if careful and not fault else cells, fault)

    def _records(self) -> Generator[_Record, None, None]:
        """Every record with its number, blank ones and those above the headings too."""
        with self.text.path.open("rb") as self._file:
            stream = TextIOWrapper(self._file, encoding=self.text.encoding, errors="replace", newline="")
            lines = (line.replace("\0", "") for line in stream) if self.text.has_nul else stream
            number, pending, again = 0, list[str](), deque[str]()
            while True:
                reader = csv.reader(_kept(lines, again, pending), delimiter=self.layout.delimiter, strict=True)
                try:
                    for cells in reader:
                        number += 1
                        pending.clear()
                        yield number, cells, ""
                    self._read = self.text.size
                    return
                except csv.Error as error:
                    # The lines that a stray quotation mark has swallowed are read again, without the first.
                    number += 1
                    again.extendleft(reversed(pending[1:]))
                    yield number, [pending[0].rstrip("\r\n")], _reason(error, len(pending))
                    pending.clear()


def _kept(lines: Iterable[str], again: deque[str], pending: list[str]) -> Iterator[str]:
    """The lines, those to be read again first; ``pending`` holds what the current record has taken."""
    while again:
        line = again.popleft()
        pending.append(line)
        yield line
    for line in lines:
        pending.append(line)
        yield line


def _reason(error: csv.Error, lines: int) -> str:
    if "expected after" in str(error):
        return _(_QUOTE_NOT_DOUBLED)
    return _(_TOO_LONG) if lines == 1 and "limit" in str(error) else _(_NEVER_CLOSED)


def _fitted(cells: list[str], width: int, delimiter: str) -> tuple[list[str], str]:
    """The cells made as many as the headings; filled cells beyond them are a fault.

    Programs that quote nothing write ``24, place Kléber`` as two cells: where just as many cells begin with a space as
    there are too many, the commas before them belong to the text.
    """
    if len(cells) < width:
        return cells + [""] * (width - len(cells)), ""
    if not "".join(cells[width:]).strip():
        return cells[:width], ""
    if delimiter == "," and sum(cell.startswith(" ") for cell in cells[1:]) == len(cells) - width:
        return _joined(cells), ""
    return cells, _("The row has {found} cells, the headings are {expected}.").format(found=len(cells), expected=width)


def _joined(cells: list[str]) -> list[str]:
    """The cells, each that begins with a space joined to the one before it."""
    whole = cells[:1]
    for cell in cells[1:]:
        if cell.startswith(" "):
            whole[-1] += f",{cell}"
        else:
            whole.append(cell)
    return whole
