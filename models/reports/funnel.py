"""The report on the funnel: its stages with all their figures, and the sentences that go with them."""

from __future__ import annotations

from models.language import N_, _
from models.listing import Cell, Column
from models.reports.frame import Question, Report, ReportRows
from models.reports.names import resolved
from models.sales.funnel import Funnel, StageFigures, Tally
from models.sales.funnel_queries import Selection, funnel_of
from models.sales.funnel_words import number, spoken

_COLUMNS = (
    Column("stage", N_("Stage"), width=20),
    Column("kind", N_("Kind"), "state", width=6, hidden=True),
    Column("deals", N_("Deals"), "integer", width=8),
    Column("amount", N_("Expected sum"), "money", width=14),
    Column("weighted", N_("Weighted"), "money", width=14),
    Column("rotting", N_("Rotting"), "integer", width=8),
    Column("entered", N_("Entered"), "integer", width=8),
    Column("left", N_("Left"), "integer", width=8),
    Column("onward", N_("Went on"), "integer", width=8),
    Column("conversion", N_("Conversion, %"), "quantity", width=8),
    Column("lost", N_("Lost from it"), "integer", width=8),
    Column("lost_amount", N_("Money lost"), "money", width=14),
    Column("loss", N_("Lost, %"), "quantity", width=8),
    Column("median_days", N_("Median days"), "quantity", width=8),
    Column("ninetieth_days", N_("90 % within, days"), "integer", width=8),
)
_BEFORE = (
    Column("deals_before", N_("Deals before"), "integer", width=8),
    Column("amount_before", N_("Sum before"), "money", width=14),
)


def rows(question: Question) -> ReportRows:
    """The stages in their order; won and lost are the deals that were closed in the period."""
    counted = funnel_of(Selection(question.period, **resolved(question.where)), compare=question.compare)
    before = counted.previous
    columns = (*_COLUMNS, *(_BEFORE if before is not None else ()))
    lines = tuple((*_line(of), *(_before(before, of) if before is not None else ())) for of in counted.stages)
    return ReportRows(columns, lines, _total(counted, len(columns)), (*_summary(counted), *spoken(counted)))


def _line(of: StageFigures) -> tuple[Cell, ...]:
    return (
        of.stage.name, of.stage.kind, of.standing.count, of.standing.amount, of.weighted, of.rotting.count,
        of.entered.count, of.left.count, of.onward.count, of.conversion, of.lost.count, of.lost.amount, of.loss,
        of.median_days, of.ninetieth_days,
    )  # fmt: skip


def _before(before: Funnel, of: StageFigures) -> tuple[Cell, ...]:
    then = before.of(of.stage.id)
    standing = then.standing if then is not None else Tally()
    return standing.count, standing.amount


def _total(counted: Funnel, width: int) -> tuple[Cell, ...]:
    """The open deals together: those that are closed are no part of what is to come."""
    standing = counted.standing
    cells: list[Cell] = ["", "open", standing.count, standing.amount, counted.weighted, counted.rotting.count]
    return (*cells, *([None] * (width - len(cells))))


def _summary(counted: Funnel) -> list[str]:
    if counted.win_rate is None:
        return []
    return [
        _("Won: {won} of {closed} closed deals ({rate} %); median days to close: {days}.").format(
            won=counted.won.count,
            closed=counted.won.count + counted.lost.count,
            rate=number(counted.win_rate),
            days=number(counted.median_days_to_close),
        )
    ]


FUNNEL = Report(
    "funnel",
    N_("Sales funnel"),
    N_("deals by stage, their sums, conversion, losses, days, and the bottleneck"),
    {"stage": _COLUMNS[0]},
    ("stage",),
    rows,
    fields=("operator", "campaign", "vendor", "product"),
    compares=True,
)
