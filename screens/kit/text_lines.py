"""Text broken into the rows of a screen: pure, so that a thread can lay out ten megabytes while the first rows show."""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, get_character_cell_size

from models.text import shown

LONGEST_LINE = 4_000
"""Longer lines are laid out in pieces of so many characters, so that none of them costs more than a moment."""

EVEN = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u2116"
    r"\u2190-\u21ff\u2400-\u2426\u2500-\u257f]*"
)
"""Text of characters that all take one cell: most of what is written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, harmless already; ``look`` names its style.

    The first ``label`` characters are its label: further rows of the line stand below what follows it.
    """

    text: str
    look: str = "text"
    label: int = 0


def lines_of(text: str, look: str = "text") -> list[Line]:
    """The lines of a text from outside, none of them too long."""
    return [Line(piece, look) for line in text.split("\n") for piece in _pieces(shown(line.expandtabs(4).rstrip()))]


def _pieces(text: str) -> Iterator[str]:
    yield text[:LONGEST_LINE]
    for start in range(LONGEST_LINE, len(text), LONGEST_LINE):
        yield text[start : start + LONGEST_LINE]


@dataclass
class Rows:
    """Where each row of the screen begins: in which line, at which character."""

    lines: array[int] = field(default_factory=lambda: array("L"))
    starts: array[int] = field(default_factory=lambda: array("L"))

    def __len__(self) -> int:
        return len(self.lines)

    def add(self, lines: Iterable[Line], first: int, width: int) -> None:
        """Lay out further lines, of which ``first`` is the number of the first."""
        for number, line in enumerate(lines, first):
            starts = breaks(line.text, width, line.label)
            self.lines.extend(itertools.repeat(number, len(starts)))
            self.starts.extend(starts)

    def end(self, row: int, text: str) -> int:
        """Where the row ends in its line's text."""
        following = row + 1
        if following < len(self.lines) and self.lines[following] == self.lines[row]:
            return self.starts[following]
        return len(text)

    def row_of(self, line: int) -> int:
        """The first row of a line; that of the last one for a line that is not laid out."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.lines[middle] < line:
                low = middle + 1
            else:
                high = middle
        return min(low, max(0, len(self.lines) - 1))


def laid_out(lines: Sequence[Line], width: int, characters: int | None = None) -> tuple[Rows, int]:
    """The rows of the lines, at most of about so many characters; how many lines these are."""
    number = len(lines)
    if characters is not None:
        ends = itertools.accumulate(len(line.text) + 1 for line in lines)
        number = next((place for place, end in enumerate(ends, 1) if end > characters), number)
    rows = Rows()
    rows.add(itertools.islice(lines, number), 0, width)
    return rows, number


def breaks(text: str, width: int, label: int = 0) -> list[int]:
    """Where the rows of a line begin: after a space where there is one, else where the row is full."""
    width = max(2, width)
    if 2 * len(text) <= width:
        return [0]
    is_even = EVEN.fullmatch(text) is not None
    if (len(text) if is_even else cell_len(text)) <= width:
        return [0]
    label = label if label < width // 2 else 0
    return _even_breaks(text, width, label) if is_even else _uneven_breaks(text, width, label)


def _even_breaks(text: str, width: int, label: int) -> list[int]:
    """Of text whose characters all take one cell."""
    starts, start, room = [0], 0, width
    while len(text) - start > room:
        space = text.rfind(" ", start + 1 + (label if start == 0 else 0), start + room + 1)
        start = space + 1 if space > start else start + room
        if start < len(text):
            starts.append(start)
        room = width - label
    return starts


def _uneven_breaks(text: str, width: int, label: int) -> list[int]:
    """Of text with wide characters, or such as take no cell."""
    starts, used, room, after_space = [0], 0, width, 0
    for place, character in enumerate(text):
        cells = get_character_cell_size(character)
        while used + cells > room and character != " ":
            start = after_space if after_space > starts[-1] + (label if len(starts) == 1 else 0) else place
            starts.append(start)
            used = cell_len(text[start:place])
            room = width - label
        used += cells
        if character == " ":
            after_space = place + 1
    return starts
