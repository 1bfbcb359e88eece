"""Cells are read as the values of their fields, whatever a spreadsheet or a dump has made of them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.choices import CLIENT_KIND_WORDS
from importers.fields import FIELDS_OF
from importers.headings import ImportField, Reading
from importers.table import Cell, CellFault
from importers.values import Value, read_cell, reader_of
from models.errors import RuleBroken


def a_field(reading: Reading, lengths: tuple[int, ...] = ()) -> ImportField:
    return ImportField("f", "Field", (), reading, lengths=lengths, choices=CLIENT_KIND_WORDS)


GOOD: list[tuple[Reading, Cell, Value]] = [
    ("text", "  ООО\t«Луч» ", "ООО «Луч»"),
    ("text", 7707083893, "7707083893"),
    ("text", 12.0, "12"),
    ("text", 0.1 + 0.2, "0.3"),
    ("text", 1e20, "100000000000000000000"),
    ("text", True, "yes"),
    ("text", datetime(2026, 1, 2), "2026-01-02"),
    ("long text", "two\r\nlines", "two\nlines"),
    ("amount", "1 250,50", Decimal("1250.50")),
    ("amount", 1250.5, Decimal("1250.50")),
    ("amount", 1100.1 * 3, Decimal("3300.30")),
    ("amount", 5, Decimal("5.00")),
    ("integer", "12.0", 12),
    ("integer", 12.0, 12),
    ("months", "12 мес.", 12),
    ("months", "1 год", 12),
    ("months", "3 года", 36),
    ("months", 24, 24),
    ("months", "бессрочно", None),
    ("flag", "да", True),
    ("flag", False, False),
    ("flag", 1, True),
    ("date", "31.12.2025", date(2025, 12, 31)),
    ("date", datetime(2025, 12, 31, 10), date(2025, 12, 31)),
    ("date", date(2025, 12, 31), date(2025, 12, 31)),
    ("date", "01.01.0001 0:00:00", None),
    ("date", "0000-00-00", None),
    ("date", "-", None),
    ("expiry", "Бессрочная", None),
    ("expiry", "31.12.9999", None),
    ("expiry", "31.12.2025", date(2025, 12, 31)),
    ("choice", "ИП", "sole_trader"),
    ("choice", "Юр. лицо", "company"),
    ("list", "a, b;a", ("a", "b")),
    ("phones", "1-23-45; 2-34-56", ("1-23-45", "2-34-56")),
    ("text", "", None),
    ("amount", None, None),
    ("list", " ", ()),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "cell", "value"), GOOD)
def test_a_cell_is_read_as_meant(reading: Reading, cell: Cell, value: Value) -> None:
    assert read_cell(a_field(reading), cell) == value


BAD: list[tuple[Reading, Cell]] = [
    ("amount", "дорого"),
    ("amount", 33.333333),
    ("amount", CellFault("#REF!")),
    ("text", CellFault("#ССЫЛКА!")),
    ("integer", 1.5),
    ("integer", "-1"),
    ("months", "скоро"),
    ("flag", "может быть"),
    ("date", 45000),
    ("date", time(10)),
    ("date", timedelta(1)),
    ("date", "3/4/2017"),
    ("date", "бессрочно"),
    ("choice", "кооператив"),
    ("digits", 4.0702810900000001e19),
]


@pytest.mark.parametrize(("reading", "cell"), BAD)
def test_what_cannot_be_meant_is_refused_with_the_field_and_a_remedy(reading: Reading, cell: Cell) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_cell(a_field(reading), cell)
    assert refusal.value.field == "f"
    assert refusal.value.rule and refusal.value.remedy


@pytest.mark.parametrize(
    ("cell", "lengths", "digits"),
    [
        (105000123, (10, 12), "0105000123"),
        (7707083893, (10, 12), "7707083893"),
        (44525225.0, (9,), "044525225"),
        ("044525225", (9,), "044525225"),
        ("105000123.0", (10, 12), "0105000123"),
        ("105000123", (10, 12), "105000123"),
        (123, (10, 12), "123"),
    ],
)
def test_the_zero_that_a_spreadsheet_has_cost_comes_back(cell: Cell, lengths: tuple[int, ...], digits: str) -> None:
    assert read_cell(a_field("digits", lengths), cell) == digits


def test_a_column_settles_its_slashed_dates() -> None:
    assert read_cell(a_field("date"), "3/1/2017", slash_order="month first") == date(2017, 3, 1)


def test_every_word_of_a_choice_means_one_of_its_codes() -> None:
    for table, fields in FIELDS_OF.items():
        for field in fields:
            if field.reading == "choice":
                assert field.choices, (table, field.id)
                for code in set(field.choices.values()):
                    assert read_cell(field, code) == code


def test_a_column_reads_each_cell_as_it_stands_however_often_it_comes() -> None:
    read = reader_of(a_field("date"), slash_order="day first")
    cells: list[Cell] = ["3/1/2017", datetime(2017, 1, 3), "3/1/2017", "", None]
    assert [read(cell) for cell in cells] == [date(2017, 1, 3)] * 3 + [None, None]
    for _again in range(2):
        with pytest.raises(RuleBroken):
            read("soon")


@given(
    st.sampled_from([field for fields in FIELDS_OF.values() for field in fields]),
    st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.datetimes() | st.booleans(),
)
def test_any_cell_is_read_or_refused_in_words(field: ImportField, cell: Cell) -> None:
    try:
        value = read_cell(field, cell)
    except RuleBroken as refusal:
        assert refusal.field == field.id and refusal.rule
    else:
        assert value is None or not isinstance(value, float)


def test_a_percentage_is_read_with_its_sign_as_a_number_and_as_a_share() -> None:
    percent = ImportField("discount", "Discount, %", (), "percent")
    read = [read_cell(percent, cell) for cell in ("15", "15 %", "0.15", 0.15, "0,5%", "0", 1)]
    assert read == [Decimal(text) for text in ("15", "15", "15", "15", "0.5", "0", "1")]
