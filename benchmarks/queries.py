"""The look-up's query alone, a thousand random fragments in one process, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.fragments import fragments
from benchmarks.measured import Line
from benchmarks.timing import percentile
from benchmarks.workshop import PROJECT, Workshop
from tests import postgresql

FRAGMENTS = 1000
_RUN = """
import json, sys, time
from models.database import DatabaseURL
from models.opening import open_for_reading

open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.search.queries import find_keys_and_licences

took = []
for fragment in json.load(sys.stdin):
    start = time.perf_counter()
    find_keys_and_licences(fragment)
    took.append((time.perf_counter() - start) * 1000)
print(json.dumps(took))
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Median and 99th percentile of the best of some runs of each query."""
    asked = fragments(workshop, workshop.large, FRAGMENTS)
    yield from _lines("SQLite", str(workshop.large), asked, "≤ 10 ms", workshop)
    if workshop.postgresql:
        with _server(workshop) as url:
            yield from _lines("PostgreSQL", url, asked, "≤ 60 ms", workshop)


def _lines(name: str, url: str, asked: list[str], aim: str, workshop: Workshop) -> Iterator[Line]:
    runs = [_run(url, asked, workshop) for _round in range(min(3, workshop.rounds))]
    best = [min(times) for times in zip(*runs, strict=True)]
    yield Line(f"query on {name}, median", "ms", percentile(best, 50))
    yield Line(f"query on {name}, 99th percentile", "ms", percentile(best, 99), aim=aim)


def _run(url: str, asked: list[str], workshop: Workshop) -> list[float]:
    finished = subprocess.run(
        [sys.executable, "-c", _RUN, url],
        cwd=PROJECT, env=workshop.environment, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    took: list[float] = json.loads(finished.stdout)
    return took


@contextlib.contextmanager
def _server(workshop: Workshop) -> Iterator[str]:
    """A PostgreSQL server with the sample company in a database of its own."""
    with postgresql.server(memory="512MB") as url:
        address = url.format(name="bench")
        import psycopg

        with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        workshop.turbofly("demo", "--scale", workshop.scale, "--seed", str(workshop.seed), address)
        yield address
