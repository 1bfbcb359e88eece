"""What each campaign brought and cost, counted by the database, and what is behind each figure.

Quotes and orders are counted by their header's campaign; revenue and the cost of goods by the lines of what was
shipped, each of which may be of another campaign than its header.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from peewee import Case, fn

from models.base import plain_rows, tuples
from models.campaigns.tables import Campaign
from models.clients.tables import Interaction
from models.clock import stored
from models.conditions import Condition
from models.language import _
from models.periods import Period
from models.sales.campaign_effect import Brought, Effect, effects
from models.sales.tables import Deal, Document, DocumentLine
from models.sales.vocabulary import LIVE_STATES

GIVEN_QUOTES = ("issued", "accepted", "partly_ordered", "declined", "expired")
"""Quotes that were given: a revised one counts once, by its last revision."""
EffectFigure = Literal["quotes", "orders", "deals", "won", "revenue", "paid", "interactions"]
_OF_KIND: dict[str, tuple[str, tuple[str, ...]]] = {
    "quotes": ("quote", GIVEN_QUOTES),
    "orders": ("order", tuple(sorted(LIVE_STATES))),
    "revenue": ("shipment", ("posted",)),
    "paid": ("payment_out", ("posted",)),
}
_ANY: Any = object()


def campaign_effects(period: Period | None = None, campaign: int | None = None) -> list[Effect]:
    """All campaigns beside each other, with what came without any; or the one of an id alone."""
    period = period or Period()
    wanted = _ANY if campaign is None else campaign
    found: dict[int | None, Brought] = {}
    for name, count, amount in (("quotes", "quotes", "quoted"), ("orders", "orders", "ordered"), ("paid", "", "paid")):
        for of, number, money in _documents(name, wanted, period):
            values: dict[str, Any] = {amount: money} | ({count: number} if count else {})
            found[of] = replace(found.get(of, Brought()), **values)
    for of, deals, won in _deals(wanted, period):
        found[of] = replace(found.get(of, Brought()), deals=deals, won=won)
    for of, revenue, cost in _shipped(wanted, period):
        found[of] = replace(found.get(of, Brought()), revenue=revenue, cost=cost)
    for of, number in _interactions(wanted, period):
        found[of] = replace(found.get(of, Brought()), interactions=number)
    names: dict[int, str] = {}
    budgets = Campaign.select(Campaign.id, Campaign.name, Campaign.planned_budget)
    for of, title, planned in tuples(budgets if campaign is None else budgets.where(Campaign.id == campaign)):
        names[of] = title
        found[of] = replace(found.get(of, Brought()), planned=planned)
    return effects(names, found, _("without a campaign"))


def _money(value: Any) -> Decimal:
    return Decimal(int(value or 0)).scaleb(-2)


def _of(column: Any, wanted: Any) -> Iterator[Condition]:
    if wanted is not _ANY:
        yield column.is_null() if wanted is None else column == wanted


def _between(period: Period) -> Iterator[Condition]:
    if period.first is not None:
        yield Document.date >= period.first
    if period.last is not None:
        yield Document.date <= period.last


def _which(name: str, wanted: Any, period: Period) -> Iterator[Condition]:
    kind, states = _OF_KIND[name]
    yield Document.kind == kind
    yield Document.state.in_(states)
    yield from _between(period)
    yield from _of(Document.campaign, wanted)
    if name == "paid":
        # What suppliers got for goods is in the cost of these; what was paid for no campaign is nobody's expense.
        yield Document.basis.is_null() & Document.campaign.is_null(False)


def _documents(name: str, wanted: Any, period: Period) -> Iterator[tuple[int | None, int, Decimal]]:
    query = Document.select(Document.campaign, fn.COUNT(Document.id), fn.SUM(Document.net_base))
    for of, count, amount in plain_rows(query.where(*_which(name, wanted, period)).group_by(Document.campaign)):
        yield of, count, _money(amount)


def _deals(wanted: Any, period: Period) -> Iterator[tuple[int | None, int, int]]:
    won = Case(None, [(Deal.state == "won", Deal.id)], None)
    query = (
        Document.select(Document.campaign, fn.COUNT(Deal.id.distinct()), fn.COUNT(won.distinct()))
        .join(Deal, on=(Deal.id == Document.deal))
        .where(*_which("quotes", wanted, period))
        .group_by(Document.campaign)
    )
    yield from plain_rows(query)


def _shipped(wanted: Any, period: Period) -> Iterator[tuple[int | None, Decimal, Decimal]]:
    query = (
        DocumentLine.select(DocumentLine.campaign, fn.SUM(DocumentLine.net_base), fn.SUM(DocumentLine.cost))
        .join(Document, on=(Document.id == DocumentLine.document))
        .where(*_which("revenue", _ANY, period), *_of(DocumentLine.campaign, wanted))
        .group_by(DocumentLine.campaign)
    )
    for of, revenue, cost in plain_rows(query):
        yield of, _money(revenue), _money(cost)


def _interactions(wanted: Any, period: Period) -> Iterator[tuple[int | None, int]]:
    conditions = [Interaction.state == "done", *_in_moments(period), *_of(Interaction.campaign, wanted)]
    query = Interaction.select(Interaction.campaign, fn.COUNT(Interaction.id)).where(*conditions)
    yield from plain_rows(query.group_by(Interaction.campaign))


def _in_moments(period: Period) -> Iterator[Condition]:
    yield from moments_within(Interaction.moment, period)


def moments_within(column: Any, period: Period) -> Iterator[Condition]:
    """The conditions that a moment lies on the days of a period, in the operator's time zone."""
    if period.first is not None:
        yield column >= stored(dt.datetime.combine(period.first, dt.time()))
    if period.last is not None:
        yield column < stored(dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time()))


def behind_effect(campaign: int | None, figure: EffectFigure, period: Period | None = None) -> Condition:
    """The condition that lists what is behind a figure: documents (list DOCUMENTS), for ``deals`` and ``won`` deals
    (DEALS), for ``interactions`` those (INTERACTIONS). ``campaign`` None is what came without any."""
    period = period or Period()
    if figure == "interactions":
        return _all([Interaction.state == "done", *_in_moments(period), *_of(Interaction.campaign, campaign)])
    if figure == "revenue":
        lines = DocumentLine.select(DocumentLine.document).where(*_of(DocumentLine.campaign, campaign))
        return _all([*_which("revenue", _ANY, period), Document.id.in_(lines)])
    if figure in ("deals", "won"):
        quoted = Deal.id.in_(Document.select(Document.deal).where(*_which("quotes", campaign, period)))
        return quoted & (Deal.state == "won") if figure == "won" else quoted
    return _all(_which(figure, campaign, period))


def _all(conditions: Iterable[Condition]) -> Condition:
    whole: Condition = None
    for condition in conditions:
        whole = condition if whole is None else whole & condition
    return whole
