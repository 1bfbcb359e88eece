"""Vendor codes from outside: into the pool of their product, each once, the same file again changes nothing."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models import audit
from models.errors import NotAllowed
from models.importing import Acceptance, Incoming, Plan
from models.licensing.code_importing import CodeIntake
from models.licensing.tables import VendorCode
from models.writing import Actor
from tests.models.worlds import a_client, a_licence, a_product


def take(by: Actor, *values: dict[str, Any], product: int | None = None, dry_run: bool = False) -> Plan:
    rows = [Incoming(number, given) for number, given in enumerate(values, 2)]
    return Acceptance(CodeIntake(by, dry_run, product), by, dry_run).take(rows)


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.changed, plan.unchanged, len(plan.refusals)


def test_codes_of_one_product_come_into_its_pool_once(director: Actor) -> None:
    product = a_product(director)
    rows = [{"code": f"C-{n}", "usable_until": dt.date(2027, 1, 31), "cost": Decimal("9.90")} for n in range(250)]
    assert counts(take(director, *rows, product=product, dry_run=True)) == (250, 0, 0, 0)
    assert VendorCode.select().count() == 0
    assert counts(take(director, *rows, product=product)) == (250, 0, 0, 0)
    code = VendorCode.get()
    assert (code.usable_until, code.cost, code.state) == (dt.date(2027, 1, 31), Decimal("9.90"), "available")
    head = audit.head()
    assert counts(take(director, *rows, product=product)) == (0, 0, 250, 0)
    assert audit.head() == head
    assert list(audit.broken_links()) == list(audit.rows_changed_behind()) == []


def test_a_row_names_its_product_where_the_file_is_of_several(director: Actor) -> None:
    first, second = a_product(director, "A"), a_product(director, "B")
    plan = take(director, {"code": "1", "product_code": "A"}, {"code": "1", "product": "B"}, {"code": "1"})
    assert counts(plan) == (2, 0, 0, 1)
    assert [row.product_id for row in VendorCode.select().order_by(VendorCode.id)] == [first, second]


def test_what_a_row_says_otherwise_is_changed(director: Actor) -> None:
    product = a_product(director)
    take(director, {"code": "C-1", "source": "order 1"}, product=product)
    assert counts(take(director, {"code": "c1", "source": "order 2", "note": ""}, product=product)) == (0, 1, 0, 0)
    assert VendorCode.get().source == "order 2"


def test_bad_rows_are_refused_and_the_others_are_taken(director: Actor) -> None:
    product = a_product(director, number_pattern="A-9")
    a_licence(director, "C-2", a_client(director), product)
    rows = [{"code": text} for text in ("C-1", "C-2", "C-33", "", "C-4", "C-4")]
    plan = take(director, *rows, {"code": "C-4", "source": "other"}, product=product)
    assert counts(plan) == (2, 0, 1, 4)
    assert [refusal.number for refusal in plan.refusals] == [5, 3, 4, 8]


def test_costs_come_only_from_who_may_see_them(director: Actor) -> None:
    clerk = Actor("boris", "Boris", 1, director.permissions - {"see_cost"}, "test")
    product = a_product(director)
    with pytest.raises(NotAllowed):
        take(clerk, {"code": "1", "cost": Decimal(1)}, product=product)
    assert counts(take(clerk, {"code": "1", "cost": None}, product=product)) == (1, 0, 0, 0)
