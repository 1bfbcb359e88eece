"""A block of licence numbers as it is pasted, scanned or read from a file: one on a line, or ranges. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.errors import RuleBroken
from models.language import _
from models.text import clean

MOST_AT_ONCE = 10_000
_RANGE = re.compile(r"(?P<first>\S*?(?P<start>\d+))\s*(?:\.\.\.?|…)\s*(?P<last>\S+)")
_SEPARATORS = re.compile(r"[\t;,]+")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and the line of the block that it stands on, counted from 1."""

    line: int
    number: str


def numbers_of(block: str) -> list[Numbered]:
    """The numbers of a block: each line may hold several, apart by tabs, semicolons or commas; ``A-001..A-020`` is a
    range. Empty lines count as lines. Raises ``RuleBroken`` for a range that is none, or more than ten thousand."""
    found: list[Numbered] = []
    for line, text in enumerate(block.splitlines(), 1):
        for part in _SEPARATORS.split(text):
            for number in _expanded(clean(part), line):
                found.append(Numbered(line, number))
                if len(found) > MOST_AT_ONCE:
                    raise RuleBroken(
                        "numbers",
                        _("More than {most} numbers at once.").format(most=MOST_AT_ONCE),
                        _("Enter them in several blocks."),
                    )
    return found


def _expanded(text: str, line: int) -> Iterator[str]:
    match = _RANGE.fullmatch(text)
    if match is None:
        if text:
            yield text
        return
    first, start, last = match["first"], match["start"], match["last"]
    prefix = first[: len(first) - len(start)]
    end = last.removeprefix(prefix)
    # "A-001..20" names only the digits that differ.
    end = start[: -len(end)] + end if end.isdecimal() and len(end) < len(start) else end
    if not end.isdecimal() or len(end) < len(start) or int(end) < int(start):
        raise RuleBroken(
            "numbers",
            _("Line {line}: “{text}” is no range.").format(line=line, text=text),
            _("Write the first and the last number, as A-001..A-020."),
        )
    if int(end) - int(start) >= MOST_AT_ONCE:
        raise RuleBroken(
            "numbers",
            _("More than {most} numbers at once.").format(most=MOST_AT_ONCE),
            _("Enter them in several blocks."),
        )
    for serial in range(int(start), int(end) + 1):
        yield f"{prefix}{serial:0{len(start)}d}"
