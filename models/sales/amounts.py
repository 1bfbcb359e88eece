"""The amounts of lines and documents, exact. Pure.

An amount derives from the side that was entered, with VAT or without; the other side is rounded per line; a document's
VAT is the sum of its lines'. A unit price that was computed for print is never multiplied again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

KOPECK = Decimal("0.01")
_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Without VAT, the VAT, with VAT."""

    net: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.net + other.net, self.vat + other.vat, self.gross + other.gross)


def rounded(value: Decimal) -> Decimal:
    """To kopecks, halves away from zero: what takes an amount back is its exact opposite."""
    return value.quantize(KOPECK, ROUND_HALF_UP)


def entered_amount(quantity: Decimal, price: Decimal, discount: Decimal) -> Decimal:
    """The amount of the side that was entered, with the discount in percent."""
    return rounded(quantity * price * (_HUNDRED - discount) / _HUNDRED)


def line_amounts(amount: Decimal, includes_vat: bool, permille: int) -> Amounts:
    """Both sides of a line, from the side that was entered."""
    if includes_vat:
        vat = rounded(amount * permille / (_THOUSAND + permille))
        return Amounts(amount - vat, vat, amount)
    vat = rounded(amount * permille / _THOUSAND)
    return Amounts(amount, vat, amount + vat)


def total(lines: Iterable[Amounts]) -> Amounts:
    """The amounts of a document."""
    whole = Amounts()
    for line in lines:
        whole = whole + line
    return whole


def in_base(amount: Decimal, rate: Decimal) -> Decimal:
    """An amount in the base currency."""
    return amount if rate == 1 else rounded(amount * rate)


def share(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The share of an amount that falls to a part of a quantity."""
    return rounded(amount * part / whole) if whole else ZERO


def rest_of(amount: Decimal, taken: Decimal, usual: Decimal, parts: int) -> Decimal | None:
    """What the last part of a line comes to so that all parts together are the line; None where it is the usual amount.

    Only what rounding explains is evened out: half a kopeck for each part. Anything more is another price.
    """
    left = amount - taken
    if left == usual or abs(left - usual) > KOPECK * parts / 2 + KOPECK / 2:
        return None
    return left
