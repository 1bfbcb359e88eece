"""Likely duplicates of what is typed, among all clients, and the merge and unmerge of the one with most licences."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measured import Line
from benchmarks.timing import percentile
from benchmarks.workshop import PROJECT, Workshop

ASKED = 300
_DUPLICATES = """
import json, random, sys, time
from models.database import DatabaseURL
from models.opening import open_for_reading

open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.clients.duplicates import Typed, likely_duplicates
from models.clients.tables import Client, EmailAddress, Phone

chance = random.Random(7)
last = Client.select(Client.id).order_by(Client.id.desc()).scalar()
took = []
for _n in range(int(sys.argv[2])):
    client = Client.get_by_id(chance.randint(1, last))
    phone = Phone.get_or_none(Phone.client == client)
    email = EmailAddress.get_or_none(EmailAddress.client == client)
    whole = Typed(
        client.name, client.inn, client.kpp, phone.number if phone else "", email.address if email else "",
        client.website,
    )
    for typed in (Typed(client.name[: chance.randint(4, 30)]), whole):
        start = time.perf_counter()
        likely_duplicates(typed)
        took.append((time.perf_counter() - start) * 1000)
print(json.dumps(took))
"""
_MERGE = """
import json, sys, time
from models.database import DatabaseURL
from models.opening import open_database

open_database(DatabaseURL.parse(sys.argv[1]))
from peewee import fn
from models.clients.merging import merge_clients
from models.company.identity import actor_for
from models.licensing.tables import Licence
from models.undo import last_change, undo

me = actor_for(None, "benchmark")
count = fn.COUNT(Licence.id)
by_client = Licence.select(Licence.client, count).group_by(Licence.client).order_by(count.desc(), Licence.client)
(largest, licences), (other, _few) = by_client.limit(2).tuples()
start = time.perf_counter()
merge_clients(me, other, largest)
merged = time.perf_counter()
undo(me, last_change(me))
print(json.dumps([licences, (merged - start) * 1000, (time.perf_counter() - merged) * 1000]))
"""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Median and 99th percentile of finding duplicates; the merge and its undo once, on a copy."""
    took = _run(workshop, _DUPLICATES, str(workshop.large), str(ASKED))
    yield Line("likely duplicates of a client, median", "ms", percentile(took, 50))
    yield Line("likely duplicates of a client, 99th percentile", "ms", percentile(took, 99), aim="≤ 20 ms")
    copy = workshop.copy_of(workshop.large, "merged.db")
    licences, merged, undone = _run(workshop, _MERGE, str(copy))
    workshop.remove(copy)
    yield Line(f"merging a client with {licences:,.0f} licences", "ms", merged, aim="≤ 1,000 ms")
    yield Line("undoing that merge", "ms", undone)


def _run(workshop: Workshop, program: str, *arguments: str) -> list[float]:
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=PROJECT, env=workshop.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    took: list[float] = json.loads(finished.stdout)
    return took
