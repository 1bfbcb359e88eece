"""A table file is known by its content, not by its name."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from importers.source import open_table
from models.errors import RuleBroken


def test_a_workbook_under_a_wrong_name_is_read_as_a_workbook(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["ИНН"])
    workbook.save(tmp_path / "clients.csv")
    with open_table(tmp_path / "clients.csv") as table:
        assert table.headings == ("ИНН",)


def test_a_text_under_a_wrong_name_is_read_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "clients.xlsx").write_text("ИНН;КПП\n1;2\n", encoding="utf-8")
    with open_table(tmp_path / "clients.xlsx") as table:
        assert table.headings == ("ИНН", "КПП")


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleBroken):
        open_table(tmp_path / name)
