"""A list of any length whose rows are computed: what the record table shows in these tests."""

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from models.errors import RuleBroken
from models.listing import Column, Row, Sort

COLUMNS = (
    Column("number", "Number", width=14, sort="fast"),
    Column("product", "Product", width=22, priority=3, sort="slow"),
    Column("owner", "Owner", width=26, priority=1, sort="slow"),
    Column("state", "State", kind="state", width=10, priority=2),
    Column("price", "Price", kind="money", width=12, priority=4, sort="slow"),
    Column("until", "Valid until", kind="date", width=11, priority=5, sort="slow"),
    Column("note", "Note", width=20, hidden=True),
)
BY_NUMBER = Sort("number")
STATES = {"issued": "issued to a client", "stock": "in stock"}
OWNERS = ("ООО «Ромашка»", "ЗАО «Вектор плюс»", "Northwind Traders", "ИП Кузнецова Анна Петровна", "株式会社サンプル")
PRODUCTS = ("1С:Предприятие 8 ПРОФ", "nanoCAD Механика", "Guardant Sign", "КОМПАС-3D v23")


def number(record_id: int) -> str:
    """How the list shows the number of a record."""
    return f"0A{record_id:08X}"


def row_of(record_id: int) -> Row:
    """The record with this id: always the same."""
    return Row(
        record_id,
        (
            number(record_id),
            PRODUCTS[record_id % 4],
            OWNERS[record_id * 7 % 5],
            "issued" if record_id % 3 else "stock",
            Decimal(record_id * 137 % 900_000) / 10,
            dt.date(2020, 1, 1) + dt.timedelta(days=record_id * 31 % 2500),
            "",
        ),
    )


@dataclass(frozen=True)
class ComputedListing:
    """Records 1 … ``length``. The filter ``every:n`` leaves those whose id n divides; only *number* is in id order."""

    length: int
    sort: Sort = BY_NUMBER
    filter_text: str = ""
    kind: str = "key"
    columns: tuple[Column, ...] = COLUMNS
    gone: frozenset[int] = frozenset()
    before_page: Callable[[], None] = lambda: None
    before_position: Callable[[], None] = lambda: None
    before_count: Callable[[], None] = lambda: None
    pages: list[tuple[int, int]] = field(default_factory=list, compare=False)

    def with_filter(self, text: str) -> "ComputedListing":
        if text and not text.startswith("every:"):
            raise RuleBroken("filter", f"“{text}” is no filter.")
        return replace(self, filter_text=text)

    def with_sort(self, sort: Sort) -> "ComputedListing":
        return replace(self, sort=sort)

    @property
    def step(self) -> int:
        return int(self.filter_text.removeprefix("every:") or 1)

    @property
    def found(self) -> int:
        return self.length // self.step

    @property
    def shuffle(self) -> int:
        """By which places are multiplied where the order is not that of the ids."""
        if self.sort.column == "number":
            return 1
        return next(
            factor for factor in range(self.found * 5 // 8 + 1, self.found * 2) if math.gcd(factor, self.found) == 1
        )

    def record_at(self, place: int) -> int:
        turned = self.found - 1 - place if self.sort.descending else place
        return (turned * self.shuffle % self.found + 1) * self.step

    def page(self, offset: int, limit: int) -> list[Row]:
        self.before_page()
        self.pages.append((offset, limit))
        total = self.found - len(self.gone)
        first = offset if offset >= 0 else max(0, total + offset)
        if not self.gone:
            return [row_of(self.record_at(place)) for place in range(first, min(first + limit, total))]
        kept = [identity for identity in map(self.record_at, range(self.found)) if identity not in self.gone]
        return [row_of(identity) for identity in kept[first : first + limit]]

    def count(self) -> int:
        self.before_count()
        return self.found - len(self.gone)

    def position_of(self, record_id: int) -> int | None:
        self.before_position()
        if record_id % self.step or not 0 < record_id <= self.length or record_id in self.gone:
            return None
        turned = (record_id // self.step - 1) * pow(self.shuffle, -1, self.found) % self.found
        place = self.found - 1 - turned if self.sort.descending else turned
        return place - sum(1 for identity in self.gone if (self.position_in_full(identity) or 0) < place)

    def position_in_full(self, record_id: int) -> int | None:
        """The place that a record had before any was gone."""
        return replace(self, gone=frozenset()).position_of(record_id)
