"""The funnel with all its figures, the journal of documents, and issuing an invoice of fifty lines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measured import Line
from benchmarks.timing import percentile
from benchmarks.workshop import PROJECT, Workshop

LINES = 50
# What the funnel counts, as bare SQL with nothing around it.
_COUNTED = (
    "SELECT stage_id, count(*), sum(expected_base) FROM deal WHERE state = 'open' GROUP BY stage_id",
    "SELECT before_id, after_id, days, count(*), sum(amount) FROM stage_change GROUP BY before_id, after_id, days",
    "SELECT stage_id, state, CAST(julianday(closed) - julianday(opened) AS INTEGER), count(*), sum(expected_base)"
    " FROM deal WHERE state IN ('won', 'lost') GROUP BY 1, 2, 3",
)
_HEAD = """
import datetime as dt, json, sys, time
from models.database import DatabaseURL
from models.opening import open_database, open_for_reading

def timed(do, rounds, clock=time.perf_counter):
    took = []
    for _round in range(rounds):
        start = clock()
        do()
        took.append((clock() - start) * 1000)
    return took

rounds = int(sys.argv[2])
"""
_FUNNEL = (
    _HEAD
    + """
open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.base import database
from models.clock import today
from models.periods import Period
from models.sales.funnel_queries import Selection, funnel_of

year = Period(today() - dt.timedelta(days=364), today())
print(json.dumps({
    "ever": timed(lambda: funnel_of(Selection()), rounds),
    "processor": timed(lambda: funnel_of(Selection()), rounds, time.process_time),
    "year": timed(lambda: funnel_of(Selection(year), compare=True), rounds),
    "operator": timed(lambda: funnel_of(Selection(operator=2)), rounds),
    "vendor": timed(lambda: funnel_of(Selection(year, vendor=1)), rounds),
    "sql": timed(lambda: [database.execute_sql(sql).fetchall() for sql in json.loads(sys.argv[3])], rounds),
}))
"""
)
_JOURNAL = (
    _HEAD
    + """
open_for_reading(DatabaseURL.parse(sys.argv[1]))
from models.listing import Sort
from models.sales.lists import DOCUMENTS
from models.table_listing import TableListing

def opened(filter_text="", sort=None):
    listing = TableListing.of(DOCUMENTS).with_filter(filter_text)
    return (listing if sort is None else listing.with_sort(sort)).page(0, 40)

print(json.dumps({
    "open": timed(opened, rounds),
    "sort by amount": timed(lambda: opened(sort=Sort("gross", descending=True)), rounds),
    "sort by client (no index)": timed(lambda: opened(sort=Sort("client")), rounds),
    "filter by kind and state": timed(lambda: opened("kind:invoice state:issued"), rounds),
    "filter by a part of a number": timed(lambda: opened("00042"), rounds),
    "count": timed(lambda: TableListing.of(DOCUMENTS).count(), rounds),
}))
"""
)
_ISSUE = (
    _HEAD
    + """
open_database(DatabaseURL.parse(sys.argv[1]))
from models.catalogue.tables import Product
from models.company.identity import actor_for
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document

actor = actor_for(None, "bench")
products = [row.id for row in Product.select(Product.id).where(Product.price > 0).limit(int(sys.argv[3]))]
lines = [{"product": products[number % len(products)]} for number in range(int(sys.argv[3]))]
took, worked = [], []
for number in range(rounds + 1):
    draft = new_document(actor, "invoice", {"client": 40 + number, "company": 1}, lines)
    before = time.process_time()
    took += timed(lambda: issue_document(actor, draft), 1)
    worked.append((time.process_time() - before) * 1000)
print(json.dumps({"issue": took[1:], "processor": worked[1:]}))
"""
)


def measure(workshop: Workshop) -> Iterator[Line]:
    """The best of some runs of each; of issuing, the median, for every invoice is another one."""
    medium = workshop.sample("medium" if workshop.scale != "small" else "small")
    yield from _funnel(workshop, medium, "≤ 150 ms")
    if workshop.large != medium:
        yield from _funnel(workshop, workshop.large, "≤ 1,500 ms")
    for what, took in _run(_JOURNAL, workshop, workshop.large).items():
        yield Line(f"journal of documents: {what}", "ms", min(took))
    copy = workshop.copy_of(medium, "selling.db")
    issued = _run(_ISSUE, workshop, copy, str(LINES))
    yield Line(f"an invoice of {LINES} lines is issued, processor", "ms", percentile(issued["processor"], 50))
    yield Line(f"an invoice of {LINES} lines is issued", "ms", percentile(issued["issue"], 50), aim="≤ 30 ms")
    workshop.remove(copy)


def _funnel(workshop: Workshop, database: Path, aim: str) -> Iterator[Line]:
    found = _run(_FUNNEL, workshop, database, json.dumps(_COUNTED))
    bare = min(found["sql"])
    ((documents,),) = workshop.select(database, "SELECT count(*) FROM document")
    over = f"funnel over {documents:,} documents"
    yield Line(f"{over}, ten years", "ms", min(found["ever"]), bare, "its three counts as bare SQL", aim)
    yield Line(f"{over}, ten years, processor", "ms", min(found["processor"]), aim=aim)
    yield Line(f"{over}, a year beside the one before", "ms", min(found["year"]), aim=aim)
    yield Line(f"{over}, of one operator", "ms", min(found["operator"]), aim=aim)
    yield Line(f"{over}, a year of one vendor", "ms", min(found["vendor"]), aim=aim)


def _run(program: str, workshop: Workshop, database: Path, *arguments: str) -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-c", program, str(database), str(max(1, min(7, workshop.rounds))), *arguments],
        cwd=PROJECT, env=workshop.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(finished.stdout)
    return found
