"""What ``check`` finds when sales were changed behind the program's back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.base import database
from models.checking import CHECKS, problems_of
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.actions_payments import record_payment
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_quote_of_four

_OURS = ("totals", "numbers", "settlements", "stages", "unmet")


def _found() -> dict[str, list[str]]:
    return {check.name: [one.place for one in problems_of(check)] for check in CHECKS if check.name in _OURS}


@pytest.fixture
def a_sale(director: Actor) -> None:
    """A quote ordered in part, invoiced and paid in part."""
    quote, (one, two, *_rest) = a_quote_of_four(director)
    order = make_next(director, [quote], "order", {one: Decimal(1), two: Decimal(10)}, {"date": DAY})
    issue_document(director, order)
    invoice = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, invoice)
    record_payment(director, {"gross": Decimal(100), "date": DAY}, basis=[invoice])


@pytest.mark.usefixtures("a_sale")
def test_a_sound_sale_has_no_problems() -> None:
    assert _found() == {name: [] for name in _OURS}


@pytest.mark.usefixtures("a_sale")
@pytest.mark.parametrize(
    ("statement", "check", "place"),
    [
        ("UPDATE document SET gross = gross + 1 WHERE kind = 'order'", "totals", "document #2"),
        ("UPDATE document SET serial = 2 WHERE kind = 'invoice'", "numbers", "invoice 26-00001"),
        ("UPDATE payment_allocation SET amount = 5", "settlements", "document #3"),
        ("UPDATE deal SET state = 'lost'", "stages", "deal #1"),
        ("UPDATE unmet_demand SET quantity = 999000 WHERE id = 1", "unmet", "document #1"),
    ],
)
def test_what_does_not_hold_is_named(statement: str, check: str, place: str) -> None:
    database.execute_sql(statement)
    found = _found()
    assert place in found[check]
    assert [name for name, problems in found.items() if problems] == [check]
