"""Products from outside: found by code, alias or name; what a row says is set, aliases are added."""

from decimal import Decimal
from typing import Any

from models.catalogue.importing import ProductIntake
from models.catalogue.tables import PriceChange, Product, ProductAlias, Vendor
from models.importing import Acceptance, Incoming, Plan
from models.writing import Actor, get
from tests.models.worlds import a_product


def take(by: Actor, *values: dict[str, Any]) -> Plan:
    acceptance = Acceptance(ProductIntake(by, False), by)
    plan = acceptance.take([Incoming(number, given) for number, given in enumerate(values, 2)])
    assert plan.rows == len(values)
    return plan


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.changed, plan.unchanged, len(plan.refusals)


def test_a_product_comes_with_its_vendor_and_price(director: Actor) -> None:
    row = {"code": "GS-1", "name": "Смета", "vendor": "Гранд", "price": Decimal("100.50"), "term_months": 12}
    assert counts(take(director, row)) == (1, 0, 0, 0)
    (product,) = Product.select()
    assert product.vendor is not None
    assert (product.price, product.vendor.name, product.term_months) == (Decimal("100.50"), "Гранд", 12)
    assert counts(take(director, row)) == (0, 0, 1, 0)


def test_a_new_price_is_kept_with_its_day(director: Actor) -> None:
    product = a_product(director, "GS-1", price=Decimal(100))
    assert counts(take(director, {"code": "gs 1", "price": Decimal(120)})) == (0, 1, 0, 0)
    assert get(Product, product).price == 120
    assert PriceChange.select().count() == 2


def test_an_alias_stands_for_a_product_and_does_not_rename_it(director: Actor) -> None:
    product = a_product(director, "GS-1", aliases=("Гранд Смета старая",))
    assert counts(take(director, {"code": "Гранд-смета старая", "name": "Как-то", "unit": "лиц"})) == (0, 1, 0, 0)
    assert (get(Product, product).code, get(Product, product).name) == ("GS-1", "Гранд-Смета GS-1")


def test_a_product_without_a_code_is_found_by_name_or_takes_its_name_as_code(director: Actor) -> None:
    product = a_product(director, "GS-1")
    assert counts(take(director, {"name": "Гранд-Смета GS-1", "unit": "лиц"}, {"name": "GTX"})) == (1, 1, 0, 0)
    assert get(Product, product).unit == "лиц"
    assert Product.get(Product.name == "GTX").code == "GTX"


def test_two_products_of_one_name_are_no_answer(director: Actor) -> None:
    for code in ("A", "B"):
        take(director, {"code": code, "name": "Смета"})
    refusal = take(director, {"name": "Смета", "unit": "лиц"}).refusals[0]
    assert refusal.error.field == "name"


def test_aliases_are_added_and_an_alias_of_another_product_is_refused(director: Actor) -> None:
    a_product(director, "A", aliases=("альфа",))
    a_product(director, "B")
    assert counts(take(director, {"code": "A", "aliases": ("Альфа", "первая")})) == (0, 1, 0, 0)
    assert sorted(row.spelling for row in ProductAlias.select()) == ["альфа", "первая"]
    assert take(director, {"code": "B", "aliases": ("альфа",)}).refusals[0].error.field == "aliases"


def test_rows_of_one_product_wait_for_each_other(director: Actor) -> None:
    rows = [Incoming(2, {"code": "A", "name": "Альфа"}), Incoming(3, {"code": "a", "name": "Бета"})]
    acceptance = Acceptance(ProductIntake(director, False), director)
    assert acceptance.take(rows).rows == 1
    assert "Row 2" in str(acceptance.take(rows[1:]).refusals[0].error)
    assert Vendor.select().count() == 0
