"""Tables of products, and odd workbooks of any kind, from the file to the database."""

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from importers.tables import TableName, import_table
from models.catalogue.tables import Product
from models.errors import RuleBroken
from models.writing import Actor


@pytest.mark.parametrize(("file", "rows"), [("northwind/products.csv", 77), ("crm-opportunities/products.csv", 7)])
def test_products_of_other_programs_are_taken_once(director: Actor, samples: Path, file: str, rows: int) -> None:
    report = import_table("products", samples / file, director)
    assert (report.read, report.added, report.rejected) == (rows, rows, 0)
    again = import_table("products", samples / file, director)
    assert (again.read, again.unchanged) == (rows, rows)


def test_what_northwind_discontinued_is_not_on_sale(director: Actor, samples: Path) -> None:
    import_table("products", samples / "northwind" / "products.csv", director)
    sold = {row.code: (row.name, row.price, row.active) for row in Product.select()}
    assert sold["1"] == ("Chai", Decimal("18.00"), True)
    assert sold["5"] == ("Chef Anton's Gumbo Mix", Decimal("21.35"), False)


def test_a_product_without_a_code_has_its_name_for_one(director: Actor, samples: Path) -> None:
    import_table("products", samples / "crm-opportunities" / "products.csv", director)
    assert Product.get(Product.name == "GTX Basic").code == "GTX Basic"


@pytest.mark.parametrize("what", get_args(TableName))
def test_every_odd_workbook_is_taken_row_by_row_or_refused_in_words(
    director: Actor, samples: Path, what: TableName
) -> None:
    paths = sorted((samples / "xlsx").glob("*.xlsx"))
    assert paths
    for path in paths:
        try:
            report = import_table(what, path, director)
        except RuleBroken as refusal:
            assert refusal.rule
        else:
            assert report.added + report.changed + report.unchanged + report.rejected == report.read
            assert all(error.reason for error in report.errors)
