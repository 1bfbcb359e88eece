"""Receivables: which clients owe us what, since when, and how long their unpaid invoices are overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.base import summed, tuples
from models.clients.tables import Client
from models.clock import today
from models.conditions import Condition
from models.language import N_, NP_
from models.lookup import among
from models.sales.amounts import in_base
from models.sales.balances import owing
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, UNPAID_STATES

_D = Document
_DEBITS = [kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.balance > 0]
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Age:
    """How long invoices are overdue, in days, both included; None: however long, or not at all."""

    name: str
    title: str
    first: int | None
    last: int | None

    def holds(self, days: int | None) -> bool:
        """Whether an invoice that is overdue for so many days is of it; None for one without a due day."""
        if self.first is None:
            return days is None or days <= 0
        return days is not None and days >= self.first and (self.last is None or days <= self.last)


AGES = (
    Age("not_due", N_("Not due"), None, 0),
    Age("to_30", NP_("days overdue", "1–30"), 1, 30),
    Age("to_60", NP_("days overdue", "31–60"), 31, 60),
    Age("to_90", NP_("days overdue", "61–90"), 61, 90),
    Age("over_90", NP_("days overdue", "over 90"), 91, None),
)


@dataclass(slots=True)
class Receivable:
    """A client that owes us, or has invoices to pay, in the base currency.

    ``owes`` is its balance: what was shipped and not paid, or paid to it and not delivered, ``since`` the day of the
    oldest of that; ``unpaid`` are its open invoices, shipped or not, ``ages`` how much of that is how long overdue,
    ``days`` the longest.
    """

    client: int
    name: str = ""
    owes: Decimal = NOTHING
    since: dt.date | None = None
    unpaid: Decimal = NOTHING
    days: int = 0
    ages: dict[str, Decimal] = field(default_factory=lambda: {age.name: NOTHING for age in AGES})

    @property
    def overdue(self) -> Decimal:
        return self.unpaid - self.ages["not_due"]


def receivables(
    *, company: int | None = None, day: dt.date | None = None, client: int | None = None
) -> list[Receivable]:
    """The clients that owe us or have invoices to pay, at the end of a day (today), the most owed first.

    What is unpaid is what is unpaid now, of invoices up to that day: when they were paid is not looked at.
    """
    day = day or today()
    which = _D.client.is_null(False) if client is None else _D.client == client
    found = {one: Receivable(one, owes=amount) for one, amount in owing(which, company, day).items()}
    _add_invoices(found, which & unpaid_invoices(company, day), day)
    since = _owed_since({one.client: one.owes for one in found.values() if one.owes}, company, day)
    for one in found.values():
        one.since = since.get(one.client)
    _name(found.values())
    return sorted(found.values(), key=lambda one: (-one.owes, -one.unpaid, one.client))


def unpaid_invoices(company: int | None = None, day: dt.date | None = None) -> Condition:
    """Invoices up to a day that are not paid in full."""
    found: Condition = (_D.kind == "invoice") & _D.state.in_(UNPAID_STATES)
    if company is not None:
        found &= _D.company == company
    return found if day is None else found & (_D.date <= day)


def invoices_behind(client: int, age: str = "", *, company: int | None = None, day: dt.date | None = None) -> Condition:
    """The unpaid invoices of a client, or those of them of one age: the condition to fix on the list of documents."""
    day = day or today()
    found: Condition = unpaid_invoices(company, day) & (_D.client == client)
    for one in AGES:
        if one.name == age:
            return found & _due_within(one, day)
    return found


def _due_within(age: Age, day: dt.date) -> Condition:
    if age.first is None:
        return _D.due.is_null() | (_D.due >= day)
    newest: Condition = _D.due <= day - dt.timedelta(days=age.first)
    return newest if age.last is None else newest & (_D.due >= day - dt.timedelta(days=age.last))


def _add_invoices(found: dict[int, Receivable], which: Any, day: dt.date) -> None:
    query = _D.select(_D.client, _D.due, _D.rate, summed(_D.gross), summed(_D.settled)).where(which)
    for client, due, rate, gross, settled in tuples(query.group_by(_D.client, _D.due, _D.rate)):
        one = found.setdefault(client, Receivable(client))
        amount, days = in_base(gross - settled, rate), None if due is None else (day - due).days
        one.unpaid += amount
        one.days = max(one.days, days or 0)
        one.ages[next(age.name for age in AGES if age.holds(days))] += amount


def _owed_since(owes: Mapping[int, Decimal], company: int | None, day: dt.date) -> dict[int, dt.date]:
    """By client: the day of the oldest of what it owes for that it has not paid or delivered, the oldest first."""
    query = _D.select(_D.client, _D.date, _D.gross_base).where(
        among(_D.client, list(owes)), _D.kind.in_(_DEBITS), _D.state.in_(LIVE_STATES), _D.date <= day
    )
    if company is not None:
        query = query.where(_D.company == company)
    left, since = dict(owes), dict[int, dt.date]()
    for client, date, gross in tuples(query.order_by(_D.client, _D.date.desc(), _D.id.desc())):
        if left[client] > 0:
            left[client] -= gross
            since[client] = date
    return since


def overdue_clients(number: int, day: dt.date | None = None) -> tuple[list[Receivable], int]:
    """The clients with the longest overdue invoices, so many of them, and how many there are in all."""
    day = day or today()
    found: dict[int, Receivable] = {}
    _add_invoices(found, unpaid_invoices() & (_D.due < day) & _D.client.is_null(False), day)
    first = sorted(found.values(), key=lambda one: (-one.days, -one.unpaid, one.client))[:number]
    _name(first)
    return first, len(found)


def _name(clients: Collection[Receivable]) -> None:
    query = Client.select(Client.id, Client.name).where(among(Client.id, [one.client for one in clients]))
    names = dict(tuples(query))
    for one in clients:
        one.name = names[one.client]


def total_of(found: Iterable[Receivable]) -> Receivable:
    """All of them together."""
    whole = Receivable(0)
    for one in found:
        whole.owes += one.owes
        whole.unpaid += one.unpaid
        whole.days = max(whole.days, one.days)
        whole.since = min((day for day in (whole.since, one.since) if day is not None), default=None)
        for name, amount in one.ages.items():
            whole.ages[name] += amount
    return whole
