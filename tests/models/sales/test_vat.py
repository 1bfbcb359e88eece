"""VAT by code and date: Russia's rates, small payers, who is no payer, and a shipment after the rate has changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.company.actions import edit_company
from models.company.tables import Company
from models.errors import RuleBroken
from models.sales.actions_drafts import edit_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import Keep, make_next
from models.sales.actions_vat import change_vat_rate
from models.sales.families import lines_of, vat_rates
from models.sales.vat import RUSSIAN_RATES, rate_on, usual_code
from models.writing import Actor
from tests.models.sales.worlds import a_draft, an_issued, document, some_products

IN_2025, IN_2026 = dt.date(2025, 12, 20), dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("code", "day", "permille"),
    [
        ("standard", dt.date(2018, 12, 31), 180),
        ("standard", dt.date(2019, 1, 1), 200),
        ("standard", dt.date(2025, 12, 31), 200),
        ("standard", dt.date(2026, 1, 1), 220),
        ("reduced", dt.date(2026, 1, 1), 100),
        ("simplified_5", dt.date(2025, 1, 1), 50),
        ("simplified_7", dt.date(2026, 6, 1), 70),
        ("without", dt.date(2026, 6, 1), 0),
        ("exempt", dt.date(2020, 6, 1), 0),
    ],
)
def test_a_code_means_a_rate_on_a_day(code: str, day: dt.date, permille: int) -> None:
    assert rate_on(RUSSIAN_RATES, code, day).permille == permille


def test_a_code_that_means_nothing_yet_is_refused() -> None:
    with pytest.raises(RuleBroken, match="2024-12-31"):
        rate_on(RUSSIAN_RATES, "simplified_5", dt.date(2024, 12, 31))
    with pytest.raises(RuleBroken, match="no VAT code"):
        rate_on(RUSSIAN_RATES, "luxury", IN_2026)


def test_without_vat_and_exempt_and_zero_are_three_things() -> None:
    kinds = {code: rate_on(RUSSIAN_RATES, code, IN_2026).kind for code in ("without", "exempt", "zero")}
    assert kinds == {"without": "without_vat", "exempt": "exempt", "zero": "taxed"}


def test_a_company_sells_by_its_regime() -> None:
    assert usual_code("standard", "general") == "standard"
    assert usual_code("standard", "simplified") == "without"
    assert usual_code("standard", "simplified_vat") == "simplified_5"
    assert usual_code("exempt", "simplified_vat") == "exempt"


def test_the_table_begins_with_the_rates_of_russia(director: Actor) -> None:
    assert {(rate.code, rate.permille, rate.valid_from) for rate in vat_rates()} == {
        (rate.code, rate.permille, rate.valid_from) for rate in RUSSIAN_RATES
    }


def test_who_is_no_payer_sells_without_vat(director: Actor) -> None:
    company = Company.get()
    edit_company(director, company.id, company.version, {"tax_regime": "simplified"})
    (product,) = some_products(director, 1)
    made = document(a_draft(director, "quote", [{"product": product}]))
    assert (made.net, made.vat, made.gross) == (1000, 0, 1000)


def test_a_code_gets_another_rate_from_a_day_on(director: Actor) -> None:
    change_vat_rate(director, "standard", 250, dt.date(2030, 1, 1))
    rates = vat_rates()
    assert rate_on(rates, "standard", dt.date(2029, 12, 31)).permille == 220
    assert rate_on(rates, "standard", dt.date(2030, 1, 1)).permille == 250
    an_issued(director, "invoice", [{"description": "work", "price": Decimal(100)}], date=dt.date(2031, 1, 1))
    for day in (dt.date(2029, 1, 1), dt.date(2031, 1, 1)):
        with pytest.raises(RuleBroken):
            change_vat_rate(director, "standard", 300, day)


@pytest.mark.parametrize(
    ("price_includes_vat", "keep", "net", "vat", "gross"),
    [
        (True, "gross", "983.61", "216.39", "1200"),
        (True, "net", "1000", "220", "1220"),
        (False, "gross", "983.61", "216.39", "1200"),
        (False, "net", "1000", "220", "1220"),
    ],
)
def test_an_invoice_of_2025_shipped_in_2026_takes_the_new_rate_and_the_operator_says_which_side_stays(
    director: Actor, price_includes_vat: bool, keep: Keep, net: str, vat: str, gross: str
) -> None:
    price = Decimal(1200 if price_includes_vat else 1000)
    line = {"description": "work", "price": price, "price_includes_vat": price_includes_vat}
    invoice = an_issued(director, "invoice", [line], date=IN_2025)
    assert (document(invoice).net, document(invoice).vat, document(invoice).gross) == (1000, 200, 1200)
    shipment = document(make_next(director, [invoice], "shipment", None, {"date": IN_2026}, keep))
    assert (shipment.net, shipment.vat, shipment.gross) == (Decimal(net), Decimal(vat), Decimal(gross))
    issue_document(director, shipment.id)


def test_a_draft_whose_date_moves_into_another_rate_is_computed_anew(director: Actor) -> None:
    draft = a_draft(director, "invoice", [{"description": "work", "price": Decimal(122)}], date=IN_2025)
    assert document(draft).vat == Decimal("20.33")
    edit_document(director, draft, document(draft).version, {"date": IN_2026})
    assert (document(draft).vat, document(draft).net) == (22, 100)
    assert [line.vat_rate for line in lines_of([draft])] == [220]
