"""Protection keys that somebody has to see to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import JOIN, fn

from models.base import tuples
from models.clients.tables import Client
from models.keys.tables import ProtectionKey


@dataclass(frozen=True, slots=True)
class OverdueKey:
    """A lent key that should be back: which, who has it, and since when it is due."""

    id: int
    number: str
    model: str
    owner: str
    due: dt.date


def overdue_keys(today: dt.date, limit: int) -> tuple[tuple[OverdueKey, ...], int]:
    """Lent keys whose day of return has passed, the longest first, at most ``limit``; and how many there are."""
    overdue = (ProtectionKey.state == "lent") & (ProtectionKey.return_due < today)
    query = (
        ProtectionKey.select(
            ProtectionKey.id, ProtectionKey.number, ProtectionKey.model, Client.name, ProtectionKey.return_due
        )
        .join(Client, JOIN.LEFT_OUTER, on=(ProtectionKey.owner == Client.id))
        .where(overdue)
        .order_by(ProtectionKey.return_due, ProtectionKey.id)
        .limit(limit)
    )
    found = tuple(OverdueKey(i, number, model, owner or "", due) for i, number, model, owner, due in tuples(query))
    count = ProtectionKey.select(fn.COUNT(ProtectionKey.id)).where(overdue).scalar() or 0
    return found, int(count)
