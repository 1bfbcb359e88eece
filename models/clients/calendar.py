"""What a calendar outside shows of ours: planned interactions and open reminders, under names that never change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from models.about import about_of, titled_name
from models.audit import AuditEntry
from models.clients.interaction_queries import PlannedLine, planned_interactions
from models.clients.vocabulary import INTERACTION_KINDS
from models.language import _
from models.reminders.queries import open_reminders
from models.reminders.tables import Reminder

_USUAL_MINUTES = 30
_REMINDER_MINUTES = 10
_WARN_MINUTES = 15


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry. ``uid`` is the same in every export, ``sequence`` grows with each change; moments are in UTC."""

    uid: str
    begins: dt.datetime
    ends: dt.datetime
    summary: str
    description: str
    alarm: dt.timedelta
    """How long before its beginning it makes itself heard."""
    busy: bool
    sequence: int
    created: dt.datetime
    updated: dt.datetime


def calendar_entries(
    operator_id: int | None = None,
    *,
    interactions: Collection[int] | None = None,
    reminders: Collection[int] | None = None,
) -> list[CalendarEntry]:
    """The planned interactions and open reminders of an operator, or of all; where ids are given, only those."""
    origin = _origin()
    planned = planned_interactions(operator_id)
    waiting = open_reminders(operator_id)
    found: Iterator[CalendarEntry] = (
        _of_interaction(one, origin, with_operator=operator_id is None)
        for one in planned
        if interactions is None or one.id in interactions
    )
    entries = [*found, *(_of_reminder(*one, origin) for one in waiting if reminders is None or one[0].id in reminders)]
    return sorted(entries, key=lambda entry: (entry.begins, entry.uid))


def _origin() -> str:
    """What tells this company's entries from those of any other: the beginning of its audit trail, which stays."""
    first = AuditEntry.select(AuditEntry.hash).where(AuditEntry.seq == 1).scalar() or ""
    return str(first)[:16] or "empty"


def _of_interaction(one: PlannedLine, origin: str, *, with_operator: bool) -> CalendarEntry:
    kind = _(INTERACTION_KINDS.get(one.kind, one.kind))
    lines = [one.person, one.phone, one.next_step, one.operator if with_operator else ""]
    return CalendarEntry(
        f"interaction-{one.id}-{origin}@turbofly",
        one.moment,
        one.moment + dt.timedelta(minutes=one.minutes or _USUAL_MINUTES),
        f"{kind[:1].upper()}{kind[1:]}: {one.client}: {one.subject}",
        "\n".join(filter(None, lines)),
        dt.timedelta(minutes=_WARN_MINUTES),
        busy=True,
        sequence=one.version - 1,
        created=one.created,
        updated=one.updated,
    )


def _of_reminder(row: Reminder, about_name: str, origin: str) -> CalendarEntry:
    about = about_of(row)
    return CalendarEntry(
        f"reminder-{row.id}-{origin}@turbofly",
        row.wakes,
        row.wakes + dt.timedelta(minutes=_REMINDER_MINUTES),
        row.text,
        "" if about is None else titled_name(about, about_name),
        dt.timedelta(),
        busy=False,
        sequence=row.version - 1,
        created=row.created,
        updated=row.updated,
    )
