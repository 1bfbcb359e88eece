"""What a printed form says of a document: both sides, its bank, prices of the side that is shown, payments, basis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.clients.actions import add_client, add_person
from models.company.actions import edit_company
from models.company.tables import Company
from models.errors import RuleBroken
from models.sales.actions_contracts import add_contract
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.actions_payments import record_payment
from models.sales.printing import Named, email_of, printed_form
from models.sales.sum_words import in_words
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_draft, an_issued, document, some_products
from tests.models.worlds import a_client, a_product

D = Decimal
ACCOUNT = "40702810938000000001 044525225 30101810400000000225 ПАО Сбербанк"


def a_buyer(by: Actor) -> int:
    """A client with all its requisites."""
    return add_client(
        by,
        {
            "name": "Уралпроект", "legal_name": "ПАО «Уралпроект»", "emails": ("info@ural.example",),
            "legal_address": "Екатеринбург, пр. Ленина, 1", "signatory": "Петров И. С.", "phones": ("+7 343 1",),
        },
    )  # fmt: skip


def test_a_form_gathers_both_sides_lines_and_vat(director: Actor) -> None:
    company = Company.get()
    values = {"legal_name": "ООО «Мы»", "director": "Котова", "bank_accounts": (valid(ACCOUNT),)}
    edit_company(director, company.id, company.version, values)
    buyer = a_buyer(director)
    person = add_person(director, {"client": buyer, "name": "Орлова", "emails": ("orlova@ural.example",)})
    contract = add_contract(director, {"number": "Д-1", "client": buyer, "date": DAY, "subject": "лицензии"})
    one, two, *_more = some_products(director)
    rights = a_product(director, "R-1", price=D(500), vat_code="exempt", register_number="1234")
    lines = [
        {"product": one, "quantity": D(2), "discount": D(10)}, {"product": rights, "quantity": D(1)},
        {"product": two, "quantity": D(1), "optional": True},
    ]  # fmt: skip
    quote = an_issued(director, "quote", lines, client=buyer, person=person, contract=contract)
    form = printed_form(quote)
    assert (form.form, form.number, form.person) == ("quote", document(quote).number, "Орлова")
    assert form.seller.name == "ООО «Мы»" and form.bank is not None and form.bank.name == "ПАО Сбербанк"
    assert (form.buyer.name, form.buyer.address) == ("ПАО «Уралпроект»", "Екатеринбург, пр. Ленина, 1")
    assert form.contract == Named("contract", "Д-1", DAY, "лицензии")
    assert [(line.price, line.discount, line.amount) for line in form.lines] == [
        (D("1000.00"), D(10), D("1800.00")), (D("500.00"), D(0), D("500.00")),
    ]  # fmt: skip
    assert [line.position for line in form.optional] == [1]
    assert [(one.kind, one.amounts.gross) for one in form.vat] == [("taxed", D(1800)), ("exempt", D(500))]
    assert form.lines[0].net_price == D("737.71") and form.lines[1].register_number == "1234"
    assert form.totals.gross == D(2300) == sum(share.amounts.gross for share in form.vat)
    assert (email_of(buyer, person), email_of(buyer, None)) == ("orlova@ural.example", "info@ural.example")


def valid(text: str) -> str:
    """The line with the key that fits."""
    from models.requisites import account_remainder

    account, bik, rest = text.split(" ", 2)
    bare = account[:8] + "0" + account[9:]
    return f"{account[:8]}{account_remainder(bare, bik) * 3 % 10}{account[9:]} {bik} {rest}"


def test_a_form_with_prices_on_both_sides_shows_those_without_vat(director: Actor) -> None:
    one, two, *_more = some_products(director)
    lines = [
        {"product": one, "quantity": D(3), "price": D(1220), "price_includes_vat": True},
        {"product": two, "quantity": D(1), "price": D(100), "price_includes_vat": False},
    ]
    form = printed_form(an_issued(director, "invoice", lines))
    assert not form.prices_include_vat
    assert [(line.price, line.amount) for line in form.lines] == [(D(1000), D(3000)), (D(100), D(100))]


def test_a_shipment_names_what_was_paid_before_and_what_it_was_made_from(director: Actor) -> None:
    buyer = a_client(director)
    (one, *_more) = some_products(director)
    invoice = an_issued(director, "invoice", [{"product": one, "quantity": D(1)}], client=buyer)
    paid = {"client": buyer, "gross": D(1000), "date": DAY, "outside_number": "318", "outside_date": DAY}
    record_payment(director, paid, basis=[invoice])
    late = {"client": buyer, "gross": D(1), "date": DAY + dt.timedelta(days=30), "outside_number": "319"}
    record_payment(director, late, basis=[invoice])
    shipment = make_next(director, [invoice], "shipment", values={"date": DAY + dt.timedelta(days=1)})
    issue_document(director, shipment)
    form = printed_form(shipment, "upd2")
    assert form.payments == (Named("payment_in", "318", DAY),)
    assert form.basis == (Named("invoice", document(invoice).number, DAY),)
    assert printed_form(shipment).form == "upd1"
    assert printed_form(invoice).payments == ()


def test_what_has_no_such_form_is_refused(director: Actor) -> None:
    quote = a_draft(director)
    assert printed_form(quote).state == "draft"
    with pytest.raises(RuleBroken, match="not printed so"):
        printed_form(quote, "upd1")
    payment = record_payment(director, {"client": a_client(director), "gross": D(5), "date": DAY}).id
    with pytest.raises(RuleBroken, match="no printed form"):
        printed_form(payment)


@pytest.mark.parametrize(
    ("amount", "currency", "language", "words"),
    [
        ("21001.01", "RUB", "ru", "Двадцать одна тысяча один рубль 01 копейка"),
        ("2112.22", "RUB", "ru", "Две тысячи сто двенадцать рублей 22 копейки"),
        ("1000000.11", "RUB", "ru", "Один миллион рублей 11 копеек"),
        ("0", "RUB", "ru", "Ноль рублей 00 копеек"),
        ("-3.50", "RUB", "ru", "Минус три рубля 50 копеек"),
        ("1001.01", "USD", "en", "One thousand and one US dollars 01 cent"),
        ("22.04", "EUR", "ru", "Двадцать два евро 04 цента"),
        ("7.50", "CNY", "en", "Seven 50/100 CNY"),
    ],
)
def test_sums_in_words(amount: str, currency: str, language: str, words: str) -> None:
    assert in_words(D(amount), currency, language) == words
