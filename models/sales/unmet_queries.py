"""What clients wanted and did not buy, summed by product, reason, competitor, campaign, month, and whoever it was.

What was withdrawn is not counted, nor what a substitute was taken for; lines that were only offered count on request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from peewee import SQL, Case, fn

from models.base import database, plain_rows, tuples
from models.campaigns.tables import Campaign
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.clock import local
from models.company.tables import Operator
from models.conditions import Condition
from models.database import is_sqlite
from models.language import _
from models.periods import Period
from models.sales.campaign_queries import moments_within
from models.sales.funnel import percent
from models.sales.tables import UnmetDemand
from models.sales.vocabulary import UNMET_CAUSES, UNMET_REASONS

UnmetBy = Literal["product", "reason", "competitor", "campaign", "month", "client", "operator", "cause"]
_U = UnmetDemand


@dataclass(frozen=True, slots=True)
class UnmetSelection:
    """Which entries: a period, ids, a reason; ``optional`` counts lines too that were offered, not asked for."""

    period: Period = field(default_factory=Period)
    operator: int | None = None
    campaign: int | None = None
    client: int | None = None
    product: int | None = None
    vendor: int | None = None
    reason: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """A line of the report: the key (an id, a code, a text, a month; None: none), its title, and the sums.

    ``money`` is without VAT in the base currency; ``provisional`` is the part of it that can still be ordered; the
    share is in percent of the whole report.
    """

    key: Any
    title: str
    count: int
    quantity: Decimal
    money: Decimal
    provisional: Decimal
    share: Decimal | None


def unmet_demand(by: UnmetBy, selection: UnmetSelection | None = None) -> list[UnmetRow]:
    """The report by one dimension, the most money first; months in their order."""
    column = _DIMENSIONS[by][0]()
    provisional = Case(None, [(_U.state == "provisional", _U.net_base)], 0)
    query = (
        UnmetDemand.select(column, fn.COUNT(_U.id), fn.SUM(_U.quantity), fn.SUM(_U.net_base), fn.SUM(provisional))
        .where(*_of_selection(selection or UnmetSelection()))
        .group_by(SQL("1"))  # psycopg binds a format twice, and PostgreSQL then sees two expressions
    )
    rows: list[_SummedRow] = [(key, int(count), *map(int, sums)) for key, count, *sums in plain_rows(query)]
    if by == "month":
        rows = _by_local_month(rows)
    titles = _DIMENSIONS[by][1]([row[0] for row in rows])
    whole = sum(row[3] for row in rows)
    found = [
        UnmetRow(
            key, titles.get(key) or _("not stated"), count, Decimal(quantity).scaleb(-3), Decimal(money).scaleb(-2),
            Decimal(open_).scaleb(-2), percent(money, whole),
        )
        for key, count, quantity, money, open_ in rows
    ]  # fmt: skip
    if by == "month":
        return sorted(found, key=lambda row: row.key)
    return sorted(found, key=lambda row: (-row.money, row.title, str(row.key)))


def _of_selection(selection: UnmetSelection) -> Iterator[Condition]:
    yield _U.state != "withdrawn"
    yield _U.substitute_line.is_null()
    if not selection.optional:
        yield ~_U.optional
    yield from moments_within(_U.moment, selection.period)
    for name in ("operator", "campaign", "client", "product", "reason"):
        if (value := getattr(selection, name)) is not None:
            yield getattr(_U, name) == value
    if selection.vendor is not None:
        yield _U.product.in_(Product.select(Product.id).where(Product.vendor == selection.vendor))


def unmet_behind(selection: UnmetSelection, by: UnmetBy | None = None, key: Any = None) -> Condition:
    """The condition that lists the entries behind a line of the report, or behind all of it: for the list UNMET."""
    whole: Condition = _U.id.is_null(False)
    for condition in _of_selection(selection):
        whole = whole & condition
    if by is None:
        return whole
    if by == "month":
        for condition in moments_within(_U.moment, _period_of_month(key)):
            whole = whole & condition
        return whole
    column = _DIMENSIONS[by][0]()
    return whole & (column.is_null() if key is None else column == key)


def _month() -> Any:
    """The month of a moment as it is stored; near the end of a month, where it is another one for operators far from
    Greenwich, its minute."""
    if is_sqlite(database):
        month, day, minute = fn.substr(_U.moment, 1, 7), fn.substr(_U.moment, 9, 2), fn.substr(_U.moment, 1, 16)
    else:
        month, day, minute = (fn.to_char(_U.moment, form) for form in ("YYYY-MM", "DD", "YYYY-MM-DD HH24:MI"))
    return Case(None, [(day.in_(_NEAR_THE_END), minute)], month)


_NEAR_THE_END = ("01", "28", "29", "30", "31")
_SummedRow = tuple[Any, ...]


def _by_local_month(rows: Iterable[_SummedRow]) -> list[_SummedRow]:
    """The sums by months of the operator's time zone."""
    found: dict[str, list[int]] = {}
    for key, *sums in rows:
        month = key if len(key) == _LENGTH_OF_MONTH else f"{local(dt.datetime.fromisoformat(key)):%Y-%m}"
        found[month] = [sum(both) for both in zip(found.get(month, [0] * len(sums)), sums, strict=True)]
    return [(month, count, *sums) for month, (count, *sums) in found.items()]


_LENGTH_OF_MONTH = len("2026-10")


def _period_of_month(month: str) -> Period:
    first = dt.date.fromisoformat(f"{month}-01")
    after = (first + dt.timedelta(days=31)).replace(day=1)
    return Period(first, after - dt.timedelta(days=1))


def _named(table: Any) -> Callable[[list[Any]], dict[Any, str]]:
    def titles(keys: list[Any]) -> dict[Any, str]:
        wanted = [key for key in keys if key is not None]
        return dict(tuples(table.select(table.id, table.name).where(table.id.in_(wanted))))

    return titles


def _themselves(keys: list[Any]) -> dict[Any, str]:
    return {key: key for key in keys}


_DIMENSIONS: dict[str, tuple[Callable[[], Any], Callable[[list[Any]], dict[Any, str]]]] = {
    "product": (lambda: _U.product, _named(Product)),
    "reason": (lambda: _U.reason, lambda keys: {key: _(UNMET_REASONS[key]) for key in keys}),
    "competitor": (lambda: _U.competitor, _themselves),
    "campaign": (lambda: _U.campaign, _named(Campaign)),
    "month": (_month, _themselves),
    "client": (lambda: _U.client, _named(Client)),
    "operator": (lambda: _U.operator, _named(Operator)),
    "cause": (lambda: _U.cause, lambda keys: {key: _(UNMET_CAUSES[key]) for key in keys}),
}
"""By each dimension: the column, and the titles of what is found in it."""
