"""What every report is: a name, what it can be grouped by, and a function from a period to rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.clock import local
from models.errors import RuleBroken
from models.language import _
from models.listing import Cell, Column


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise RuleBroken(
                "to", _("The period ends before it begins."), _("Give an earlier first day, or a later last one.")
            )

    def __contains__(self, day: dt.date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The answer: a cell for each column in each row, and the row of totals; both in the order of the columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``title`` and ``about`` are msgids; ``dimensions`` are what it can be grouped by, ``usual`` those of
    them that it is grouped by where nobody says otherwise."""

    name: str
    title: str
    about: str
    dimensions: Mapping[str, Column]
    usual: tuple[str, ...]
    rows: Callable[[Period, Sequence[str]], ReportRows]

    def answer(self, period: Period, by: Sequence[str] = ()) -> ReportRows:
        """The rows of a period, grouped by these dimensions. Raises ``RuleBroken`` for one that the report has not."""
        for name in by:
            if name not in self.dimensions:
                raise RuleBroken(
                    "by",
                    _("This report is not grouped by “{name}”.").format(name=name),
                    _("Known are: {known}.").format(known=", ".join(self.dimensions)),
                )
        return self.rows(period, tuple(dict.fromkeys(by)) or self.usual)


def day_of(moment: dt.datetime) -> dt.date:
    """The operator's calendar day of a stored moment."""
    return local(moment).date()


def month_of(day: dt.date) -> str:
    """The month of a day, as it is sorted and filtered by."""
    return f"{day:%Y-%m}"
