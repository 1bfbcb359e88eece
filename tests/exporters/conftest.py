"""Tables to write: some columns of every kind, and a list as the queries make them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from exporters.table import ExportTable
from models.listing import Column, Row, Sort

COLUMNS = (
    Column("name", "Name"),
    Column("inn", "INN"),
    Column("phones", "Phones"),
    Column("seats", "Seats", "integer"),
    Column("price", "Price", "money"),
    Column("quantity", "Quantity", "quantity"),
    Column("issued", "Issued", "date"),
    Column("changed", "Changed", "moment"),
    Column("active", "Active", "flag"),
)
ROW = (
    "ООО «Луч», Тверь",
    "0105000123",
    "+7 495 123-45-67",
    12,
    Decimal("1250.50"),
    Decimal("1.125"),
    date(2026, 10, 2),
    datetime(2026, 10, 2, 9, 30, tzinfo=UTC),
    True,
)


@pytest.fixture
def a_table() -> ExportTable:
    """One full row and one that has a name only."""
    return ExportTable(COLUMNS, [ROW, ("=1+1", *[None] * 8)])


BY_NUMBER = Sort("number")


@dataclass(frozen=True)
class AList:
    """A list of numbered rows that remembers which pages were asked for."""

    length: int
    pages: list[tuple[int, int]] = field(default_factory=list)
    kind: str = "client"
    columns: tuple[Column, ...] = (Column("number", "Number", "integer"),)
    sort: Sort = BY_NUMBER
    filter_text: str = ""

    def with_filter(self, text: str) -> "AList":
        return self

    def with_sort(self, sort: Sort) -> "AList":
        return self

    def page(self, offset: int, limit: int) -> list[Row]:
        self.pages.append((offset, limit))
        return [Row(number, (number,)) for number in range(offset, min(offset + limit, self.length))]

    def count(self) -> int:
        return self.length

    def position_of(self, record_id: int) -> int | None:
        return record_id
