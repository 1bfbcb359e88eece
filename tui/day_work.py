"""The day's work: quotes whose validity has ended expire, reminders of renewals are set. The program does it while it
runs, ``turbofly remind`` when cron calls it; each part as far as the operator may.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from models.company.permissions import EDIT_LICENCES, EDIT_SALES

if TYPE_CHECKING:
    from models.actor import Actor

Work = Callable[["Actor | None", date], int]
"""Does its part; without an actor it only says, by reading, whether any of it waits."""


def may_do_any(actor: Actor) -> bool:
    """Whether any of it is for this operator."""
    return bool(_works_of(actor))


def waits(actor: Actor, day: date) -> bool:
    """Whether there is any of it to do."""
    return any(work(None, day) for work in _works_of(actor))


def do(actor: Actor, day: date) -> int:
    """Do what waits; returns how many records that were."""
    return sum(work(actor, day) for work in _works_of(actor))


def _works_of(actor: Actor) -> list[Work]:
    return [work for right, work in ((EDIT_SALES, _expire_quotes), (EDIT_LICENCES, _remind)) if actor.may(right)]


def _expire_quotes(actor: Actor | None, day: date) -> int:
    from models.sales.actions_answers import expire_quotes, overdue_quotes

    return len(overdue_quotes(day, most=1)) if actor is None else expire_quotes(actor, day)


def _remind(actor: Actor | None, _day: date) -> int:
    """Remind of renewals, where the company wants that."""
    from models.licensing.renewal_reminders import days_before, remind_of_expiring, to_remind_of

    days = days_before()
    if not days:
        return 0
    return len(to_remind_of(days)) if actor is None else remind_of_expiring(actor, days)
