"""What is planned, as iCalendar: read again by the library, entry by entry, under names that stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar

from exporters.icalendar_file import calendar_bytes, write_calendar
from models.clients.calendar import CalendarEntry
from models.errors import RuleBroken

NINE = dt.datetime(2026, 11, 27, 9)


def entry(**values: object) -> CalendarEntry:
    given = {
        "uid": "interaction-1-0011@turbofly", "begins": NINE, "ends": NINE + dt.timedelta(minutes=45),
        "summary": "Call: ООО «Ромашка»; price, terms", "description": "Пётр\n+7 913 000-00-00",
        "alarm": dt.timedelta(minutes=15), "busy": True, "sequence": 2, "created": NINE, "updated": NINE,
    }  # fmt: skip
    return CalendarEntry(**(given | values))  # type: ignore[arg-type]


def test_an_entry_is_read_again_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "planned.ics"
    assert write_calendar(path, [entry(), entry(uid="reminder-1-0011@turbofly", busy=False)]) == 2
    [calendar] = Calendar.from_ical(path.read_bytes(), multiple=True)
    first, second = calendar.walk("VEVENT")
    assert str(first["uid"]) == "interaction-1-0011@turbofly"
    assert str(first["summary"]) == "Call: ООО «Ромашка»; price, terms"
    assert str(first["description"]) == "Пётр\n+7 913 000-00-00"
    assert first.decoded("dtstart") == NINE.replace(tzinfo=dt.UTC)
    assert first.decoded("dtend") - first.decoded("dtstart") == dt.timedelta(minutes=45)
    assert (first["sequence"], str(first["transp"]), str(second["transp"])) == (2, "OPAQUE", "TRANSPARENT")
    [alarm] = first.walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(minutes=-15)
    assert str(alarm["action"]) == "DISPLAY"


def test_no_text_of_an_entry_makes_a_line_of_its_own() -> None:
    hostile = "a\r\nBEGIN:VEVENT\nSUMMARY:owned\x1b]0;x\x07\u2028END:VCALENDAR"
    [calendar] = Calendar.from_ical(calendar_bytes([entry(summary=hostile, description=hostile)]), multiple=True)
    [event] = calendar.walk("VEVENT")
    assert "\n" not in str(event["summary"])
    assert "\x1b" not in str(event["summary"]) + str(event["description"])


def test_no_entries_are_an_empty_calendar() -> None:
    assert not Calendar.from_ical(calendar_bytes([])).walk("VEVENT")


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        write_calendar(tmp_path / "missing" / "planned.ics", [entry()])
