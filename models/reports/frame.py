"""What every report is: a name, what it can be grouped by, and a function from a period to rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.clock import local
from models.errors import RuleBroken
from models.language import _
from models.listing import Cell, Column
from models.periods import Period


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The answer: a cell for each column in each row, and the row of totals; both in the order of the columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    """What the figures mean, in sentences."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked: a period, what to group by, which values of fields (by names), whether to compare it
    with the period before, and whether whoever asks may see purchase cost and margin."""

    period: Period = field(default_factory=Period)
    by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    compare: bool = False
    sees_cost: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``title`` and ``about`` are msgids; ``dimensions`` are what it can be grouped by, ``usual`` those of
    them that it is grouped by where nobody says otherwise, ``fields`` what it can be narrowed to."""

    name: str
    title: str
    about: str
    dimensions: Mapping[str, Column]
    usual: tuple[str, ...]
    rows: Callable[[Question], ReportRows]
    fields: tuple[str, ...] = ()
    compares: bool = False
    cost: frozenset[str] = frozenset()
    """Columns that only those see who may see purchase cost and margin."""

    def answer(self, period: Period, by: Sequence[str] = ()) -> ReportRows:
        """The rows of a period, grouped by these dimensions. Raises ``RuleBroken`` for one that the report has not."""
        return self.ask(Question(period, tuple(by)))

    def ask(self, question: Question) -> ReportRows:
        """The answer. Raises ``RuleBroken`` for a dimension or field that the report does not have, or a value that is
        not there."""
        _known("by", question.by, self.dimensions, _("This report is not grouped by “{name}”."))
        _known("where", question.where, self.fields, _("This report cannot be narrowed to a “{name}”."))
        if question.compare and (not self.compares or question.period.previous() is None):
            raise RuleBroken(
                "compare",
                _("There is no period before to compare with."),
                _("Give the first and the last day, and a report that compares."),
            )
        answer = self.rows(replace(question, by=tuple(dict.fromkeys(question.by)) or self.usual))
        return answer if question.sees_cost else _without(answer, self.cost)


def _known(option: str, names: Iterable[str], known: Iterable[str], says: str) -> None:
    for name in names:
        if name not in known:
            raise RuleBroken(
                option, says.format(name=name), _("Known are: {known}.").format(known=", ".join(known) or "–")
            )


def _without(answer: ReportRows, hidden: frozenset[str]) -> ReportRows:
    """The answer without some of its columns."""
    kept = [number for number, column in enumerate(answer.columns) if column.id not in hidden]

    def cut(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(cells[number] for number in kept) if cells else ()

    columns = tuple(answer.columns[number] for number in kept)
    return ReportRows(columns, tuple(map(cut, answer.rows)), cut(answer.total), answer.notes)


def day_of(moment: dt.datetime) -> dt.date:
    """The operator's calendar day of a stored moment."""
    return local(moment).date()


def month_of(day: dt.date) -> str:
    """The month of a day, as it is sorted and filtered by."""
    return f"{day:%Y-%m}"
