"""Deals that stand longer in their stage than they should: what the first section shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from peewee import JOIN, Case

from models.base import tuples
from models.clients.tables import Client
from models.sales.funnel_queries import rots
from models.sales.tables import Deal, Stage


@dataclass(frozen=True, slots=True)
class RottingDeal:
    """A deal that rots: whose it is, where it stands since when, and what is expected, in the base currency."""

    id: int
    title: str
    client: str
    stage: str
    since: dt.date
    expected: Decimal


def rotting_deals(operator_id: int | None, limit: int) -> tuple[tuple[RottingDeal, ...], int]:
    """Deals that rot, the operator's own first, then those of most money; at most ``limit``; and how many there are."""
    condition = rots()
    others = Case(None, [(Deal.operator == operator_id, 0)], 1)
    query = (
        Deal.select(Deal.id, Deal.title, Client.name, Stage.name, Deal.stage_since, Deal.expected_base)
        .join(Client, JOIN.LEFT_OUTER, on=(Deal.client == Client.id))
        .switch(Deal)
        .join(Stage, on=(Deal.stage == Stage.id))
        .where(condition)
        .order_by(others, Deal.expected_base.desc(), Deal.id)
        .limit(limit)
    )
    found = tuple(
        RottingDeal(i, title, client or "", stage, since, expected)
        for i, title, client, stage, since, expected in tuples(query)
    )
    return found, int(Deal.select().where(condition).count())
