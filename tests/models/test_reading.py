"""Amounts, numbers, flags and phones are read strictly: what is doubtful is refused in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleBroken
from models.reading import (
    LARGEST_AMOUNT,
    read_amount,
    read_flag,
    read_integer,
    read_phone,
    read_quantity,
    split_list,
    split_phones,
)

AMOUNTS = {
    "1250.50": "1250.50",
    "1250,5": "1250.50",
    "1 250,50": "1250.50",
    "1\u00a0250,50": "1250.50",
    "1\u202f250\u202f000": "1250000.00",
    "1'250.50": "1250.50",
    "1,250.50": "1250.50",
    "1.250,50": "1250.50",
    "1,250,000": "1250000.00",
    "14.0000": "14.00",
    "0.000": "0.00",
    "-5": "-5.00",
    "−5,10": "-5.10",
    "+7": "7.00",
    " 0 ": "0.00",
    "-0": "0.00",
    "0012": "12.00",
}
NO_AMOUNTS = [
    "", "1e5", "NaN", "Infinity", "1250.505", "12 50", "1 2500", "0x10", "١٢", "1_000", "5.", ".5", "1,250", "1.250",
    "12,34,56", "5 руб.", "--5", "1.2.3", "9" * 16, "=1+1",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), AMOUNTS.items())
def test_an_amount_is_read_in_the_ways_people_write_it(text: str, value: str) -> None:
    assert str(read_amount(text)) == value


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_amount(text, "price")
    assert refusal.value.field == "price"
    assert refusal.value.remedy


@given(st.decimals(min_value=-LARGEST_AMOUNT + 1, max_value=LARGEST_AMOUNT - 1, places=2))
def test_every_amount_reads_back_from_the_ways_it_is_shown(value: Decimal) -> None:
    english = f"{value:,.2f}"
    russian = english.replace(",", "\u00a0").replace(".", ",")
    assert read_amount(str(value)) == read_amount(english) == read_amount(russian) == value


@given(st.text())
def test_any_text_is_an_exact_amount_or_refused(text: str) -> None:
    try:
        value = read_amount(text)
    except RuleBroken:
        return
    assert value.as_tuple().exponent == -2


def test_a_quantity_has_three_places() -> None:
    assert read_quantity("1,250") == Decimal("1.250")


@pytest.mark.parametrize(("text", "value"), {"12": 12, "12.0": 12, "1 250": 1250, "-3": -3}.items())
def test_a_whole_number_may_be_grouped_and_end_in_zeros(text: str, value: int) -> None:
    assert read_integer(text) == value


@pytest.mark.parametrize("text", ["12.5", "", "twelve", "1e3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_integer(text)


def test_a_whole_number_keeps_its_bounds() -> None:
    assert read_integer("1", least=1, most=1) == 1
    with pytest.raises(RuleBroken, match="0"):
        read_integer("0", least=1)
    with pytest.raises(RuleBroken, match="2"):
        read_integer("2", most=1)


@pytest.mark.parametrize("text", ["да", "Yes", "1", "ИСТИНА", "true", " + "])
def test_yes_is_read_in_both_languages(text: str) -> None:
    assert read_flag(text) is True


@pytest.mark.parametrize("text", ["нет", "No", "0", "ЛОЖЬ", "false"])
def test_no_is_read_in_both_languages(text: str) -> None:
    assert read_flag(text) is False


@pytest.mark.parametrize("text", ["", "2", "maybe", "дада"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_flag(text)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("(495) 123-45-67, доб. 12; 8 800 555-35-35", ["(495) 123-45-67, доб. 12", "8 800 555-35-35"]),
        ("+7 495 123-45-67, +7 495 765-43-21", ["+7 495 123-45-67", "+7 495 765-43-21"]),
        ("030-0074321", ["030-0074321"]),
        ("(1) 42.34.22.66\n(1) 42.34.22.77", ["(1) 42.34.22.66", "(1) 42.34.22.77"]),
        (" ;; ", []),
    ],
)
def test_several_phones_of_one_cell_are_told_apart(cell: str, phones: list[str]) -> None:
    assert split_phones(cell) == phones


def test_a_phone_needs_digits() -> None:
    assert read_phone("  +7  (495) 123-45-67 доб. 1234") == "+7 (495) 123-45-67 доб. 1234"
    for text in ("BusinessPhone", "", "12", "1" * 16):
        with pytest.raises(RuleBroken):
            read_phone(text)


def test_a_list_is_split_without_repeats() -> None:
    assert split_list(" a@x.ru; b@x.ru,a@x.ru\n") == ["a@x.ru", "b@x.ru"]


def test_a_message_shows_hostile_text_harmless_and_short() -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_amount("\x1b[31m" + "9" * 1000 + "x")
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 200
