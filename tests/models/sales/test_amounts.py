"""Amounts are exact: from the side that was entered, the other side rounded per line, sums of lines."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sales.amounts import Amounts, entered_amount, in_base, line_amounts, rest_of, rounded, share, total

_AMOUNTS = st.decimals(Decimal(-(10**7)), Decimal(10**7), places=2)
_PERMILLES = st.sampled_from([0, 50, 70, 100, 180, 200, 220])
_KOPECK = Decimal("0.01")


@pytest.mark.parametrize(
    ("amount", "includes_vat", "permille", "expected"),
    [
        ("120.00", True, 200, ("100.00", "20.00", "120.00")),
        ("100.00", False, 220, ("100.00", "22.00", "122.00")),
        ("0.05", True, 200, ("0.04", "0.01", "0.05")),
        ("99.99", True, 220, ("81.96", "18.03", "99.99")),
        ("99.99", False, 0, ("99.99", "0.00", "99.99")),
    ],
)
def test_the_other_side_follows_from_the_one_entered(
    amount: str, includes_vat: bool, permille: int, expected: tuple[str, str, str]
) -> None:
    assert line_amounts(Decimal(amount), includes_vat, permille) == Amounts(*map(Decimal, expected))


@given(amount=_AMOUNTS, includes_vat=st.booleans(), permille=_PERMILLES)
def test_the_sides_differ_by_the_vat_and_the_entered_one_stays(
    amount: Decimal, includes_vat: bool, permille: int
) -> None:  # fmt: skip
    found = line_amounts(amount, includes_vat, permille)
    assert found.net + found.vat == found.gross
    assert (found.gross if includes_vat else found.net) == amount
    exact = amount * permille / ((1000 + permille) if includes_vat else 1000)
    assert abs(found.vat - exact) <= _KOPECK / 2


@given(amount=_AMOUNTS, includes_vat=st.booleans(), permille=_PERMILLES)
def test_what_takes_an_amount_back_is_its_exact_opposite(amount: Decimal, includes_vat: bool, permille: int) -> None:
    both = total([line_amounts(amount, includes_vat, permille), line_amounts(-amount, includes_vat, permille)])
    assert both == Amounts(Decimal(0), Decimal(0), Decimal(0))


def test_a_discount_is_taken_of_the_amount_not_of_the_price() -> None:
    assert entered_amount(Decimal(3), Decimal("33.33"), Decimal(5)) == Decimal("94.99")
    assert entered_amount(Decimal("0.333"), Decimal("99.99"), Decimal(0)) == Decimal("33.30")


@given(price=st.decimals(0, 10**6, places=2), quantities=st.lists(st.integers(1, 99), min_size=1, max_size=6),
       discount=st.decimals(0, 100, places=3))  # fmt: skip
def test_parts_come_to_the_whole(price: Decimal, quantities: list[int], discount: Decimal) -> None:
    whole = entered_amount(Decimal(sum(quantities)), price, discount)
    parts = [entered_amount(Decimal(quantity), price, discount) for quantity in quantities]
    last = rest_of(whole, sum(parts[:-1], Decimal(0)), parts[-1], len(parts))
    assert sum(parts[:-1], Decimal(0)) + (parts[-1] if last is None else last) == whole


def test_another_price_is_no_rounding() -> None:
    assert rest_of(Decimal(100), Decimal(50), Decimal(40), 2) is None


@given(amount=st.decimals(0, 10**6, places=2), part=st.integers(0, 10))
def test_a_share_and_the_rest_are_the_whole_but_for_a_kopeck(amount: Decimal, part: int) -> None:
    both = share(amount, Decimal(part), Decimal(10)) + share(amount, Decimal(10 - part), Decimal(10))
    assert abs(both - amount) <= _KOPECK


def test_the_base_currency_is_taken_as_it_is() -> None:
    assert in_base(Decimal("10.01"), Decimal(1)) == Decimal("10.01")
    assert in_base(Decimal("10.01"), Decimal("92.3456")) == Decimal("924.38")
    assert rounded(Decimal("-0.005")) == Decimal("-0.01")
