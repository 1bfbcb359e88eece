"""The reports on campaigns and on unmet demand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from models.language import N_
from models.listing import Cell, Column
from models.periods import Period
from models.reports.frame import Question, Report, ReportRows
from models.reports.names import resolved
from models.sales.campaign_effect import Effect, total
from models.sales.campaign_queries import campaign_effects
from models.sales.unmet_queries import UnmetBy, UnmetRow, UnmetSelection, unmet_demand

_CAMPAIGN_COLUMNS = (
    Column("campaign", N_("Campaign"), width=24),
    Column("interactions", N_("Interactions"), "integer", width=8),
    Column("quotes", N_("Quotes"), "integer", width=8),
    Column("quoted", N_("Quoted"), "money", width=14),
    Column("orders", N_("Orders"), "integer", width=8),
    Column("ordered", N_("Ordered"), "money", width=14),
    Column("deals", N_("Deals quoted"), "integer", width=8),
    Column("won", N_("Deals won"), "integer", width=8),
    Column("conversion", N_("Conversion, %"), "quantity", width=8),
    Column("revenue", N_("Revenue"), "money", width=14),
    Column("cost", N_("Cost of goods"), "money", width=14),
    Column("planned", N_("Expenses planned"), "money", width=14),
    Column("paid", N_("Expenses paid"), "money", width=14),
    Column("profit", N_("Profit"), "money", width=14),
    Column("return", N_("Return, %"), "quantity", width=8),
)
_REVENUE_BEFORE = Column("revenue_before", N_("Revenue before"), "money", width=14)


def campaign_rows(question: Question) -> ReportRows:
    """The campaigns beside each other, the most profitable first."""
    campaign = resolved(question.where).get("campaign")
    found = campaign_effects(question.period, campaign)
    before = _earlier(question)
    then = {} if before is None else {effect.campaign: effect for effect in campaign_effects(before, campaign)}
    columns = (*_CAMPAIGN_COLUMNS, *((_REVENUE_BEFORE,) if before is not None else ()))
    lines = []
    for effect in found:
        more = (then[effect.campaign].brought.revenue if effect.campaign in then else Decimal(0),)
        lines.append((*_effect(effect), *(more if before is not None else ())))
    whole = (*_effect(total(found, "")), *((sum(_revenue(then), Decimal(0)),) if before is not None else ()))
    return ReportRows(columns, tuple(lines), whole)


def _earlier(question: Question) -> Period | None:
    return question.period.previous() if question.compare else None


def _revenue(found: Mapping[int | None, Effect]) -> list[Decimal]:
    return [effect.brought.revenue for effect in found.values()]


def _effect(effect: Effect) -> tuple[Cell, ...]:
    brought = effect.brought
    return (
        effect.name, brought.interactions, brought.quotes, brought.quoted, brought.orders, brought.ordered,
        brought.deals, brought.won, effect.conversion, brought.revenue, brought.cost, brought.planned, brought.paid,
        effect.profit, effect.return_on_spend,
    )  # fmt: skip


CAMPAIGNS = Report(
    "campaigns",
    N_("Effect of campaigns"),
    N_("quotes, orders, revenue, cost, expenses, profit and return of each"),
    {"campaign": _CAMPAIGN_COLUMNS[0]},
    ("campaign",),
    campaign_rows,
    fields=("campaign",),
    compares=True,
    cost=frozenset({"cost", "profit", "return"}),
)

_UNMET_BY = {
    "product": Column("product", N_("Product"), width=30),
    "reason": Column("reason", N_("Reason"), width=16),
    "competitor": Column("competitor", N_("Competitor"), width=20),
    "campaign": Column("campaign", N_("Campaign"), width=24),
    "month": Column("month", N_("Month"), width=8),
    "client": Column("client", N_("Client"), width=30),
    "operator": Column("operator", N_("Operator"), width=24),
    "cause": Column("cause", N_("Cause"), width=20),
}
_UNMET_COLUMNS = (
    Column("entries", N_("Entries"), "integer", width=8),
    Column("quantity", N_("Quantity"), "quantity", width=10),
    Column("money", N_("Money without VAT"), "money", width=14),
    Column("provisional", N_("Still open of it"), "money", width=14),
    Column("share", N_("Share, %"), "quantity", width=8),
)
_MONEY_BEFORE = Column("money_before", N_("Money before"), "money", width=14)


def unmet_rows(question: Question) -> ReportRows:
    """What was wanted and not bought, by the first dimension that is asked for."""
    by, narrowed = cast(UnmetBy, question.by[0]), resolved(question.where)
    found = unmet_demand(by, UnmetSelection(question.period, **narrowed))
    before = _earlier(question)
    columns = (_UNMET_BY[by], *_UNMET_COLUMNS)
    if before is None:
        return ReportRows(columns, tuple(map(_unmet, found)), _unmet_total(found))
    then = {row.key: row for row in unmet_demand(by, UnmetSelection(before, **narrowed))}
    gone = [row for key, row in then.items() if key not in {one.key for one in found}]
    lines = [(*_unmet(row), then[row.key].money if row.key in then else Decimal(0)) for row in found]
    lines += [(row.title, 0, Decimal(0), Decimal(0), Decimal(0), Decimal(0), row.money) for row in gone]
    whole = (*_unmet_total(found), sum((row.money for row in then.values()), Decimal(0)))
    return ReportRows((*columns, _MONEY_BEFORE), tuple(lines), whole)


def _unmet(row: UnmetRow) -> tuple[Cell, ...]:
    return row.title, row.count, row.quantity, row.money, row.provisional, row.share


def _unmet_total(found: list[UnmetRow]) -> tuple[Cell, ...]:
    money = sum((row.money for row in found), Decimal(0))
    provisional = sum((row.provisional for row in found), Decimal(0))
    quantity = sum((row.quantity for row in found), Decimal(0))
    return "", sum(row.count for row in found), quantity, money, provisional, None


UNMET = Report(
    "unmet-demand",
    N_("Unmet demand"),
    N_("what clients wanted and did not buy, with its money"),
    _UNMET_BY,
    ("product",),
    unmet_rows,
    fields=("operator", "campaign", "client", "product", "vendor", "reason"),
    compares=True,
)
