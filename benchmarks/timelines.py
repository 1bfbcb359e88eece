"""The timeline of a client with ten thousand events: its queries, and its card from the key to the newest event."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Line
from benchmarks.pseudo_terminal import Answer, NothingShown, PseudoTerminal
from benchmarks.workshop import PROJECT, Workshop
from tests import postgresql

EVENTS = 10_000
OPENED = 5
_REST_SECONDS = 0.5
_PEER = "the card of a client with few events"
_CLIENT, _NEWEST = "!Eventful", "The newest of all"
_FILL = """
import datetime as dt, sys
from models.company.identity import actor_for
from models.database import DatabaseURL
from models.opening import open_database

open_database(DatabaseURL.parse(sys.argv[1]))
from models.writing import in_transaction
from tests.models.timeline.events import an_interaction, at, many_events
from tests.models.worlds import a_client

client, newest, events = sys.argv[2], sys.argv[3], int(sys.argv[4])
anna = actor_for(None, "benchmark")
number = a_client(anna, client)
moments = [at(-n % 3000, n % 24) for n in range(events)]
in_transaction(anna, "fill", lambda change: many_events(change, number, moments))
in_transaction(anna, "fill", lambda change: an_interaction(change, number, at(10_000), newest))
"""
_RUN = """
import json, sys, time
from models.database import DatabaseURL
from models.opening import open_for_reading

open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.clients.tables import Client
from models.timeline.listing import TimelineListing

client = Client.get(Client.name == sys.argv[2]).id
ways = {
    "first page": lambda listing: listing.page(0, 50),
    "page in the middle": lambda listing: listing.page(listing.count() // 2, 50),
    "count": lambda listing: listing.count(),
    "two words": lambda listing: listing.with_filter("о продлении").page(0, 50),
}
took = {}
for name, way in ways.items():
    for _round in range(15):
        start = time.perf_counter()
        way(TimelineListing(client))
        took[name] = min(took.get(name, 1e9), (time.perf_counter() - start) * 1000)
print(json.dumps(took))
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """The queries on both databases, the card on SQLite."""
    database = workshop.copy_of(workshop.small, "eventful.db")
    _python(workshop, _FILL, str(database), _CLIENT, _NEWEST, str(EVENTS))
    yield from _queries(workshop, "SQLite", str(database))
    if workshop.postgresql:
        with postgresql.server() as url:
            address = _made(url)
            workshop.turbofly("demo", "--scale", "small", "--seed", str(workshop.seed), address)
            _python(workshop, _FILL, address, _CLIENT, _NEWEST, str(EVENTS))
            yield from _queries(workshop, "PostgreSQL", address)
    ours, others = _opened(workshop, database)
    what = f"card of a client with {EVENTS:,} events"
    yield Line(f"{what}: until the first byte", "ms", min(a.first for a in ours), min(a.first for a in others), _PEER)
    yield Line(
        f"{what}: until the last byte", "ms", min(a.last for a in ours), min(a.last for a in others), _PEER, "≤ 100 ms"
    )


def _made(url: str) -> str:
    import psycopg

    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return url.format(name="bench")


def _queries(workshop: Workshop, name: str, address: str) -> Iterator[Line]:
    took: dict[str, float] = json.loads(_python(workshop, _RUN, address, _CLIENT))
    for what, best in took.items():
        yield Line(f"timeline on {name}: {what}", "ms", best, aim="≤ 20 ms" if what == "first page" else "")


def _python(workshop: Workshop, script: str, *arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=PROJECT, env=workshop.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return finished.stdout


def _opened(workshop: Workshop, database: Path) -> tuple[list[Answer], list[Answer]]:
    """What the key is answered by that opens the card, and that of another client, in turns."""
    command = [sys.executable, "-m", "tui.command_line.main", "--database", str(database)]
    environment = {**workshop.environment, "PYTHONPATH": str(PROJECT)}
    answers: tuple[list[Answer], list[Answer]] = ([], [])
    with PseudoTerminal(command, environment, ready=b"Today") as terminal:
        terminal.press("2")
        terminal.wait_for(_CLIENT.encode())
        for key in ("down", "\r", "\x1b"):
            # The first card of all loads what cards are made of.
            terminal.press(key, _REST_SECONDS)
        for _time in range(min(OPENED, workshop.rounds)):
            for place, found in zip(("home", "end"), answers, strict=True):
                terminal.press(place, _REST_SECONDS)
                found.append(terminal.press("\r", _REST_SECONDS))
                terminal.press("\x1b", _REST_SECONDS)
        if _NEWEST.encode() not in terminal.shown:
            raise NothingShown("the card did not show its newest event")
    return answers
