"""What was due for renewal, and what became of it: renewed, lost, or still to renew, with its money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from models.base import tuples
from models.clock import today
from models.language import N_
from models.licensing.history import values_before
from models.licensing.last_prices import LastPrice, last_prices
from models.licensing.renewals import END_OF, WHATS, What
from models.licensing.tables import Licence, LicenceEvent
from models.periods import Period
from models.sales.funnel import percent

Outcome = Literal["renewed", "lost", "to_renew"]
OUTCOMES: dict[Outcome, str] = {"renewed": N_("renewed"), "lost": N_("not renewed"), "to_renew": N_("to renew")}
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Due:
    """A licence, or its maintenance, that ended or ends on a day, what became of it, and what it last cost."""

    client_id: int
    product_id: int
    what: What
    ends: dt.date
    outcome: Outcome
    money: Decimal


@dataclass(slots=True)
class RenewalFigures:
    """How many were due, renewed, lost and are still to renew, and their money."""

    renewed: int = 0
    lost: int = 0
    to_renew: int = 0
    renewed_money: Decimal = _NOTHING
    lost_money: Decimal = _NOTHING
    to_renew_money: Decimal = _NOTHING

    def count(self, due: Due) -> None:
        """Take one in."""
        setattr(self, due.outcome, getattr(self, due.outcome) + 1)
        money = f"{due.outcome}_money"
        setattr(self, money, getattr(self, money) + due.money)

    @property
    def due(self) -> int:
        return self.renewed + self.lost + self.to_renew

    @property
    def rate(self) -> Decimal | None:
        """Renewed ones in percent of those that it is known of."""
        return percent(self.renewed, self.renewed + self.lost)


@dataclass(frozen=True, slots=True)
class RenewalMonth:
    """The figures of a month, named as 2026-11."""

    month: str
    figures: RenewalFigures


def renewal_rate(period: Period, what: What = "licence") -> list[RenewalMonth]:
    """The figures of each month of a period in which any were due, in their order."""
    months: dict[str, RenewalFigures] = {}
    for due in what_was_due(period, (what,)):
        months.setdefault(f"{due.ends:%Y-%m}", RenewalFigures()).count(due)
    return [RenewalMonth(month, months[month]) for month in sorted(months)]


def what_was_due(period: Period, whats: Iterable[What] = tuple(WHATS)) -> list[Due]:
    """All that ended or ends in a period. What a client gave back before was never due; maintenance that ends, or is
    prolonged, with its licence is not counted beside it."""
    found = [one for what in whats for one in (*_standing(period, what), *_renewed(period, what))]
    prices = last_prices({one.client_id for one in found}, {one.product_id for one in found})
    return [_priced(one, prices.get((one.client_id, one.product_id))) for one in found]


def _priced(due: Due, last: LastPrice | None) -> Due:
    money = last.price if last is not None else _NOTHING
    return Due(due.client_id, due.product_id, due.what, due.ends, due.outcome, money)


def _standing(period: Period, what: What) -> Iterator[Due]:
    """Those that still end in the period: superseded by a newer licence, or not renewed so far."""
    ends = END_OF[what]
    where: list[Any] = [ends.is_null(False), Licence.state.in_(("issued", "suspended", "superseded"))]
    if period.first is not None:
        where.append(ends >= period.first)
    if period.last is not None:
        where.append(ends <= period.last)
    if what == "maintenance":
        where.append(Licence.expires.is_null() | (Licence.expires > ends))
    for client, product, day, state in tuples(
        Licence.select(Licence.client, Licence.product, ends, Licence.state).where(*where)
    ):
        outcome: Outcome = "renewed" if state == "superseded" else "lost" if day < today() else "to_renew"
        yield Due(client, product, what, day, outcome, _NOTHING)


def _renewed(period: Period, what: What) -> Iterator[Due]:
    """Those that ended in the period until a renewal put their end off."""
    name = END_OF[what].name
    query = LicenceEvent.select(LicenceEvent, Licence.client, Licence.product).join(Licence)
    for event in query.where(LicenceEvent.kind == "renew"):
        put_off = values_before(event)
        before = put_off.get(name)
        with_licence = what == "maintenance" and put_off.get("expires") is not None
        if before is not None and before in period and not with_licence:
            yield Due(event.licence.client_id, event.licence.product_id, what, before, "renewed", _NOTHING)
