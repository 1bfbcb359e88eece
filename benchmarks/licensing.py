"""Keys and licences: large cards, posting and cancelling a shipment of 200 licences, replacing a key, taking codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measured import Line
from benchmarks.pseudo_terminal import Answer, NothingShown, PseudoTerminal
from benchmarks.timing import percentile
from benchmarks.workshop import PROJECT, Workshop

LICENCES, ON_A_KEY, CODES = 200, 40, 200
OPENED = 9
_REST_SECONDS, _BLINK_SECONDS = 0.5, 0.3
_ALL_OF_IT = "\x15"
"""What empties an input before the cursor."""
# Each record's id, something that a list finds it alone by, and how many licences it has: the most first, then two.
_COUNTED = {
    "key": "SELECT l.key_id, k.number, count(*) FROM licence l JOIN protection_key k ON k.id = l.key_id",
    "client": "SELECT l.client_id, c.inn, count(*) FROM licence l JOIN client c ON c.id = l.client_id",
}
_MOST, _FEW = "GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 1", "GROUP BY 1 HAVING count(*) = 2 ORDER BY 1 LIMIT 1"
_AIMS = {"key": "≤ 60 ms", "client": "≤ 100 ms"}
_SECTIONS = {"key": "5", "client": "2"}
_READ = """
import json, sys, time
from models.database import DatabaseURL
from models.opening import open_for_reading

open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.cards.definitions import CARDS
from models.cards.reading import read_card, tab_listing

kind, record, rounds = sys.argv[3], int(sys.argv[4]), int(sys.argv[2])
tabs = [tab.id for tab in CARDS[kind].tabs]
ways = {
    "record and first list": lambda: (read_card(kind, record), tab_listing(kind, record, tabs[0]).page(0, 40)),
    "its licences": lambda: tab_listing(kind, record, "licences").page(0, 40),
    "the counts of all lists": lambda: [tab_listing(kind, record, tab).count() for tab in tabs],
}
took = {name: [] for name in ways}
for _round in range(rounds):
    for name, way in ways.items():
        start = time.perf_counter()
        way()
        took[name].append((time.perf_counter() - start) * 1000)
print(json.dumps(took))
"""
_TRADE = """
import itertools, json, sys, time
from models.database import DatabaseURL
from models.opening import open_database

open_database(DatabaseURL.parse(sys.argv[1]))
from models.clock import today
from models.company.identity import actor_for
from models.licensing.blocks import numbers_of
from models.licensing.entering import add_licences, add_licences_from_pool
from models.licensing.exchange import replace_key
from models.licensing.forming import form_instances
from models.licensing.picking import pick_key
from models.licensing.pools import add_codes
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from tests.models.worlds import a_key, a_product

me, rounds = actor_for(None, "benchmark"), int(sys.argv[2])
many, few, codes = (int(number) for number in sys.argv[3:6])
clients = itertools.count(60)
policy = {"kind": "licence", "price": 1000}
on_a_key = a_product(me, "BENCH-KEY", protection_method="hardware_key", **policy)
by_code = a_product(me, "BENCH-CODE", protection_method="activation_code", **policy)
took = {}

def timed(what, do):
    start, worked = time.perf_counter(), time.process_time()
    result = do()
    took.setdefault(what, []).append((time.perf_counter() - start) * 1000)
    took.setdefault(f"{what}, processor", []).append((time.process_time() - worked) * 1000)
    return result

def draft(product, count):
    header = {"client": next(clients), "company": 1}
    invoice = new_document(me, "invoice", header, [{"product": product, "quantity": count}])
    issue_document(me, invoice)
    shipment = make_next(me, [invoice], "shipment")
    return shipment, form_instances(me, shipment)

def with_key(name, count, timed_entry):
    shipment, instances = draft(on_a_key, count)
    key = a_key(me, f"BENCH-{name}")
    pick_key(me, instances, key)
    numbers = numbers_of(f"BENCH-{name}-0001..BENCH-{name}-{count:04d}")
    enter = lambda: add_licences(me, instances[0], numbers)
    timed("entering a pasted block", enter) if timed_entry else enter()
    return shipment, key

for number in range(rounds + 1):
    shipment, _key = with_key(f"S{number}", many, True)
    timed("posting", lambda: issue_document(me, shipment))
    timed("cancelling", lambda: cancel_document(me, shipment, "benchmark"))
