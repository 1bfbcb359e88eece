"""Moments as an operator types them: ``fri 10:00``, ``+3d``, ``tomorrow 15:30``, ``31.12 9:00``, ``today``, ``+2h``.

They are typed in the operator's time zone and stored in UTC. A bare day means its morning.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from models.clock import local, stored
from models.errors import RuleBroken
from models.language import _
from models.reading import refused
from models.reading_dates import read_date

MORNING = time(10)
"""The time of a day that is typed without one."""
_LAST_YEAR = 8999
"""Later moments could not be shown in every time zone."""
_NOW = frozenset({"now", "сейчас"})
_OFFSET = re.compile(
    r"(?P<count>[+-]?[0-9]{1,5})\s*(?:(?P<hours>h|hours?|ч|час|часа|часов)|(?P<minutes>min|minutes?|мин|минут[аы]?))"
)
_PREPOSITION = re.compile(r"^(?:во?|on)\s+(?=\D)")
_TIME = r"(?:(?:в|at)\s+)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
_TIME_LAST = re.compile(rf"(?P<day>.*?)(?:^|t|[\s,]+){_TIME}")
_TIME_FIRST = re.compile(rf"{_TIME}[\s,]+(?P<day>.+)")
_HOUR_LAST = re.compile(r"(?P<day>.+?)[\s,]+(?:(?:в|at)\s+)?(?P<hour>[0-9]{1,2})")
_WITH_ZONE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:?[0-9]{2})"
)


def read_moment(text: str, field: str = "", *, now: datetime) -> datetime:
    """The moment, in UTC without a time zone attached, that a text means at the moment ``now`` (which is such, too)."""
    bare = _PREPOSITION.sub("", " ".join(text.split()).casefold())
    try:
        moment = _absolute(bare, now)
        return _typed_here(bare, now) if moment is None else _in_range(moment)
    except (RuleBroken, ValueError, OverflowError, OSError) as error:
        if isinstance(error, _NoSuchTime):
            raise refused(field, text, _("The clocks are put forward then: there is no such time.")) from None
        raise refused(field, text, _("A day and a time are expected, as fri 10:00, 31.12 9:00, +3d or +2h.")) from error


class _NoSuchTime(ValueError):
    """A time of day that the change to summer time leaves out."""


def _absolute(bare: str, now: datetime) -> datetime | None:
    """What is not a day and a time of this place; None for what may be."""
    minute = now.replace(second=0, microsecond=0)
    if bare in _NOW:
        return minute
    if found := _OFFSET.fullmatch(bare):
        count = int(found["count"])
        return minute + (timedelta(hours=count) if found["hours"] else timedelta(minutes=count))
    if _WITH_ZONE.fullmatch(bare):
        return datetime.fromisoformat(bare.upper()).astimezone(UTC).replace(tzinfo=None)
    return None


def _typed_here(bare: str, now: datetime) -> datetime:
    here = local(now).replace(tzinfo=None)
    found = _TIME_LAST.fullmatch(bare) or _TIME_FIRST.fullmatch(bare) or _HOUR_LAST.fullmatch(bare)
    if found is None:
        day, at = read_date(bare, today=here.date()), None
    else:
        parts = found.groupdict()
        at = time(int(parts["hour"]), int(parts.get("minute") or 0), int(parts.get("second") or 0))
        day = read_date(parts["day"], today=here.date()) if parts["day"] else here.date()
    moment = datetime.combine(day, at or MORNING)
    if at is None and day == here.date() and moment < here:
        moment = here.replace(second=0, microsecond=0)
    return _checked(moment)


def _checked(here: datetime) -> datetime:
    """A time of this place as it is stored."""
    if here.year > _LAST_YEAR:
        raise ValueError(here)
    moment = stored(here)
    if local(moment).replace(tzinfo=None) != here:
        raise _NoSuchTime(here)
    return moment


def _in_range(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= _LAST_YEAR:
        raise ValueError(moment)
    return moment


def written_moment(moment: datetime) -> str:
    """A stored moment as a form shows it for editing, in the operator's time zone, to the minute."""
    return local(moment).strftime("%Y-%m-%d %H:%M")
