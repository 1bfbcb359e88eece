"""Dates are read as people write them, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleBroken
from models.reading_dates import EARLIEST, read_date, slash_order_of

MONDAY = date(2026, 11, 23)

LAST_DAY = [
    "2025-12-31", "31.12.2025", "31.12.25", "12/31/2025", "31/12/2025", "20251231", "2025/12/31", "31-12-2025",
    "2025-12-31 00:00:00.000", "2025-12-31T23:30:00Z", "2025-12-31T23:30:00+03:00", "31.12.2025 10:20:30",
    "31.12.2025 г.", "31 декабря 2025 г.", "«31» декабря 2025 года", "31 Dec 2025", "31-дек-2025", "December 31, 2025",
    " 31.12.2025 ", "12/31/25", "12/31/2025 11:30 PM",
]  # fmt: skip
NO_DATES = [
    "", "31.02.2025", "2025-13-01", "32.01.2025", "3/4/2017", "03-04-2017", "1.1", "soon", "01.01.0001", "1899-12-31",
    "2025", "45000", "31 мебели 2025", "2025-12-31x", "25-12-31", "today", "+3d", "fri", "31.12",
]  # fmt: skip


@pytest.mark.parametrize("text", LAST_DAY)
def test_a_full_date_is_read_in_every_common_form(text: str) -> None:
    assert read_date(text) == date(2025, 12, 31)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_certain_date_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_date(text, "issued")
    assert refusal.value.field == "issued"
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "today": date(2026, 11, 23),
        "Завтра": date(2026, 11, 24),
        "yesterday": date(2026, 11, 22),
        "+3d": date(2026, 11, 26),
        "-1д": date(2026, 11, 22),
        "+2w": date(2026, 12, 7),
        "+3m": date(2027, 2, 23),
        "+1г": date(2027, 11, 23),
        "+5": date(2026, 11, 28),
        "fri": date(2026, 11, 27),
        "пятница": date(2026, 11, 27),
        "mon": date(2026, 11, 30),
        "вс": date(2026, 11, 29),
        "31.12": date(2026, 12, 31),
        "1.3": date(2026, 3, 1),
        "31.12.2025": date(2025, 12, 31),
    }.items(),
)
def test_the_short_forms_of_the_screens_count_from_today(text: str, expected: date) -> None:
    assert read_date(text, today=MONDAY) == expected


def test_a_month_later_ends_with_the_month() -> None:
    assert read_date("+1m", today=date(2025, 1, 31)) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["+9999y", "29.2", "someday"])
def test_a_short_form_without_a_day_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_date(text, today=MONDAY)


def test_a_column_settles_what_its_slashes_mean() -> None:
    assert slash_order_of(["3/1/2017", "10/20/2016", ""]) == "month first"
    assert slash_order_of(["3/1/2017", "20/10/2016"]) == "day first"
    assert slash_order_of(["3/1/2017", "20/10/2016", "10/20/2016"]) == "unknown"
    assert slash_order_of(["3/1/2017", "2016-10-20"]) == "unknown"
    assert read_date("3/1/2017", slash_order="month first") == date(2017, 3, 1)
    assert read_date("3/1/2017", slash_order="day first") == date(2017, 1, 3)


@given(st.dates(min_value=EARLIEST))
def test_every_day_reads_back_from_the_forms_it_is_written_in(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day:02}.{day.month:02}.{day.year:04}") == day
    assert read_date(f"{day.isoformat()} 12:30") == day


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        value = read_date(text, today=MONDAY)
    except RuleBroken:
        return
    assert value >= EARLIEST
