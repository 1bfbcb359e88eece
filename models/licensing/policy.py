"""What a product's licence policy says of a licence's number and dates: pure calculations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.catalogue.fields import pattern_matches
from models.errors import RuleBroken
from models.language import _


@dataclass(frozen=True, slots=True)
class Policy:
    """The licence policy of a product, as far as a licence's own fields depend on it."""

    product_id: int
    vendor_id: int | None
    number_pattern: str
    number_unique_per: str
    term_months: int | None
    term_from: str
    maintenance_months: int | None


def number_scope(policy: Policy) -> str:
    """Within what a licence's number is unique: its vendor or its product."""
    if policy.number_unique_per == "product" or policy.vendor_id is None:
        return f"product {policy.product_id}"
    return f"vendor {policy.vendor_id}"


def check_number(policy: Policy, number: str) -> None:
    """Raise ``RuleBroken`` for a number that has not the form of the product's pattern."""
    if not pattern_matches(policy.number_pattern, number):
        raise RuleBroken(
            "number",
            _("{number} has not the form {pattern} of this product's numbers.").format(
                number=number, pattern=policy.number_pattern
            ),
            _("Look for a mistyped or look-alike letter, or choose another product."),
        )


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the month's last where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=day.day - 1), first_of_next - dt.timedelta(days=1))


def ends(policy: Policy, issued: dt.date | None, activated: dt.date | None) -> dt.date | None:
    """The last day of the term, from issue or activation as the policy says; None for perpetual or not begun."""
    start = issued if policy.term_from == "issue" else activated
    if policy.term_months is None or start is None:
        return None
    return add_months(start, policy.term_months) - dt.timedelta(days=1)


def maintained_until(policy: Policy, issued: dt.date | None) -> dt.date | None:
    """The last day of maintenance, counted from issue; None where there is none."""
    if not policy.maintenance_months or issued is None:
        return None
    return add_months(issued, policy.maintenance_months) - dt.timedelta(days=1)


def check_dates(
    issued: dt.date | None, activated: dt.date | None, expires: dt.date | None, maintenance_until: dt.date | None
) -> None:
    """Raise ``RuleBroken`` where a licence would end before it begins."""
    for name, day in (("activated", activated), ("expires", expires), ("maintenance_until", maintenance_until)):
        if issued is not None and day is not None and day < issued:
            raise RuleBroken(
                name,
                _("{day} is before the day of issue, {issued}.").format(day=day, issued=issued),
                _("Check both dates."),
            )
