"""Importing 100,000 licences, with checks, audit and look-up table, beside ``sqlite3 .import`` of the same file; and
how long another operator waits for a save meanwhile."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured import Line
from benchmarks.timing import Took, in_turns, percentile, process
from benchmarks.workshop import PROJECT, Workshop, program

# The operators of the sample are not those of the company that moves in.
_TABLES = {"clients": ("--map", "responsible="), "products": (), "keys": ()}
# A few rows are refused: two clients of the sample have names that are spelt the same but for a hyphen.
_TAKEN = (0, 3)
_ROUNDS = 3
SAVES_ALONE = 60
# The indexes that the table of licences has.
_INDEXES = (
    ("Number", "Product code"), ("Client", "Issued", "Product", "Kind"), ("End user",), ("Product",), ("Key",),
    ("Issued",), ("Expires",), ("Instance",), ("Maintenance until",), ("Supersedes",),
)  # fmt: skip
_LOOKED_UP = ("Number", "Key", "Client", "Licence name", "Product code", "Product")


@dataclass(frozen=True, slots=True)
class _Move:
    """A company that moves in: a database without licences, and the file of its licences."""

    empty: Path
    licences: Path
    headings: tuple[str, ...]
    rows: int


def measure(workshop: Workshop) -> Iterator[Line]:
    """Rows per second, and the times of saves while an import runs."""
    move = _moving(workshop)
    took = in_turns(
        {"ours": lambda: _import(workshop, move), "peer": lambda: _peer(workshop, move)}, min(_ROUNDS, workshop.rounds)
    )
    peer_is = "sqlite3 .import, same indexes, trigram trigger; no checks, no audit"
    what = f"import of {move.rows:,} licences"
    ours, peer = took["ours"], took.get("peer")
    for name, mine, theirs in (
        ("by the clock", ours.wall, peer and peer.wall),
        ("processor", ours.cpu, peer and peer.cpu),
    ):
        speed = None if not theirs else move.rows / theirs * 1000
        yield Line(f"{what}, {name}", "rows/s", move.rows / mine * 1000, speed, peer_is, "≥ 1.0 ×")
    yield from _saves(workshop, move)


def _moving(workshop: Workshop) -> _Move:
    """Export a sample company of 100,000 licences and import all but its licences into an empty database."""
    source = workshop.sample(workshop.import_scale)
    empty, licences = workshop.folder / "moving.db", workshop.folder / "licences.csv"
    if not empty.exists():
        unfinished = workshop.folder / "moving.unfinished"
        workshop.remove(unfinished)
        workshop.turbofly("--database", unfinished, "init", "--company", "Bench", "--login", "bench", "--name", "Bench")
        for table, options in _TABLES.items():
            file = workshop.folder / f"{table}.csv"
            workshop.turbofly("--database", source, "export", "table", table, "--output", file)
            workshop.turbofly("--database", unfinished, "import", table, file, *options, expected=_TAKEN)
        workshop.turbofly("--database", source, "export", "table", "licences", "--output", licences)
        for _row in workshop.select(unfinished, "PRAGMA wal_checkpoint(TRUNCATE)"):
            pass
        unfinished.rename(empty)
    with licences.open(encoding="utf-8-sig", newline="") as table_file:
        reader = csv.reader(table_file)
        headings = tuple(next(reader))
        return _Move(empty, licences, headings, sum(1 for _row in reader))


def _import(workshop: Workshop, move: _Move) -> Took:
    return process(_command(workshop, move), workshop.environment, expected=_TAKEN)


def _command(workshop: Workshop, move: _Move) -> list[str | Path]:
    copy = workshop.copy_of(move.empty, "import.db")
    return [workshop.programs / "turbofly", "--database", copy, "import", "licences", move.licences]


def _peer(workshop: Workshop, move: _Move) -> Took:
    sqlite = program("sqlite3")
    if sqlite is None:
        return Took(0, 0)
    target = workshop.folder / "peer.db"
    workshop.remove(target)
    return process([sqlite, target], workshop.environment, stdin=_script(move))


def _script(move: _Move) -> str:
    """What the ``sqlite3`` shell is told: the table, its indexes, its trigram index, and the import."""
    fields = ", ".join(f'"{heading}" TEXT' for heading in move.headings)
    indexes = [
        "CREATE INDEX i{} ON licence ({});".format(number, ", ".join(f'"{heading}"' for heading in headings))
        for number, headings in enumerate(_INDEXES)
        if set(headings) <= set(move.headings)
    ]
    text = " || ' ' || ".join(f'new."{heading}"' for heading in _LOOKED_UP)
    return "\n".join(
        (
            "PRAGMA journal_mode = wal; PRAGMA synchronous = full;",
            f"CREATE TABLE licence ({fields});",
            *indexes,
            "CREATE VIRTUAL TABLE lookup USING fts5(text, content='', tokenize='trigram case_sensitive 1');",
            "CREATE TRIGGER look_up AFTER INSERT ON licence BEGIN"
            f" INSERT INTO lookup (rowid, text) VALUES (new.rowid, {text}); END;",
            f'.import --csv --skip 1 "{move.licences}" licence',
            "",
        )
    )


def _saves(workshop: Workshop, move: _Move) -> Iterator[Line]:
    """The saves of another operator, alone and during an import."""
    alone = saving(workshop, workshop.copy_of(move.empty, "import.db"), until_saved=SAVES_ALONE)
    command = _command(workshop, move)
    with subprocess.Popen(
        command, env=workshop.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as importing:
        during = saving(workshop, workshop.folder / "import.db", while_process=importing.pid)
    for percent in (50, 95, 99):
        yield Line(
            f"save during an import, {percent}th percentile", "ms", percentile(during, percent),
            percentile(alone, percent), "the same save without an import",
            "" if percent < 99 else "lock ≤ 50 ms",
        )  # fmt: skip


def saving(
    workshop: Workshop, database: Path, *, until_saved: int = 0, while_process: int = 0, login: str = "bench"
) -> list[float]:
    """Milliseconds of each save: so many, or as many as there are until a process has ended."""
    finished = subprocess.run(
        [sys.executable, "-m", "benchmarks.peers.saving", database, str(until_saved), str(while_process), login],
        cwd=PROJECT, env=workshop.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    took: list[float] = json.loads(finished.stdout)
    return took
