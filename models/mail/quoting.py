"""Which parts of a message's text are quoted from earlier ones, so that they can be folded away. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_QUOTED = re.compile(r"\s{0,3}[>|]")
_ORIGINAL_BEGINS = re.compile(
    r"\s*-{3,}\s*(?:original message|исходное сообщение|оригинальное сообщение)\s*-{3,}\s*$", re.IGNORECASE
)
_RULE = re.compile(r"\s*_{20,}\s*$")
_HEADER = re.compile(r"\s*\**(?:from|sent|date|to|subject|от|отправлено|дата|кому|тема)\**:", re.IGNORECASE)
SHORTEST = 4
"""Fewer quoted lines are left as they are: they are what the answer below them is about."""


def quoted_parts(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The quoted parts of a text, each as its first line and the line after its last.

    Those are runs of lines that begin with ``>``, and all below “Original Message” or the headers that Outlook puts
    above it. A message that is nothing but a quotation has none.
    """
    parts = [(start, end) for start, end in _parts(lines) if end - start >= SHORTEST]
    begins = [0, *(end for _start, end in parts)]
    ends = [*(start for start, _end in parts), len(lines)]
    own = (line for begin, end in zip(begins, ends, strict=True) for line in lines[begin:end])
    return parts if any(line.strip() for line in own) else []


def _parts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    last = 0
    for place, line in enumerate(lines):
        if _QUOTED.match(line):
            start = place if start is None else start
            last = place
        elif start is not None and line.strip():
            yield start, last + 1
            start = None
        if start is None and _original_begins(lines, place):
            yield place, len(lines)
            return
    if start is not None:
        yield start, last + 1


def _original_begins(lines: Sequence[str], place: int) -> bool:
    if _ORIGINAL_BEGINS.match(lines[place]):
        return True
    if not _RULE.match(lines[place]):
        return _headers_at(lines, place) >= 3
    return _headers_at(lines, place + 1) >= 2


def _headers_at(lines: Sequence[str], place: int) -> int:
    """How many lines in a row look like headers of a message."""
    count = 0
    while place + count < len(lines) and count < 3 and _HEADER.match(lines[place + count]):
        count += 1
    return count
