"""Walking through the list of keys: bytes and milliseconds per key press, and the memory of the process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measured import Line
from benchmarks.pseudo_terminal import Answer, PseudoTerminal
from benchmarks.starting import keys_list
from benchmarks.timing import percentile
from benchmarks.workshop import Workshop

PAGES_FOR_MEMORY = 30
BACKGROUND_SECONDS = 1.5
_SORT_BY_THE_NEXT_COLUMN = ("l", "s")
_INDEXED, _UNINDEXED = "sorted by number", "sorted by model, which has no index"


def measure(workshop: Workshop) -> Iterator[Line]:
    """What is pressed on the large company, then the memory of both."""
    with keys_list(workshop, workshop.large, wait=True) as terminal:
        times = workshop.rounds
        yield from _lines("row down", _presses(terminal, times, "down"), "≤ 600 B", "≤ 10 ms")
        yield from _lines("page down", _presses(terminal, times, "pagedown"), "≤ 5 KB", "")
        yield from _lines(f"to the end and back, {_INDEXED}", _presses(terminal, times, "end", "home"), "", "≤ 50 ms")
        for key in _SORT_BY_THE_NEXT_COLUMN:
            terminal.press(key, BACKGROUND_SECONDS)
        walk = _presses(terminal, times, "end", "home", quiet_seconds=BACKGROUND_SECONDS)
        yield from _lines(f"to the end and back, {_UNINDEXED}", walk, "", "≤ 300 ms")
    large, small = _memory(workshop, workshop.large), _memory(workshop, workshop.small)
    yield Line(f"memory, {PAGES_FOR_MEMORY} pages on", "MiB", large, small, "the same on the small company", "≤ 1.3 ×")


def _presses(terminal: PseudoTerminal, times: int, *keys: str, quiet_seconds: float = 0.4) -> list[list[Answer]]:
    return [[terminal.press(key, quiet_seconds) for key in keys] for _time in range(times)]


def _lines(what: str, presses: list[list[Answer]], size_aim: str, time_aim: str) -> Iterator[Line]:
    """The median of the bytes; of the times the lower quartile, since others use the machine too."""
    yield Line(f"{what}: sent", "bytes", median(sum(answer.size for answer in keys) for keys in presses), aim=size_aim)
    times = [sum(answer.last for answer in keys) for keys in presses]
    yield Line(f"{what}: until the last byte", "ms", percentile(times, 25), aim=time_aim)


def _memory(workshop: Workshop, database: Path) -> float:
    with keys_list(workshop, database, wait=True) as terminal:
        for _page in range(PAGES_FOR_MEMORY):
            terminal.press("pagedown", 0.05)
        return terminal.resident()
