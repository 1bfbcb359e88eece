"""Which interactions are planned: the calls to make, and what a calendar shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from models.base import tuples
from models.clients.tables import Client, Interaction, Person, Phone
from models.company.tables import Operator


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One planned interaction, with the names that it is told by."""

    id: int
    moment: dt.datetime
    minutes: int
    kind: str
    subject: str
    next_step: str
    client: str
    person: str
    phone: str
    operator: str
    version: int
    created: dt.datetime
    updated: dt.datetime


_I = Interaction
_phone_of_person = Phone.select(Phone.number).where(Phone.person == _I.person).order_by(Phone.id).limit(1)
_phone_of_client = Phone.select(Phone.number).where((Phone.client == _I.client) & Phone.person.is_null())
_phone_of_client = _phone_of_client.order_by(Phone.id).limit(1)


def planned_interactions(
    operator_id: int | None = None, before: dt.datetime | None = None, limit: int = 100_000
) -> list[PlannedLine]:
    """What is planned, of one operator or of all, up to a moment or however far ahead; the soonest first."""
    query = (
        _I.select(
            _I.id, _I.moment, _I.minutes, _I.kind, _I.subject, _I.next_step, Client.name, Person.name,
            _phone_of_person, _phone_of_client, Operator.name, _I.version, _I.created, _I.updated,
        )
        .join(Client)
        .switch(_I)
        .join(Person, JOIN.LEFT_OUTER)
        .switch(_I)
        .join(Operator)
        .where(_planned(operator_id, before))
        .order_by(_I.moment, _I.id)
        .limit(limit)
    )  # fmt: skip
    return [_line(*row) for row in tuples(query)]


def _line(*row: Any) -> PlannedLine:
    *first, person, phone_of_person, phone_of_client, operator, version, created, updated = row
    cells = [*first, person or "", phone_of_person or phone_of_client or "", operator, version, created, updated]
    return PlannedLine(*cells)


def count_planned(operator_id: int | None, before: dt.datetime) -> int:
    """How many are planned up to a moment."""
    return int(_I.select().where(_planned(operator_id, before)).count())


def _planned(operator_id: int | None, before: dt.datetime | None) -> Any:
    condition = _I.state == "planned"
    if operator_id is not None:
        condition = condition & (_I.operator == operator_id)
    return condition if before is None else condition & (_I.moment < before)
