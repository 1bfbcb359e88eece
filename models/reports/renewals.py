"""The reports on renewals: what became of all that was due, and what ends in a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.clock import today
from models.company.tables import Operator
from models.language import N_, _
from models.licensing.renewal_rate import Due, RenewalFigures, what_was_due
from models.licensing.renewals import WHATS, What, renewals
from models.listing import Cell, Column
from models.reports.frame import Question, Report, ReportRows, month_of
from models.reports.names import resolved

_USUAL_DAYS = 90
_DIMENSIONS = {
    "month": Column("month", N_("Month"), width=8),
    "what": Column("what", N_("What ends"), width=14),
    "client": Column("client", N_("Client"), width=30),
    "product": Column("product", N_("Product"), width=30),
    "operator": Column("operator", N_("Responsible"), width=24),
}
_FIELDS = ("operator", "client", "product")
_OUTCOMES = (
    Column("due", N_("Due"), "integer", width=8),
    Column("renewed", N_("Renewed"), "integer", width=8),
    Column("lost", N_("Not renewed"), "integer", width=8),
    Column("to_renew", N_("To renew"), "integer", width=8),
    Column("rate", N_("Renewed, %"), "quantity", width=8),
    Column("renewed_money", N_("Money renewed"), "money", width=14),
    Column("lost_money", N_("Money not renewed"), "money", width=14),
    Column("to_renew_money", N_("Money to renew"), "money", width=14),
)
_ENDING = (
    Column("ending", N_("Ending"), "integer", width=8),
    Column("first", N_("First end"), "date", width=10),
    Column("money", N_("At the last price"), "money", width=14),
)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that groups are titled by, and who is responsible for which client."""

    clients: Mapping[int, str]
    products: Mapping[int, str]
    operators: Mapping[int, str]
    responsible: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class _One:
    """One licence, or its maintenance, that ends."""

    client: int
    product: int
    what: What
    ends: dt.date


_TITLES: Mapping[str, Callable[[_One, _Names], str]] = {
    "month": lambda one, _names: month_of(one.ends),
    "what": lambda one, _names: _(WHATS[one.what]),
    "client": lambda one, names: names.clients.get(one.client, ""),
    "product": lambda one, names: names.products.get(one.product, ""),
    "operator": lambda one, names: names.operators.get(names.responsible.get(one.client) or 0, ""),
}


def _names_of() -> _Names:
    clients = list(tuples(Client.select(Client.id, Client.name, Client.responsible)))
    return _Names(
        {client: name for client, name, _responsible in clients},
        dict(tuples(Product.select(Product.id, Product.name))),
        dict(tuples(Operator.select(Operator.id, Operator.name))),
        {client: responsible for client, _name, responsible in clients},
    )


def _asked(one: _One, where: Mapping[str, int], names: _Names) -> bool:
    own = {"client": one.client, "product": one.product, "operator": names.responsible.get(one.client)}
    return all(own[name] == value for name, value in where.items())


def renewal_rows(question: Question) -> ReportRows:
    """What was due in the period, in groups, in the order of their titles."""
    names, where = _names_of(), resolved(question.where)
    groups: dict[tuple[str, ...], RenewalFigures] = {}
    whole = RenewalFigures()
    for due in what_was_due(question.period):
        one = _One(due.client_id, due.product_id, due.what, due.ends)
        if _asked(one, where, names):
            titles = tuple(_TITLES[name](one, names) for name in question.by)
            _count(groups.setdefault(titles, RenewalFigures()), whole, due)
    lines = tuple((*titles, *_figures(groups[titles])) for titles in sorted(groups))
    total = (*([""] * len(question.by)), *_figures(whole))
    return ReportRows((*(_DIMENSIONS[name] for name in question.by), *_OUTCOMES), lines, total)


def _count(group: RenewalFigures, whole: RenewalFigures, due: Due) -> None:
    group.count(due)
    whole.count(due)


def _figures(figures: RenewalFigures) -> tuple[Cell, ...]:
    return (
        figures.due, figures.renewed, figures.lost, figures.to_renew, figures.rate, figures.renewed_money,
        figures.lost_money, figures.to_renew_money,
    )  # fmt: skip


def expiring_rows(question: Question) -> ReportRows:
    """What ends in the period, else in the next 90 days, in groups, the first to end first."""
    names, where = _names_of(), resolved(question.where)
    first = question.period.first or today()
    last = question.period.last or first + dt.timedelta(days=_USUAL_DAYS)
    groups: dict[tuple[str, ...], list[tuple[dt.date, Decimal]]] = {}
    for client in renewals(first, last):
        for item in client.items:
            one = _One(client.client_id, item.product_id, item.what, item.ends)
            if _asked(one, where, names):
                titles = tuple(_TITLES[name](one, names) for name in question.by)
                groups.setdefault(titles, []).append((item.ends, item.last_price or Decimal(0)))
    lines = sorted((min(ends)[0], titles) for titles, ends in groups.items())
    rows = tuple((*titles, *_ends(groups[titles])) for _first, titles in lines)
    every = [end for ends in groups.values() for end in ends]
    total = (*([""] * len(question.by)), *_ends(every))
    return ReportRows((*(_DIMENSIONS[name] for name in question.by), *_ENDING), rows, total)


def _ends(ends: list[tuple[dt.date, Decimal]]) -> tuple[Cell, ...]:
    days = [day for day, _money in ends]
    return len(ends), min(days, default=None), sum((money for _day, money in ends), Decimal(0))


RENEWALS = Report(
    "renewals",
    N_("Renewals"),
    N_("what was due for renewal: renewed, not renewed, still to renew, with its money"),
    _DIMENSIONS,
    ("month",),
    renewal_rows,
    fields=_FIELDS,
)
EXPIRING = Report(
    "expiring",
    N_("Licences and maintenance that end"),
    N_("how many end, which day first, and what they last cost"),
    _DIMENSIONS,
    ("client",),
    expiring_rows,
    fields=_FIELDS,
)
