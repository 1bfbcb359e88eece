"""What an invitation says, as a few lines of text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.language import N_, _

LONGEST = 200_000
_MOST_EVENTS = 20
_MOST_PEOPLE = 50
_LINES = (
    (N_("Invitation"), "SUMMARY"),
    (N_("Begins"), "DTSTART"),
    (N_("Ends"), "DTEND"),
    (N_("Due"), "DUE"),
    (N_("Place"), "LOCATION"),
    (N_("Organiser"), "ORGANIZER"),
    (N_("Status"), "STATUS"),
    (N_("Repeats"), "RRULE"),
    (N_("Details"), "DESCRIPTION"),
)


def calendar_text(data: str) -> str:
    """The events and tasks of an iCalendar text; raises ``ValueError`` for what is none."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(data[:LONGEST])
    parts = [part for part in calendar.walk() if part.name in ("VEVENT", "VTODO")][:_MOST_EVENTS]
    blocks = ["\n".join(_lines_of(part)) for part in parts]
    return "\n\n".join(filter(None, blocks))


def _lines_of(part: Any) -> list[str]:
    lines = [f"{_(title)}: {text}" for title, name in _LINES if name in part and (text := _written(part[name]))]
    attendees = part.get("ATTENDEE", [])
    people = [_written(one) for one in (attendees if isinstance(attendees, list) else [attendees])[:_MOST_PEOPLE]]
    return [*lines, _("Invited: {people}").format(people=", ".join(people))] if people else lines


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    moment = getattr(value, "dt", None)
    if isinstance(moment, dt.datetime):
        zone = f" {moment.tzname()}" if moment.tzinfo else ""
        return f"{moment:%Y-%m-%d %H:%M}{zone}"
    if isinstance(moment, dt.date):
        return moment.isoformat()
    if hasattr(value, "params") and str(value).lower().startswith("mailto:"):
        name = str(value.params.get("CN", ""))
        return f"{name} <{str(value)[7:]}>" if name else str(value)[7:]
    ical = value.to_ical() if hasattr(value, "to_ical") and not isinstance(value, str) else str(value)
    return ical.decode("utf-8", "replace") if isinstance(ical, bytes) else ical
