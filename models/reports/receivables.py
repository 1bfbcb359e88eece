"""The report on receivables: who owes us what, since when, and how long what is unpaid is overdue."""

from __future__ import annotations

from models.errors import RuleBroken
from models.language import N_, _
from models.listing import Cell, Column
from models.reports.frame import Question, Report, ReportRows
from models.reports.names import resolved
from models.sales.receivables import AGES, Receivable, receivables, total_of

_CLIENT = Column("client", N_("Client"), width=30)
_COLUMNS = (
    _CLIENT,
    Column("owes", N_("Owes"), "money", width=14),
    Column("since", N_("Since"), "date", width=10),
    Column("unpaid", N_("Unpaid invoices"), "money", width=14),
    *(Column(age.name, age.title, "money", width=12) for age in AGES),
    Column("days", N_("Days overdue"), "integer", width=6),
)


def rows(question: Question) -> ReportRows:
    """The clients, the most owed first, at the end of the last day that is asked for."""
    if question.period.first is not None:
        raise RuleBroken("from", _("Receivables are those of one day."), _("Give that day alone, by --to."))
    found = receivables(day=question.period.last, **resolved(question.where))
    return ReportRows(_COLUMNS, tuple(map(_cells, found)), _cells(total_of(found)) if found else ())


def _cells(one: Receivable) -> tuple[Cell, ...]:
    ages = (one.ages[age.name] for age in AGES)
    return (one.name, one.owes, one.since, one.unpaid, *ages, one.days)


RECEIVABLES = Report(
    "receivables",
    N_("Receivables by age"),
    N_("who owes what since when, and how long unpaid invoices are overdue"),
    {"client": _CLIENT},
    ("client",),
    rows,
    fields=("client", "company"),
)
