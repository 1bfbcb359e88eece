"""Which reminders are due: what the frame counts, what is told to an operator, and what a calendar shows."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from models.about import about_of, names_of_records
from models.base import tuples
from models.company.tables import Operator
from models.kinds import RecordRef
from models.reminders.tables import Reminder


class ReminderLine(NamedTuple):
    """One reminder with the name of what it is about (empty for one that stands alone)."""

    id: int
    due: dt.datetime
    wakes: dt.datetime
    text: str
    about: RecordRef | None
    about_name: str


def due_reminders(operator_id: int, at: dt.datetime, limit: int = 1000) -> list[ReminderLine]:
    """The reminders that want an operator's attention at a moment, those that waited longest first."""
    rows = Reminder.select().where(_is_due(operator_id, at)).order_by(Reminder.wakes, Reminder.id).limit(limit)
    return _lines(rows)


def last_woken(operator_id: int, at: dt.datetime, limit: int = 20) -> tuple[int, list[tuple[int, dt.datetime, str]]]:
    """How many reminders are due, and the last of them to speak up: id, since when, text. Asked every second."""
    count = int(Reminder.select().where(_is_due(operator_id, at)).count())
    if not count:
        return 0, []
    query = Reminder.select(Reminder.id, Reminder.wakes, Reminder.text).where(_is_due(operator_id, at))
    rows = tuples(query.order_by(Reminder.wakes.desc(), Reminder.id.desc()).limit(limit))
    return count, [(reminder_id, wakes, text) for reminder_id, wakes, text in rows]


def operators_at_work() -> list[tuple[int, str]]:
    """Those who a reminder can be handed over to: ids and names."""
    query = Operator.select(Operator.id, Operator.name).where(Operator.active)
    return [(operator_id, name) for operator_id, name in tuples(query.order_by(Operator.name, Operator.id))]


def open_reminders(operator_id: int | None = None) -> list[tuple[Reminder, str]]:
    """All reminders that are not done, of one operator or of all, with the names of what they are about."""
    open_now = Reminder.state == "open"
    if operator_id is not None:
        open_now = open_now & (Reminder.operator == operator_id)
    found = list(Reminder.select().where(open_now).order_by(Reminder.wakes, Reminder.id))
    return [(row, line.about_name) for row, line in zip(found, _lines(found), strict=True)]


def _is_due(operator_id: int, at: dt.datetime) -> Any:
    return (Reminder.operator == operator_id) & (Reminder.state == "open") & (Reminder.wakes <= at)


def _lines(rows: Any) -> list[ReminderLine]:
    found = list(rows)
    refs = [about_of(row) for row in found]
    names = names_of_records([ref for ref in refs if ref is not None])
    return [
        ReminderLine(row.id, row.due, row.wakes, row.text, ref, "" if ref is None else names.get(ref, f"#{ref.id}"))
        for row, ref in zip(found, refs, strict=True)
    ]
