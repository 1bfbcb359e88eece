"""What others changed lately: by whom, which records, in the words of their kinds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import fn

from models.audit import AuditEntry
from models.base import tuples
from models.cards.definitions import CARDS
from models.cards.reading import label_of

_LOOKED_AT = 2000
"""Entries looked at, from the newest: an import writes hundreds of thousands in a day."""


@dataclass(frozen=True, slots=True)
class RecentChange:
    """One record that somebody changed: when last (UTC), and how many changes there were."""

    kind: str
    id: int
    title: str
    operator: str
    moment: dt.datetime


def changes_by_others(login: str, since: dt.datetime, limit: int) -> tuple[RecentChange, ...]:
    """The records with a card that other operators wrote since a moment (UTC), the last one first, each once."""
    newest = AuditEntry.select(fn.MAX(AuditEntry.seq)).scalar() or 0
    query = (
        AuditEntry.select(AuditEntry.kind, AuditEntry.record_id, AuditEntry.operator, AuditEntry.moment)
        .where((AuditEntry.seq > newest - _LOOKED_AT) & (AuditEntry.moment >= since) & (AuditEntry.operator != login))
        .order_by(AuditEntry.seq.desc())
    )
    seen: dict[tuple[str, int], tuple[str, dt.datetime]] = {}
    for kind, record_id, operator, moment in tuples(query):
        if kind in CARDS and len(seen) < limit:
            seen.setdefault((kind, record_id), (operator, moment))
    return tuple(
        RecentChange(kind, record_id, label_of(kind, record_id), operator, moment)
        for (kind, record_id), (operator, moment) in seen.items()
    )
