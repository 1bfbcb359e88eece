"""VAT by code and date: Russia's rates, small payers, who is no payer, and a shipment after the rate has changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.company.actions import company_values, edit_company
from models.company.lists import COMPANIES
from models.company.regimes import regime_on
from models.company.tables import Company
from models.errors import RuleBroken
from models.sales.actions_drafts import copy_document, edit_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import Keep, make_next, revise_document
from models.sales.actions_vat import change_vat_rate
from models.sales.document_look import save_draft
from models.sales.document_queries import offer_of, read_document
from models.sales.families import lines_of, vat_rates
from models.sales.vat import RUSSIAN_RATES, rate_on, usual_code
from models.table_listing import TableListing
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.sales.worlds import a_draft, an_issued, document, some_products
from tests.models.worlds import a_product

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


@pytest.fixture
def small_payer_since_2026(director: Actor) -> None:
    """Our company was no payer of VAT to the end of 2025, and is a small one since."""
    company = Company.get()
    values = {"tax_regime": "simplified", "regime_changes": ("2026-01-01 simplified with VAT",)}
    edit_company(director, company.id, company.version, values)


def codes(document_id: int) -> list[str]:
    return [line.vat_code for line in lines_of([document_id])]


@pytest.mark.usefixtures("small_payer_since_2026")
def test_the_usual_code_follows_the_regime_of_the_documents_day(director: Actor) -> None:
    product, exempt = some_products(director, 1)[0], a_product(director, "E-1", price=Decimal(10), vat_code="exempt")
    lines: list[dict[str, Any]] = [{"product": product}, {"product": exempt}, {"description": "x", "price": Decimal(1)}]
    old, new = (a_draft(director, "quote", lines, date=day) for day in (IN_2025, IN_2026))
    assert (codes(old), codes(new)) == (["without"] * 3, ["simplified_5", "exempt", "simplified_5"])
    assert offer_of(new, product).vat_code == "simplified_5"


@pytest.mark.usefixtures("small_payer_since_2026")
def test_a_draft_that_moves_into_another_regime_takes_its_codes_but_keeps_what_was_chosen(director: Actor) -> None:
    lines = [{"description": "x", "price": Decimal(105)}, {"description": "y", "price": Decimal(1), "vat_code": "zero"}]
    draft = a_draft(director, "quote", lines, date=IN_2025)
    shown = read_document(draft)
    typed = [{"id": one.id, "vat_code": one.vat_code, "description": one.description, "price": one.price * 2}
             for one in shown.lines]  # fmt: skip
    save_draft(director, draft, shown.version, {"date": IN_2026}, {}, typed)
    assert codes(draft) == ["simplified_5", "zero"]
    assert document(draft).vat == 10
    edit_document(director, draft, document(draft).version, {"date": IN_2025})
    assert codes(draft) == ["without", "zero"]


@pytest.mark.usefixtures("small_payer_since_2026")
def test_what_is_made_from_a_document_of_another_regime_takes_the_codes_of_its_own_day(director: Actor) -> None:
    order = an_issued(director, "order", [{"description": "x", "price": Decimal(105)}], date=IN_2025)
    shipment = make_next(director, [order], "shipment", None, {"date": IN_2026})
    assert (codes(shipment), document(shipment).gross, document(shipment).vat) == (["simplified_5"], 105, 5)
    assert codes(copy_document(director, order, {"date": IN_2026})) == ["simplified_5"]
    assert codes(revise_document(director, order, {"date": IN_2026})) == ["simplified_5"]


@pytest.mark.usefixtures("small_payer_since_2026")
def test_changes_of_the_regime_are_read_strictly_and_shown_as_they_are(director: Actor) -> None:
    company = Company.get()
    assert company_values(company)["regime_changes"] == ("2026-01-01 simplified with VAT",)
    for wrong in (("soon general",), ("2026-01-01 royal",), ("2026-01-01 general", "2026-01-01 simplified")):
        with pytest.raises(RuleBroken):
            edit_company(director, company.id, company.version, {"regime_changes": wrong})
    change = ("2027-01-01 general",)
    edit_company(director, company.id, company.version, {"regime_changes": change})
    assert company_values(Company.get())["regime_changes"] == change
    assert [regime_on(company.id, day) for day in (IN_2026, dt.date(2027, 1, 1))] == ["simplified", "general"]
    undo(director, last_change(director) or 0)
    assert regime_on(company.id, IN_2026) == "simplified_vat"
    (row,) = TableListing.of(COMPANIES).page(0, 1)
    assert "simplified_vat" in row.cells
