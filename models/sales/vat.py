"""VAT by code and date: which rate a code means on a day, and which code a company of a tax regime uses. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from models.errors import RuleBroken
from models.language import N_, _

_D = dt.date


@dataclass(frozen=True, slots=True)
class Rate:
    """What a code means from a day on, to a day; ``kind`` tells 0 % from without VAT and exempt."""

    code: str
    title: str
    permille: int
    kind: str
    valid_from: dt.date
    valid_to: dt.date | None = None


_LONG_AGO = _D(1992, 1, 1)
RUSSIAN_RATES: tuple[Rate, ...] = (
    Rate("standard", "20 %", 200, "taxed", _D(1993, 1, 1), _D(2003, 12, 31)),
    Rate("standard", "18 %", 180, "taxed", _D(2004, 1, 1), _D(2018, 12, 31)),
    Rate("standard", "20 %", 200, "taxed", _D(2019, 1, 1), _D(2025, 12, 31)),
    Rate("standard", "22 %", 220, "taxed", _D(2026, 1, 1)),
    Rate("reduced", "10 %", 100, "taxed", _D(1993, 1, 1)),
    Rate("zero", "0 %", 0, "taxed", _LONG_AGO),
    Rate("simplified_5", "5 %", 50, "taxed", _D(2025, 1, 1)),
    Rate("simplified_7", "7 %", 70, "taxed", _D(2025, 1, 1)),
    Rate("without", N_("without VAT"), 0, "without_vat", _LONG_AGO),
    Rate("exempt", N_("exempt"), 0, "exempt", _LONG_AGO),
)
"""The Russian rates; the titles of the last two are msgids, translated when a company's table is made."""


def rate_on(rates: Iterable[Rate], code: str, day: dt.date) -> Rate:
    """The rate that a code means on a day; raises ``RuleBroken`` where it means none."""
    known = False
    for rate in rates:
        if rate.code == code:
            known = True
            if rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to):
                return rate
    if known:
        raise RuleBroken(
            "vat_code",
            _("The VAT code “{code}” has no rate on {day}.").format(code=code, day=day.isoformat()),
            _("Choose another code or another date."),
        )
    raise RuleBroken("vat_code", _("There is no VAT code “{code}”.").format(code=code), _("Choose one of the list."))


def usual_code(product_code: str, tax_regime: str) -> str:
    """The code that a company of a tax regime sells a product under.

    Who is no payer sells everything without VAT; a small payer sells at its own rate what others sell at the standard
    or the reduced one.
    """
    if tax_regime == "simplified":
        return "without"
    if tax_regime == "simplified_vat" and product_code in ("standard", "reduced"):
        return "simplified_5"
    return product_code


def code_in_regime(code: str, product_code: str, before: str, after: str) -> str:
    """The code of a line when the tax regime is another: what was usual before is what is usual now, else it stays."""
    return usual_code(product_code, after) if before != after and code == usual_code(product_code, before) else code
