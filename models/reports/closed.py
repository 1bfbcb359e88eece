"""The report on deals that were won and lost."""

from __future__ import annotations

from typing import cast

from models.language import N_
from models.listing import Cell, Column
from models.reports.frame import Question, Report, ReportRows
from models.reports.names import resolved
from models.sales.closed_deals import ClosedBy, ClosedDeals, closed_deals, total_of
from models.sales.funnel_queries import Selection

DIMENSIONS = {
    "operator": Column("operator", N_("Operator"), width=24),
    "product": Column("product", N_("Product"), width=30),
    "vendor": Column("vendor", N_("Vendor"), width=20),
    "campaign": Column("campaign", N_("Campaign"), width=24),
    "client": Column("client", N_("Client"), width=30),
    "month": Column("month", N_("Month"), width=8),
}
_MEASURES = (
    Column("won", N_("Won"), "integer", width=8),
    Column("won_amount", N_("Money won"), "money", width=14),
    Column("lost", N_("Lost"), "integer", width=8),
    Column("win_rate", N_("Won, %"), "quantity", width=8),
    Column("median_days", N_("Median days to close"), "quantity", width=8),
)


def rows(question: Question) -> ReportRows:
    """The closed deals in groups, the most money won first."""
    by = cast(tuple[ClosedBy, ...], question.by)
    found = closed_deals(Selection(question.period, **resolved(question.where)), by)
    lines = tuple((*group.titles, *_measured(group)) for group in found)
    total = (*([""] * len(by)), *_measured(total_of(found)))
    return ReportRows((*(DIMENSIONS[name] for name in by), *_MEASURES), lines, total)


def _measured(group: ClosedDeals) -> tuple[Cell, ...]:
    return group.won.count, group.won.amount, group.lost.count, group.win_rate, group.median_days


DEALS = Report(
    "deals",
    N_("Deals won and lost"),
    N_("how many, their money, the share that was won, and how long it took"),
    DIMENSIONS,
    ("operator",),
    rows,
    fields=("operator", "campaign", "vendor", "product"),
)