shipment, key = with_key("R", few, False)
issue_document(me, shipment)
for number in range(rounds + 1):
    new = a_key(me, f"BENCH-NEW-{number}")
    timed("replacing", lambda: replace_key(me, key, new, "broken", today()))
    key = new
add_codes(me, by_code, [f"BENCH-C{number:07d}" for number in range(codes * (rounds + 1))])
for number in range(rounds + 1):
    _shipment, instances = draft(by_code, codes)
    timed("taking", lambda: add_licences_from_pool(me, instances[0], codes))
print(json.dumps({what: times[1:] for what, times in took.items()}))
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """The cards on the large company, the rest on a copy of it; the median of some runs, each of another record."""
    for kind in _COUNTED:
        yield from _card(workshop, kind)
    copy = workshop.copy_of(workshop.large, "licensing.db")
    took = _run(workshop, _TRADE, str(copy), str(_rounds(workshop)), str(LICENCES), str(ON_A_KEY), str(CODES))
    workshop.remove(copy)
    named = {
        "posting": (f"a shipment of {LICENCES} licences is posted", "≤ 150 ms"),
        "cancelling": ("the same shipment is cancelled", ""),
        "entering a pasted block": (f"{LICENCES} licences are entered from a pasted block", ""),
        "replacing": (f"a key with {ON_A_KEY} licences is replaced", ""),
        "taking": (f"{CODES} licences are entered with codes of the pool", ""),
    }
    for what, (said, aim) in named.items():
        yield Line(said, "ms", percentile(took[what], 50), aim=aim)
        yield Line(f"{said}, processor", "ms", percentile(took[f"{what}, processor"], 50), aim=aim)


def _rounds(workshop: Workshop) -> int:
    return max(1, min(OPENED, workshop.rounds))


def _card(workshop: Workshop, kind: str) -> Iterator[Line]:
    """The queries of the card in one process, and the card itself from the key to the last byte."""
    most, few = (next(workshop.select(workshop.large, f"{_COUNTED[kind]} {which}")) for which in (_MOST, _FEW))
    record, _name, licences = most
    said = f"card of a {kind} with {licences:,} licences"
    took = _run(workshop, _READ, str(workshop.large), str(_rounds(workshop)), kind, str(record))
    for what, times in took.items():
        yield Line(f"{said}: {what}", "ms", min(times))
    ours, peer = _opened(workshop, _SECTIONS[kind], [(str(name), f"#{record}") for record, name, _n in (most, few)])
    is_peer = f"the card of a {kind} with two"
    yield Line(f"{said}: until the first byte", "ms", min(a.first for a in ours), min(a.first for a in peer), is_peer)
    yield Line(
        f"{said}: until the last byte", "ms", min(a.last for a in ours), min(a.last for a in peer), is_peer, _AIMS[kind]
    )  # fmt: skip


def _run(workshop: Workshop, program: str, *arguments: str) -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=PROJECT, env=workshop.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def _opened(workshop: Workshop, section: str, records: Sequence[tuple[str, str]]) -> list[list[Answer]]:
    """What the key is answered by that opens each of the records, by what a list finds it by, and its title says."""
    command: list[str | Path] = [sys.executable, "-m", "tui.command_line.main", "--database", str(workshop.large)]
    environment = {**workshop.environment, "PYTHONPATH": str(PROJECT)}
    answers: list[list[Answer]] = []
    with PseudoTerminal(command, environment, ready=b"Today") as terminal:
        terminal.press(section, _REST_SECONDS)
        for name, title in records:
            # Shorter than the cursor of an input takes to blink, which never rests.
            for key in ("/", _ALL_OF_IT, name, "\r"):
                terminal.press(key, _BLINK_SECONDS)
            # The first card of all loads what cards are made of.
            found = [_open_and_leave(terminal) for _time in range(_rounds(workshop) + 1)]
            answers.append(found[1:])
            if title.encode() not in terminal.shown:
                raise NothingShown(f"no card of {title} was shown")
    return answers


def _open_and_leave(terminal: PseudoTerminal) -> Answer:
    answer = terminal.press("\r", _REST_SECONDS)
    terminal.press("\x1b", _REST_SECONDS)
    return answer
