"""Every write to reminders: set, change, snooze, done, open again, hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.about import about_of, checked_about
from models.actor import Actor
from models.company.permissions import KEEP_REMINDERS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.reminders.fields import REMINDER_FIELDS
from models.reminders.rules import refuse_idle_operator
from models.reminders.tables import Reminder
from models.writing import Change, action, get


def fresh_reminder(actor: Actor, _given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a new reminder begins with: it is one's own."""
    return {"operator": actor.operator_id}


@action("add_reminder", KEEP_REMINDERS)
def add_reminder(change: Change, values: Mapping[str, Any]) -> int:
    """Set a reminder; ``about_kind`` and ``about_id`` among the values name what it is about. Returns its id."""
    own = {field.name: values.get(field.name) for field in REMINDER_FIELDS}
    cleaned = with_defaults(REMINDER_FIELDS, own, {})
    cleaned["operator"] = cleaned["operator"] or change.actor.operator_id
    refuse_idle_operator(cleaned["operator"])
    row = change.insert(Reminder(wakes=cleaned["due"], **cleaned, **checked_about(values)))
    return int(row.id)


@action("edit_reminder", KEEP_REMINDERS)
def edit_reminder(
    change: Change, reminder_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a reminder; one that gets another moment is no longer snoozed."""
    cleaned = checked(REMINDER_FIELDS, values)
    reminder = get(Reminder, reminder_id)
    change.expect(reminder, version, values, base, reminder_values)
    if cleaned.get("operator", reminder.operator_id) != reminder.operator_id:
        refuse_idle_operator(cleaned["operator"])
    if cleaned.get("due", reminder.due) != reminder.due:
        cleaned["wakes"] = cleaned["due"]
    return change.update(reminder, cleaned)


@action("snooze_reminder", KEEP_REMINDERS)
def snooze_reminder(change: Change, reminder_id: int, until: dt.datetime) -> bool:
    """Let an open reminder be silent until a moment still to come."""
    reminder = get(Reminder, reminder_id)
    if reminder.state != "open":
        raise RuleBroken("state", _("“{text}” is done already.").format(text=reminder.text), _("Open it again first."))
    if until <= change.started:
        raise RuleBroken("wakes", _("That moment has passed already."), _("Give one that is still to come."))
    return change.update(reminder, {"wakes": until})


@action("reminder_done", KEEP_REMINDERS)
def reminder_done(change: Change, reminder_id: int) -> bool:
    """What was to be remembered is done; False when it was already."""
    reminder = get(Reminder, reminder_id)
    return reminder.state != "done" and change.update(reminder, {"state": "done", "done_at": change.started})


@action("reopen_reminder", KEEP_REMINDERS)
def reopen_reminder(change: Change, reminder_id: int) -> bool:
    """It was not done after all: it speaks up again at its own moment; False when it was open."""
    reminder = get(Reminder, reminder_id)
    if reminder.state == "open":
        return False
    refuse_idle_operator(reminder.operator_id)
    return change.update(reminder, {"state": "open", "done_at": None, "wakes": reminder.due})


@action("hand_over_reminder", KEEP_REMINDERS)
def hand_over_reminder(change: Change, reminder_id: int, operator_id: int) -> bool:
    """Give a reminder to another operator, whose screens it reaches from now on."""
    refuse_idle_operator(operator_id)
    return change.update(get(Reminder, reminder_id), {"operator": operator_id})


def reminder_values(reminder: Reminder) -> dict[str, Any]:
    """All field values of a reminder, with what it is about."""
    values = {field.name: reminder.__data__[field.name] for field in REMINDER_FIELDS}
    snoozed = reminder.state == "open" and reminder.wakes != reminder.due
    return values | {"about": about_of(reminder), "wakes": reminder.wakes if snoozed else None}
