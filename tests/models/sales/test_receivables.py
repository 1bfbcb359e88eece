"""Receivables: who owes what since when, and how long what is unpaid is overdue."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.sales.actions_payments import record_payment
from models.sales.document_lists import document_list
from models.sales.receivables import AGES, invoices_behind, overdue_clients, receivables, total_of
from models.sales.tables import Document
from models.table_listing import TableListing
from models.writing import Actor
from tests.models.sales.worlds import DAY, an_issued
from tests.models.worlds import a_client


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def an_invoice(by: Actor, client: int, amount: int, due: dt.date | None) -> int:
    """An invoice of long ago that was to be paid by a day."""
    return an_issued(by, "invoice", [{"price": Decimal(amount), "description": "work"}], client=client,
                     date=ago(400), due=due)  # fmt: skip


@pytest.mark.parametrize(
    ("days", "age"),
    [(-5, "not_due"), (0, "not_due"), (1, "to_30"), (30, "to_30"), (31, "to_60"), (60, "to_60"), (61, "to_90"),
     (90, "to_90"), (91, "over_90"), (4000, "over_90"), (None, "not_due")],
)  # fmt: skip
def test_each_number_of_days_is_of_one_age(days: int | None, age: str) -> None:
    assert [one.name for one in AGES if one.holds(days)] == [age]


def test_unpaid_invoices_are_sorted_by_how_long_they_are_overdue(director: Actor) -> None:
    client, other = a_client(director), a_client(director, "Other")
    made = {days: an_invoice(director, client, 100, ago(days)) for days in (-3, 0, 1, 45, 90, 91)}
    an_invoice(director, client, 100, None)
    an_invoice(director, other, 40, ago(5))
    record_payment(director, {"gross": Decimal(30), "date": DAY}, basis=[made[45]])
    first, second = receivables(day=DAY)
    assert (first.client, first.name, int(first.unpaid), int(first.overdue), first.days) == (
        client, "ООО «Ромашка»", 670, 370, 91
    )  # fmt: skip
    assert {name: int(amount) for name, amount in first.ages.items()} == {
        "not_due": 300, "to_30": 100, "to_60": 70, "to_90": 100, "over_90": 100
    }  # fmt: skip
    assert (second.client, int(second.owes), second.since) == (other, 0, None)
    assert int(total_of([first, second]).unpaid) == 710
    for age in AGES:
        listed = TableListing.of(document_list("invoice"), invoices_behind(client, age.name, day=DAY))
        open_sum = sum(
            one.gross - one.settled for one in map(Document.get_by_id, [row.id for row in listed.page(0, 9)])
        )
        assert open_sum == first.ages[age.name]


def test_what_was_shipped_and_not_paid_is_owed_since_the_oldest_shipment_that_is_not_covered(director: Actor) -> None:
    client = a_client(director)
    for days in (50, 40, 30):
        lines = [{"price": Decimal(100), "description": "work"}]
        an_issued(director, "shipment", lines, client=client, date=ago(days))
    record_payment(director, {"client": client, "gross": Decimal(150), "date": DAY})
    (one,) = receivables(day=DAY)
    assert (int(one.owes), one.since, int(one.unpaid)) == (150, ago(40), 0)
    assert receivables(day=ago(45), client=client)[0].owes == 100


def test_a_supplier_owes_what_was_paid_to_it_and_not_delivered(director: Actor) -> None:
    supplier = a_client(director, is_supplier=True)
    given = {"client": supplier, "gross": Decimal(100), "date": ago(20)}
    record_payment(director, given, kind="payment_out")
    (one,) = receivables(day=DAY)
    assert (int(one.owes), one.since, int(one.unpaid)) == (100, ago(20), 0)


def test_what_others_owe_in_another_currency_is_counted_in_the_base_one(director: Actor) -> None:
    client = a_client(director)
    lines = [{"price": Decimal(10), "description": "work"}]
    given = {"client": client, "currency": "USD", "rate": Decimal(90), "date": ago(9), "due": ago(1)}
    an_issued(director, "invoice", lines, **given)
    (one,) = receivables(day=DAY)
    assert int(one.ages["to_30"]) == 900


def test_the_longest_overdue_come_first(director: Actor) -> None:
    for number, days in enumerate((5, 100, -1, 30)):
        an_invoice(director, a_client(director, f"Client {number}"), 100, ago(days))
    found, number = overdue_clients(2, DAY)
    assert ([(one.name, one.days) for one in found], number) == ([("Client 1", 100), ("Client 3", 30)], 3)
