"""What ends soon: licences and maintenance, by the client who has to be called."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.base import tuples
from models.clients.tables import Client
from models.licensing.tables import Licence


@dataclass(frozen=True, slots=True)
class Ending:
    """What of one client's ends soon: how many licences, the first day, and the licence where it is but one."""

    client_id: int
    client: str
    number: int
    first_day: dt.date
    licence_id: int | None
    licence: str


@dataclass(frozen=True, slots=True)
class EndingSoon:
    """The clients whose licences end first, and how many licences of how many clients end in all."""

    clients: tuple[Ending, ...]
    licences: int
    number_of_clients: int


def licences_ending(first: dt.date, last: dt.date, limit: int) -> EndingSoon:
    """Issued licences whose last day lies between two days, both included."""
    return _ending(Licence.expires, first, last, limit)


def maintenance_ending(first: dt.date, last: dt.date, limit: int) -> EndingSoon:
    """Issued licences whose maintenance ends between two days, while the licence itself goes on."""
    return _ending(Licence.maintenance_until, first, last, limit)


def _ending(day: Any, first: dt.date, last: dt.date, limit: int) -> EndingSoon:
    soon = (Licence.state == "issued") & day.between(first, last)
    if day is Licence.maintenance_until:
        soon &= Licence.expires.is_null() | (Licence.expires > last)
    grouped = (
        Licence.select(Licence.client, fn.COUNT(Licence.id), fn.MIN(day), fn.MAX(Licence.id))
        .where(soon)
        .group_by(Licence.client)
    )
    rows = sorted(tuples(grouped), key=lambda row: (str(row[2]), -row[1], row[0]))
    nearest = rows[:limit]
    names = _names(Client, Client.name, [row[0] for row in nearest])
    single = _names(Licence, Licence.number, [row[3] for row in nearest if row[1] == 1])
    endings = (
        Ending(
            client,
            names.get(client, ""),
            number,
            _day(until),
            licence if number == 1 else None,
            single.get(licence, ""),
        )
        for client, number, until, licence in nearest
    )
    return EndingSoon(tuple(endings), sum(row[1] for row in rows), len(rows))


def _names(table: Any, column: Any, ids: list[int]) -> dict[int, str]:
    return dict(tuples(table.select(table.id, column).where(table.id.in_(ids)))) if ids else {}


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
