"""Payments: the oldest invoice first, what was named first of all, and who owes whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.errors import RuleBroken
from models.sales.actions_answers import cancel_document
from models.sales.actions_contracts import add_contract
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.actions_payments import allocate_payment, record_payment
from models.sales.balances import client_balance, open_invoices
from models.sales.receivables import receivables
from models.sales.tables import PaymentAllocation
from models.writing import Actor
from tests.models.sales.worlds import DAY, an_issued, document
from tests.models.worlds import a_client


def three_invoices(by: Actor, client: int) -> list[int]:
    """Invoices of 100 on three days, the newest made first."""
    lines = [{"description": "work", "price": Decimal(100)}]
    made = [an_issued(by, "invoice", lines, client=client, date=DAY - dt.timedelta(days=n), due=DAY) for n in range(3)]
    return list(reversed(made))


def _settled(invoices: list[int]) -> list[Any]:
    return [(document(one).settled, document(one).state) for one in invoices]


def test_the_oldest_is_paid_first(director: Actor) -> None:
    client = a_client(director)
    invoices = three_invoices(director, client)
    record_payment(director, {"client": client, "gross": Decimal(150), "date": DAY})
    assert _settled(invoices) == [(100, "paid"), (50, "partly_paid"), (0, "issued")]
    assert [(int(one.open), int(one.gross)) for one in open_invoices(client)] == [(50, 100), (100, 100)]


def test_the_invoice_that_a_payment_names_comes_first(director: Actor) -> None:
    client = a_client(director)
    invoices = three_invoices(director, client)
    record_payment(director, {"gross": Decimal(150), "date": DAY}, basis=[invoices[2]])
    assert _settled(invoices) == [(50, "partly_paid"), (0, "issued"), (100, "paid")]


def test_an_operator_allocates_as_he_likes_but_no_more_than_there_is(director: Actor) -> None:
    client = a_client(director)
    one, two, three = three_invoices(director, client)
    payment = record_payment(director, {"client": client, "gross": Decimal(150), "date": DAY}, [(three, Decimal(40))])
    assert document(payment.id).settled == 40
    for wrong in (
        [(one, Decimal(101))],
        [(one, Decimal(100)), (two, Decimal(51))],
        [(one, Decimal(1)), (one, Decimal(1))],
    ):
        with pytest.raises(RuleBroken):
            allocate_payment(director, payment.id, wrong)
    assert _settled([one, two, three])[2] == (40, "partly_paid")
    allocate_payment(director, payment.id, [(two, Decimal(100))])
    assert _settled([one, two, three]) == [(0, "issued"), (100, "paid"), (0, "issued")]


def test_a_payment_of_another_client_or_currency_pays_nothing_here(director: Actor) -> None:
    client, other = a_client(director), a_client(director, "Other")
    invoices = three_invoices(director, client)
    record_payment(director, {"client": other, "gross": Decimal(150), "date": DAY})
    dollars = {"client": client, "gross": Decimal(150), "currency": "USD", "rate": Decimal(90), "date": DAY}
    record_payment(director, dollars)
    assert _settled(invoices) == [(0, "issued")] * 3


def test_a_cancelled_payment_frees_what_it_paid(director: Actor) -> None:
    client = a_client(director)
    invoices = three_invoices(director, client)
    payment = record_payment(director, {"client": client, "gross": Decimal(300), "date": DAY})
    cancel_document(director, payment.id, "came back")
    assert _settled(invoices) == [(0, "issued")] * 3
    assert client_balance(client).balance == 0


def test_the_balance_is_what_was_shipped_less_what_was_paid(director: Actor) -> None:
    client = a_client(director)
    first, *_rest = three_invoices(director, client)
    shipment = make_next(director, [first], "shipment", None, {"date": DAY})
    assert client_balance(client).balance == 0
    issue_document(director, shipment)
    assert client_balance(client).balance == 100
    record_payment(director, {"client": client, "gross": Decimal(30), "date": DAY})
    found = client_balance(client)
    assert tuple(map(int, (found.shipped, found.paid, found.balance))) == (100, 30, 70)
    assert client_balance(client, until=DAY - dt.timedelta(days=1)).balance == 0
    (debt,) = receivables(day=DAY + dt.timedelta(days=1))
    assert (debt.client, int(debt.owes), int(debt.overdue), debt.since) == (client, 70, 270, DAY)
    record_payment(director, {"client": client, "gross": Decimal(270), "date": DAY})
    assert receivables(day=DAY) == []


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-5)])
def test_a_payment_has_an_amount(director: Actor, amount: Decimal) -> None:
    with pytest.raises(RuleBroken):
        record_payment(director, {"client": a_client(director), "gross": amount, "date": DAY})


def an_advance(by: Actor, client: int, amount: int, **values: Any) -> int:
    """Money that came before there was anything to pay."""
    return record_payment(by, {"client": client, "gross": Decimal(amount), "date": DAY, **values}).id


def test_a_payment_and_an_older_advance_together_pay_what_neither_pays_alone(director: Actor) -> None:
    client = a_client(director)
    advance = an_advance(director, client, 60)
    first, second, third = three_invoices(director, client)
    payment = record_payment(director, {"gross": Decimal(70), "date": DAY}, basis=[first])
    assert _settled([first, second, third]) == [(100, "paid"), (30, "partly_paid"), (0, "issued")]
    assert [document(one).settled for one in (advance, payment.id)] == [60, 70]
    record_payment(director, {"client": client, "gross": Decimal(10), "date": DAY})
    assert _settled([second])[0] == (40, "partly_paid")


def test_the_oldest_advance_goes_first_and_keeps_what_it_settled_already(director: Actor) -> None:
    client = a_client(director)
    (invoice, *_rest) = three_invoices(director, client)
    older = record_payment(director, {"client": client, "gross": Decimal(50), "date": DAY}, [(invoice, Decimal(20))]).id
    newer = record_payment(director, {"client": client, "gross": Decimal(50), "date": DAY}, []).id
    record_payment(director, {"gross": Decimal(40), "date": DAY}, basis=[invoice])
    assert document(invoice).state == "paid"
    assert [(int(document(one).settled)) for one in (older, newer)] == [50, 50]
    allocated = {
        (row.payment_id, row.invoice_id): int(row.amount)
        for row in PaymentAllocation.select().where(PaymentAllocation.invoice == invoice)
    }
    assert allocated[(older, invoice)] == 50
    assert sum(allocated.values()) == 100


def test_what_an_operator_allocates_himself_touches_no_advance(director: Actor) -> None:
    client = a_client(director)
    advance = an_advance(director, client, 60)
    first, *_rest = three_invoices(director, client)
    payment = record_payment(director, {"client": client, "gross": Decimal(50), "date": DAY}, [(first, Decimal(50))])
    allocate_payment(director, payment.id)
    assert document(advance).settled == 0


def test_an_advance_of_another_client_company_or_currency_is_left_alone(director: Actor) -> None:
    client, other = a_client(director), a_client(director, "Other")
    advances = [
        an_advance(director, other, 60),
        an_advance(director, client, 60, currency="USD", rate=Decimal(90)),
    ]
    cancelled = an_advance(director, client, 60)
    cancel_document(director, cancelled, "came back")
    first, *_rest = three_invoices(director, client)
    record_payment(director, {"gross": Decimal(70), "date": DAY}, basis=[first])
    assert [document(one).settled for one in (*advances, cancelled)] == [0, 0, 0]
    assert document(first).settled == 70


def test_an_advance_of_a_contract_pays_nothing_of_another_contract(director: Actor) -> None:
    client = a_client(director)
    company = document(an_issued(director, "invoice", [{"description": "work", "price": Decimal(1)}])).company_id
    one, other = (
        add_contract(director, {"number": number, "client": client, "company": company, "date": DAY})
        for number in ("1", "2")
    )
    advance = an_advance(director, client, 60, contract=one)
    lines = [{"description": "work", "price": Decimal(100)}]
    theirs = an_issued(director, "invoice", lines, client=client, contract=other)
    record_payment(director, {"gross": Decimal(70), "date": DAY}, basis=[theirs])
    assert (document(theirs).settled, document(advance).settled) == (70, 0)
    own = an_issued(director, "invoice", lines, client=client, contract=one)
    record_payment(director, {"gross": Decimal(40), "date": DAY}, basis=[own])
    assert document(own).state == "paid"


def test_an_advance_helps_to_pay_several_invoices_that_one_payment_names(director: Actor) -> None:
    client = a_client(director)
    an_advance(director, client, 60)
    older, *named = three_invoices(director, client)
    record_payment(director, {"gross": Decimal(150), "date": DAY}, basis=named)
    assert _settled([older, *named]) == [(10, "partly_paid"), (100, "paid"), (100, "paid")]
