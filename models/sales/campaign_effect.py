"""What a campaign brought and cost: pure.

Documents are counted by their header's campaign, money by line: a line may name another campaign than its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.sales.funnel import percent

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Brought:
    """What was counted for one campaign, all in the base currency and without VAT.

    ``quotes`` and ``won_quotes`` are deals that got a quote under the campaign, and those of them that were won;
    ``revenue`` and ``cost`` are of what was shipped; ``planned`` and ``paid`` are expenses.
    """

    interactions: int = 0
    quotes: int = 0
    quoted: Decimal = _NOTHING
    orders: int = 0
    ordered: Decimal = _NOTHING
    deals: int = 0
    won: int = 0
    revenue: Decimal = _NOTHING
    cost: Decimal = _NOTHING
    planned: Decimal = _NOTHING
    paid: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class Effect:
    """A campaign's effect. ``campaign`` is None for what came without any."""

    campaign: int | None
    name: str
    brought: Brought

    @property
    def conversion(self) -> Decimal | None:
        """Deals won in percent of those that were quoted."""
        return percent(self.brought.won, self.brought.deals)

    @property
    def margin(self) -> Decimal:
        """Revenue less the cost of the goods."""
        return self.brought.revenue - self.brought.cost

    @property
    def profit(self) -> Decimal:
        """What is left of the margin after the expenses that were paid."""
        return self.margin - self.brought.paid

    @property
    def return_on_spend(self) -> Decimal | None:
        """The profit in percent of what was spent; None where nothing was."""
        return percent(self.profit, self.brought.paid)


def effects(names: Mapping[int, str], brought: Mapping[int | None, Brought], without: str) -> list[Effect]:
    """The campaigns beside each other, the most profitable first, and after them what came ``without`` a campaign."""
    found = [Effect(campaign, name, brought.get(campaign, Brought())) for campaign, name in names.items()]
    found.sort(key=lambda effect: (-effect.profit, -effect.brought.revenue, effect.name, effect.campaign or 0))
    return [*found, Effect(None, without, brought[None])] if None in brought else found


def total(found: Iterable[Effect], name: str) -> Effect:
    """All of them together."""
    whole = Brought()
    for effect in found:
        whole = _plus(whole, effect.brought)
    return Effect(None, name, whole)


def _plus(one: Brought, other: Brought) -> Brought:
    return Brought(*(getattr(one, name) + getattr(other, name) for name in Brought.__slots__))
