"""Deals that were won or lost, by operator, product, vendor, campaign, client, month: who wins what, and how fast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from peewee import JOIN, SQL, fn

from models.base import database, plain_rows, tuples
from models.campaigns.tables import Campaign
from models.catalogue.tables import Product, Vendor
from models.clients.tables import Client
from models.company.tables import Operator
from models.database import is_sqlite
from models.sales.funnel import Tally, median, percent
from models.sales.funnel_queries import Selection, days_between, of_selection, within
from models.sales.tables import Deal

ClosedBy = Literal["operator", "product", "vendor", "campaign", "client", "month"]


@dataclass
class ClosedDeals:
    """The closed deals of one group; ``titles`` name what it is grouped by, "" where that is not known."""

    titles: tuple[str, ...] = ()
    won: Tally = field(default_factory=Tally)
    lost: Tally = field(default_factory=Tally)
    days: list[tuple[int | None, int]] = field(default_factory=list)

    def count(self, state: str, days: int | None, tally: Tally) -> None:
        """Take some deals in."""
        if state == "won":
            self.won += tally
        else:
            self.lost += tally
        self.days.append((days, tally.count))

    @property
    def win_rate(self) -> Decimal | None:
        """Won deals in percent of those that were closed."""
        return percent(self.won.count, self.won.count + self.lost.count)

    @property
    def median_days(self) -> Decimal | None:
        """How long it took from the day a deal was opened to the day it was closed."""
        return median(self.days)


def closed_deals(selection: Selection, by: Sequence[ClosedBy]) -> list[ClosedDeals]:
    """The deals closed in the selection's period, in groups; months in their order, else the most money won first."""
    columns = [_COLUMNS[name]() for name in by]
    keys = [SQL(str(number)) for number in range(1, len(columns) + 3)]
    days = days_between(Deal.closed, Deal.opened)
    query = Deal.select(*columns, Deal.state, days, fn.COUNT(Deal.id), fn.SUM(Deal.expected_base))
    if "vendor" in by:
        query = query.join(Product, JOIN.LEFT_OUTER, on=(Product.id == Deal.product))
    query = query.where(
        Deal.state.in_(("won", "lost")), *within(selection.period, Deal.closed), *of_selection(selection)
    )
    groups: dict[tuple[Any, ...], ClosedDeals] = {}
    for *found, state, taken, count, amount in plain_rows(query.group_by(*keys)):
        group = groups.setdefault(tuple(found), ClosedDeals())
        tally = Tally(int(count), Decimal(int(amount or 0)).scaleb(-2))
        group.count(state, None if taken is None else int(taken), tally)
    titles = [_TITLES[name]({key[place] for key in groups}) for place, name in enumerate(by)]
    for key, group in groups.items():
        group.titles = tuple(titles[place].get(one, "") for place, one in enumerate(key))
    if "month" in by[:1]:
        return sorted(groups.values(), key=lambda group: group.titles)
    return sorted(groups.values(), key=lambda group: (-group.won.amount, -group.won.count, group.titles))


def total_of(groups: Sequence[ClosedDeals]) -> ClosedDeals:
    """All groups together."""
    whole = ClosedDeals()
    for group in groups:
        whole.won, whole.lost = whole.won + group.won, whole.lost + group.lost
        whole.days += group.days
    return whole


def _month() -> Any:
    return fn.substr(Deal.closed, 1, 7) if is_sqlite(database) else fn.to_char(Deal.closed, "YYYY-MM")


def _named(table: Any) -> Callable[[Collection[Any]], dict[Any, str]]:
    def titles(keys: Collection[Any]) -> dict[Any, str]:
        return dict(tuples(table.select(table.id, table.name).where(table.id.in_([key for key in keys if key]))))

    return titles


_COLUMNS: dict[str, Callable[[], Any]] = {
    "operator": lambda: Deal.operator,
    "product": lambda: Deal.product,
    "vendor": lambda: Product.vendor,
    "campaign": lambda: Deal.campaign,
    "client": lambda: Deal.client,
    "month": _month,
}
_TITLES: dict[str, Callable[[Collection[Any]], dict[Any, str]]] = {
    "operator": _named(Operator),
    "product": _named(Product),
    "vendor": _named(Vendor),
    "campaign": _named(Campaign),
    "client": _named(Client),
    "month": lambda keys: {key: key for key in keys if key},
}
