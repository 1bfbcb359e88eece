"""``turbofly key FRAGMENT`` as a whole process, beside the bare import of its libraries and the usual tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.fragments import fragments
from benchmarks.measured import Line
from benchmarks.timing import Took, in_turns, process
from benchmarks.workshop import ROWS_LOOKED_THROUGH, Workshop, program

FOUND_OR_NOT = (0, 1)
_SKELETON = "python -c 'import peewee, apsw'"
_LIKE = f"""
    SELECT * FROM ({ROWS_LOOKED_THROUGH})
    WHERE number LIKE '%{{0}}%' OR key LIKE '%{{0}}%' OR client LIKE '%{{0}}%' OR product LIKE '%{{0}}%' LIMIT 50;
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Times of processes that look for the same fragment of a licence's number."""
    fragment = _part_of_a_number(workshop)
    took = in_turns(_trials(workshop, fragment), workshop.rounds)
    skeleton = took["skeleton"]
    for name, says in (("key", "turbofly key"), ("json", "turbofly key --json")):
        yield Line(f"{says}, by the clock", "ms", took[name].wall, skeleton.wall, _SKELETON, "≤ 2.0 ×")
        yield Line(f"{says}, processor", "ms", took[name].cpu, skeleton.cpu, _SKELETON, "≤ 2.0 ×")
    for name, peer in (("rg", "rg over the same rows as CSV"), ("sqlite3", "sqlite3 with LIKE")):
        if name in took:
            yield Line("turbofly key, by the clock", "ms", took["key"].wall, took[name].wall, peer)


def _part_of_a_number(workshop: Workshop) -> str:
    numbers = {number for (number,) in workshop.select(workshop.large, "SELECT number FROM licence WHERE id % 997 = 3")}
    return next(
        (part for part in fragments(workshop, workshop.large, 200) if any(part in number for number in numbers)),
        min(numbers)[1:7],
    )


def _trials(workshop: Workshop, fragment: str) -> dict[str, Callable[[], Took]]:
    programs, environment = workshop.programs, workshop.environment
    key: list[str | Path] = [programs / "turbofly", "--database", workshop.large, "key"]
    trials: dict[str, Callable[[], Took]] = {
        "skeleton": partial(process, [programs / "python", "-c", "import peewee, apsw"], environment),
        "key": partial(process, [*key, fragment], environment, expected=FOUND_OR_NOT),
        "json": partial(process, [*key, "--json", fragment], environment, expected=FOUND_OR_NOT),
    }
    if rg := program("rg"):
        command: list[str | Path] = [
            rg,
            "--ignore-case",
            "--fixed-strings",
            "--max-count",
            "50",
            fragment,
            workshop.rows,
        ]
        trials["rg"] = partial(process, command, environment, expected=FOUND_OR_NOT)
    if sqlite := program("sqlite3"):
        command = [sqlite, "-readonly", workshop.large]
        quoted = _LIKE.format(fragment.replace("'", "''"))
        trials["sqlite3"] = partial(process, command, environment, stdin=quoted)
    return trials
