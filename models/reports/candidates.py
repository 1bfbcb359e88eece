"""The report on candidates: how many were entered, how many of them became clients, and how long that took.

A candidate counts in the month in which it was entered, whenever it became a client: so a month's conversion grows as
long as its candidates are worked on, and months can be compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from peewee import JOIN

from models.base import tuples
from models.clients.status import CANDIDATE, CLIENT
from models.clients.tables import Client, StatusChange
from models.company.tables import Operator
from models.language import N_
from models.listing import Cell, Column
from models.periods import Period
from models.reports.frame import Report, ReportRows, day_of, month_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client that began as a candidate: from where it came, who looks after it, and its two days."""

    source: str
    responsible: str
    entered: dt.date
    became: dt.date | None = None
    """When it became a client; None as long as it has not."""


DIMENSIONS: Mapping[str, Column] = {
    "month": Column("month", N_("Month"), width=8),
    "source": Column("source", N_("Source"), width=20),
    "responsible": Column("responsible", N_("Responsible"), width=24),
}
_KEYS: Mapping[str, Callable[[Candidate], str]] = {
    "month": lambda one: month_of(one.entered),
    "source": lambda one: one.source,
    "responsible": lambda one: one.responsible,
}
_MEASURES = (
    Column("entered", N_("Candidates entered"), "integer", width=10),
    Column("became", N_("Became clients"), "integer", width=10),
    Column("conversion", N_("Conversion, %"), "quantity", width=10),
    Column("median_days", N_("Median days"), "quantity", width=10),
)
_TENTH = Decimal("0.1")


def conversion(candidates: Iterable[Candidate], by: Sequence[str]) -> ReportRows:
    """The candidates counted in groups, sorted by what they are grouped by."""
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    everybody: list[Candidate] = []
    for one in candidates:
        groups.setdefault(tuple(_KEYS[name](one) for name in by), []).append(one)
        everybody.append(one)
    return ReportRows(
        (*(DIMENSIONS[name] for name in by), *_MEASURES),
        tuple((*key, *_measured(groups[key])) for key in sorted(groups)),
        (*([""] * len(by)), *_measured(everybody)),
    )


def _measured(group: Sequence[Candidate]) -> tuple[Cell, ...]:
    days = [(one.became - one.entered).days for one in group if one.became is not None]
    share = (Decimal(100 * len(days)) / len(group)).quantize(_TENTH) if group else None
    return len(group), len(days), share, Decimal(str(median(days))).quantize(_TENTH) if days else None


def candidates_of(period: Period) -> Iterator[Candidate]:
    """All that were entered as candidates in a period.

    A client that was entered as such is none. Of a client that two were merged into, the first of both moments counts.
    """
    changes: dict[int, list[tuple[str, str, dt.datetime]]] = {}
    query = StatusChange.select(StatusChange.client, StatusChange.before, StatusChange.after, StatusChange.moment)
    for client_id, before, after, moment in tuples(query.order_by(StatusChange.moment, StatusChange.id)):
        changes.setdefault(client_id, []).append((before, after, moment))
    clients = Client.select(Client.id, Client.source, Operator.name, Client.created, Client.status)
    for client_id, source, responsible, created, status in tuples(clients.join(Operator, JOIN.LEFT_OUTER)):
        own = changes.get(client_id, [])
        if CANDIDATE not in (own[0][:2] if own and not own[0][0] else own[0][:1] if own else (status,)):
            continue
        entered = day_of(min([created, *(moment for _before, _after, moment in own[:1])]))
        if entered in period:
            became = next((moment for before, after, moment in own if (before, after) == (CANDIDATE, CLIENT)), None)
            yield Candidate(source, responsible or "", entered, None if became is None else day_of(became))


CANDIDATES = Report(
    "candidates",
    N_("Candidates that became clients"),
    N_("by month of entry, source and responsible operator"),
    DIMENSIONS,
    ("month", "source", "responsible"),
    lambda question: conversion(candidates_of(question.period), question.by),
)
