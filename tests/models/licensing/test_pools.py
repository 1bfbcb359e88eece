"""Pools of vendor codes: filled without doubles, taken the oldest first, warned about when they run low."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine

from models.errors import NotAllowed, RuleBroken
from models.licensing.pools import (
    add_codes,
    bind_codes,
    codes_left,
    give_back_codes,
    low_pools,
    pools,
    take_codes,
    void_code,
)
from models.licensing.tables import VendorCode
from models.lists import list_named
from models.undo import last_change, undo
from models.writing import Actor, get
from tests.models.licensing.worlds import NOW
from tests.models.worlds import a_client, a_licence, a_product


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _codes(count: int, first: int = 1) -> list[str]:
    return [f"AAAA-{number:04}" for number in range(first, first + count)]


def test_codes_are_taken_the_oldest_first(director: Actor) -> None:
    product, other = a_product(director), a_product(director, "B")
    assert add_codes(director, product, _codes(3), "order 77", Decimal("12.50")).added == 3
    add_codes(director, other, _codes(3))
    add_codes(director, product, _codes(3, 4))
    assert [taken.code for taken in take_codes(director, product, 4)] == _codes(4)
    assert (codes_left(product), codes_left(other)) == (2, 3)
    code = VendorCode.select().order_by(VendorCode.id).get()
    assert (code.cost, code.source, code.state) == (Decimal("12.50"), "order 77", "taken")


def test_where_too_few_are_left_none_is_taken(director: Actor) -> None:
    product = a_product(director)
    add_codes(director, product, _codes(2))
    with pytest.raises(RuleBroken, match="2 codes left"):
        take_codes(director, product, 3)
    assert codes_left(product) == 2


def test_each_bad_code_is_named_with_its_position_and_none_is_added(director: Actor) -> None:
    product = a_product(director, number_pattern="AAAA-9999")
    add_codes(director, product, _codes(1))
    a_licence(director, "AAAA-0002", a_client(director), product)
    pasted = ["AAAA-0009", "", "aaaa 0001", "AAAA-0002", "AAAA-O003", "AAAA-0009", "AAAA-0010"]
    result = add_codes(director, product, pasted)
    assert (result.added, [bad.position for bad in result.refused]) == (0, [3, 4, 5, 6])
    texts = [str(bad.error) for bad in result.refused]
    for part, text in zip(("form", "number of a licence", "form", "position 1"), texts, strict=True):
        assert part in text
    assert VendorCode.select().count() == 1
    again = add_codes(director, product, pasted, good_ones=True)
    assert (again.added, len(again.refused)) == (2, 4)
    assert [row.code for row in VendorCode.select().order_by(VendorCode.id)] == ["AAAA-0001", "AAAA-0009", "AAAA-0010"]


def test_a_code_of_another_products_pool_is_no_double(director: Actor) -> None:
    for name in ("A", "B"):
        assert add_codes(director, a_product(director, name), _codes(1)).added == 1


def test_codes_that_are_no_longer_usable_are_not_taken(director: Actor) -> None:
    product = a_product(director)
    add_codes(director, product, _codes(2), usable_until=dt.date(2026, 11, 24))
    add_codes(director, product, _codes(1, 3), usable_until=dt.date(2026, 11, 25))
    assert [taken.code for taken in take_codes(director, product, 1)] == ["AAAA-0003"]
    (pool,) = pools()
    assert (pool.available, pool.taken, pool.unusable) == (0, 1, 2)


def test_taken_codes_know_their_licences_and_go_back_with_them(director: Actor) -> None:
    product, client = a_product(director), a_client(director)
    add_codes(director, product, _codes(4))
    known = [a_licence(director, f"7-{number}", client, product) for number in range(2)]
    first, second = take_codes(director, product, 2, known)
    (third,) = take_codes(director, product, 1)
    later = a_licence(director, third.code, client, product)
    assert bind_codes(director, {third.id: later}) == 1
    assert [get(VendorCode, one.id).licence_id for one in (first, second, third)] == [*known, later]
    assert give_back_codes(director, licences=[later]) == 1
    assert give_back_codes(director, codes=[first.id, first.id + 100]) == 1
    assert (get(VendorCode, first.id).state, get(VendorCode, third.id).licence_id) == ("available", None)
    assert [taken.code for taken in take_codes(director, product, 1)] == [first.code]


def test_only_a_taken_code_is_bound(director: Actor) -> None:
    product = a_product(director)
    add_codes(director, product, _codes(1))
    with pytest.raises(RuleBroken):
        bind_codes(director, {VendorCode.get().id: a_licence(director, "7", a_client(director), product)})


def test_a_void_code_is_taken_by_nobody_and_says_why(director: Actor) -> None:
    product = a_product(director)
    add_codes(director, product, _codes(2))
    first, second = VendorCode.select().order_by(VendorCode.id)
    with pytest.raises(RuleBroken):
        void_code(director, first.id, " ")
    void_code(director, first.id, "blocked by the vendor")
    assert [taken.id for taken in take_codes(director, product, 1)] == [second.id]
    with pytest.raises(RuleBroken):
        void_code(director, second.id, "taken")
    (pool,) = pools()
    assert (pool.void, get(VendorCode, first.id).note) == (1, "blocked by the vendor")


def test_a_pool_is_low_from_what_its_product_says(director: Actor) -> None:
    product, empty = a_product(director, pool_low=2), a_product(director, "B", pool_low=1)
    a_product(director, "C")
    add_codes(director, product, _codes(3))
    assert [pool.product for pool in low_pools()] == [empty]
    take_codes(director, product, 1)
    assert [(pool.product, pool.available, pool.low_at) for pool in low_pools()] == [(empty, 0, 1), (product, 2, 2)]


def test_codes_that_were_taken_in_one_step_go_back_by_one_undo(director: Actor) -> None:
    product = a_product(director)
    add_codes(director, product, _codes(3))
    take_codes(director, product, 3)
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert codes_left(product) == 3


def test_the_cost_of_codes_takes_the_right_to_see_it(director: Actor) -> None:
    product = a_product(director)
    clerk = Actor("boris", "Boris", 1, director.permissions - {"see_cost"}, "test")
    with pytest.raises(NotAllowed):
        add_codes(clerk, product, _codes(1), cost=Decimal(1))
    assert add_codes(clerk, product, _codes(1)).added == 1


def test_the_list_of_codes_is_filtered_by_product_and_state(director: Actor) -> None:
    product, other = a_product(director), a_product(director, "B")
    add_codes(director, product, _codes(3))
    add_codes(director, other, _codes(1))
    take_codes(director, product, 1, [a_licence(director, "7-1", a_client(director), product)])
    codes = list_named("codes")
    for text, count in (("product:GRD", 3), ("state:available", 3), ("aaaa0001", 2), ("licence:7-1", 1), ("", 4)):
        assert codes.with_filter(text).count() == count
