"""Planned interactions and reminders as iCalendar (RFC 5545), for a phone, khal or whatever shows calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from exporters.table import replacing
from models.clients.calendar import CalendarEntry
from models.language import _
from models.text import clean

_PRODUCT = "-//TurboFly//TurboFly//EN"


def calendar_bytes(entries: Iterable[CalendarEntry]) -> bytes:
    """The entries as one calendar; a later export of the same things replaces what was taken from an earlier one."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("TurboFly: planned"))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def write_calendar(path: Path, entries: Iterable[CalendarEntry]) -> int:
    """Write the entries to a file, whole or not at all; returns how many. Raises ``RuleBroken``."""
    listed = list(entries)
    with replacing(path) as file:
        file.write(calendar_bytes(listed))
    return len(listed)


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.updated))
    event.add("created", _utc(entry.created))
    event.add("last-modified", _utc(entry.updated))
    event.add("dtstart", _utc(entry.begins))
    event.add("dtend", _utc(entry.ends))
    event.add("summary", clean(entry.summary))
    if entry.description:
        event.add("description", clean(entry.description, multiline=True))
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    event.add_component(_alarm(entry))
    return event


def _alarm(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(entry.summary))
    alarm.add("trigger", -entry.alarm)
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC, microsecond=0)
