"""Periods of days, and the one before: what a report is of and what it is compared with. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.errors import RuleBroken
from models.language import _

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both in it; None is no limit."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise RuleBroken(
                "to", _("The period ends before it begins."), _("Give an earlier first day, or a later last one.")
            )

    def __contains__(self, day: dt.date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def previous(self) -> Period | None:
        """The period before: as many whole months where it is whole months, else as many days; None without a limit."""
        if self.first is None or self.last is None:
            return None
        before = self.first - _DAY
        if self.first.day == 1 and (self.last + _DAY).day == 1:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            year, month = divmod(self.first.year * 12 + self.first.month - 1 - months, 12)
            return Period(dt.date(year, month + 1, 1), before)
        return Period(before - (self.last - self.first), before)
