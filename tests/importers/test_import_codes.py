"""Vendor codes come into the pools of their products: from tables and from plain lists, again without a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.tables import import_table
from models.licensing.pools import pools
from models.writing import Actor
from tests.models.worlds import a_product


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "codes.txt"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_plain_list_goes_into_one_pool_and_again_changes_nothing(director: Actor, tmp_path: Path) -> None:
    product = a_product(director, "NC-1", number_pattern="AA-999")
    path = written(tmp_path, "NC-001\r\n\r\nNC-002\nNC-003\n")
    report = import_table("codes", path, director, product=product)
    assert (report.read, report.added, report.rejected) == (3, 3, 0)
    again = import_table("codes", path, director, product=product)
    assert (again.added, again.unchanged) == (0, 3)
    assert pools()[0].available == 3


def test_a_bad_code_of_a_list_is_named_with_its_line(director: Actor, tmp_path: Path) -> None:
    product = a_product(director, "NC-1", number_pattern="AA-999")
    report = import_table("codes", written(tmp_path, "NC-001\nbad\nNC-002"), director, product=product)
    assert (report.added, report.rejected) == (2, 1)
    assert (report.errors[0].row, report.errors[0].value) == (2, "bad")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_a_table_names_the_product_of_each(director: Actor, tmp_path: Path, encoding: str) -> None:
    a_product(director, "NC-1"), a_product(director, "NC-2")
    path = written(tmp_path, "Код активации;Артикул;Годен до\nA-1;NC-1;31.12.2030\nA-2;NC-2;\nA-3;??;\n", encoding)
    report = import_table("codes", path, director)
    assert (report.added, report.rejected) == (2, 1)
    assert [(pool.code, pool.available) for pool in pools()] == [("NC-1", 1), ("NC-2", 1)]


def test_a_list_without_a_product_is_refused_line_by_line(director: Actor, tmp_path: Path) -> None:
    report = import_table("codes", written(tmp_path, "A-1\nA-2\n"), director)
    assert (report.added, report.rejected) == (0, 2)
