"""What a reminder has to keep, whichever way it is written, handed over or taken back."""

from __future__ import annotations

import datetime as dt

from models.company.tables import Operator
from models.errors import RuleBroken
from models.language import _
from models.reminders.tables import Reminder


def refuse_idle_operator(operator_id: int) -> None:
    """A reminder that nobody sees reminds nobody: its operator has to be one who works here."""
    operator = Operator.get_or_none(Operator.id == operator_id)
    if operator is None or not operator.active:
        raise RuleBroken(
            "operator",
            _("{operator} no longer works with TurboFly and would not see the reminder.").format(
                operator=operator.name if operator else f"#{operator_id}"
            ),
            _("Choose an active operator."),
        )


def reminder_state(reminder: Reminder, at: dt.datetime) -> str:
    """How a reminder stands at a moment; the same rule as in SQL of the list of reminders."""
    if reminder.state != "open":
        return reminder.state
    return "due" if reminder.wakes <= at else "snoozed" if reminder.wakes > reminder.due else "open"


def keep_rules(reminder: Reminder) -> None:
    """Hold a reminder that an undo restored against what may have changed since."""
    if reminder.state == "open":
        refuse_idle_operator(reminder.operator_id)
