"""Moments are read as operators type them, in their time zone, and stored in UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleBroken
from models.reading_moments import read_moment, written_moment

NOON_IN_MOSCOW = datetime(2026, 11, 23, 9, 0, 20)
"""A Monday, in UTC."""


@pytest.fixture(autouse=True)
def moscow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three hours east of Greenwich, all the year round."""
    monkeypatch.setenv("TZ", "Europe/Moscow")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "here"),
    {
        "+3d": "2026-11-26 10:00",
        "fri 10:00": "2026-11-27 10:00",
        "10:00 fri": "2026-11-27 10:00",
        "пт 9:30": "2026-11-27 09:30",
        "в пятницу в 16:00": "2026-11-27 16:00",
        "во вторник": "2026-11-24 10:00",
        "tomorrow 15:30": "2026-11-24 15:30",
        "Завтра": "2026-11-24 10:00",
        "31.12 9:00": "2026-12-31 09:00",
        "31.12 9": "2026-12-31 09:00",
        "31.12.2027, 18:45": "2027-12-31 18:45",
        "2026-12-01": "2026-12-01 10:00",
        "2026-12-01T14:20": "2026-12-01 14:20",
        "2026-12-01T14:20:00Z": "2026-12-01 17:20",
        "2026-12-01 14:20+05:00": "2026-12-01 12:20",
        "1 декабря 2026 8:15": "2026-12-01 08:15",
        "15:00": "2026-11-23 15:00",
        "now": "2026-11-23 12:00",
        "сейчас": "2026-11-23 12:00",
        "+2h": "2026-11-23 14:00",
        "+2ч": "2026-11-23 14:00",
        "+15 min": "2026-11-23 12:15",
        "-30мин": "2026-11-23 11:30",
        "today 18:00": "2026-11-23 18:00",
        "yesterday": "2026-11-22 10:00",
    }.items(),
)
def test_a_moment_is_read_in_every_form_of_the_screens(text: str, here: str) -> None:
    assert written_moment(read_moment(text, now=NOON_IN_MOSCOW)) == here


def test_today_means_its_morning_or_when_that_is_over_now() -> None:
    early = datetime(2026, 11, 23, 4)
    assert written_moment(read_moment("today", now=early)) == "2026-11-23 10:00"
    assert written_moment(read_moment("сегодня", now=NOON_IN_MOSCOW)) == "2026-11-23 12:00"


def test_a_moment_is_stored_in_utc() -> None:
    assert read_moment("2026-12-01 14:20", now=NOON_IN_MOSCOW) == datetime(2026, 12, 1, 11, 20)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25:00", "fri 10:60", "31.02 10:00", "1.1.1 9:00", "+99999h x", "9999-12-31 23:59", "1899-12-31 9:00",
     "9999-12-31T23:59:00-10:00", "0001-01-01T00:00:00Z", "fri fri", "10:00 10:00", "12 11", "+9999y"],
)  # fmt: skip
def test_what_is_no_certain_moment_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_moment(text, "due", now=NOON_IN_MOSCOW)
    assert refusal.value.field == "due"
    assert refusal.value.remedy


def test_a_time_that_summer_time_leaves_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    with pytest.raises(RuleBroken, match="put forward"):
        read_moment("29.03.2026 2:30", now=NOON_IN_MOSCOW)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)))
def test_a_written_moment_is_read_back_to_the_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    text = written_moment(minute)
    # Russia put its clocks back until 2014: an hour that came twice is read as the first of the two.
    assert written_moment(read_moment(text, now=NOON_IN_MOSCOW)) == text


@given(st.text(alphabet="0123456789:.+-TZ ptfriвчнnowdayh", max_size=24))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = read_moment(text, "due", now=NOON_IN_MOSCOW)
    except RuleBroken as refusal:
        assert refusal.field == "due"
    else:
        assert written_moment(moment)
