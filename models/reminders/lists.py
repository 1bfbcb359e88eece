"""The list of reminders."""

from __future__ import annotations

from typing import Any

from peewee import Case

from models.about import name_expression
from models.clock import now
from models.company.tables import Operator
from models.conditions import Condition, FilterField, contains
from models.language import N_
from models.listing import Column, Sort
from models.reminders.tables import Reminder
from models.reminders.vocabulary import REMINDER_STATES
from models.table_listing import Join, ListColumn, ListDefinition

_R = Reminder


def _has_state(state: str) -> Condition:
    is_open, at = _R.state == "open", now()
    by_state: dict[str, Condition] = {
        "due": is_open & (_R.wakes <= at),
        "snoozed": is_open & (_R.wakes > at) & (_R.wakes > _R.due),
        "open": is_open,
    }
    return by_state.get(state, _R.state == state)


def _state_now() -> Any:
    """How each reminder stands at this moment."""
    return Case(
        None, ((_R.state != "open", _R.state), (_R.wakes <= now(), "due"), (_R.wakes > _R.due, "snoozed")), "open"
    )


def _of_operator(text: str) -> Condition:
    named = (Operator.login == text.lower()) | contains(Operator.name, text)
    return _R.operator.in_(Operator.select(Operator.id).where(named))


REMINDERS = ListDefinition(
    kind="reminder",
    table=_R,
    columns=(
        ListColumn(Column("due", N_("Due"), "appointment", width=20, sort="fast"), _R.due),
        ListColumn(Column("text", N_("What to remember"), width=28), _R.text),
        ListColumn(
            Column("about", N_("About"), width=24, priority=2), _R.about_id, compute=lambda: name_expression(_R)
        ),
        ListColumn(Column("state", N_("State"), "state", width=10, priority=2), _R.state, compute=_state_now),
        ListColumn(
            Column("operator", N_("Operator"), width=12, priority=3, sort="slow"), Operator.name, joins=("operator",)
        ),
        ListColumn(Column("wakes", N_("Speaks up"), "appointment", width=20, priority=5, hidden=True), _R.wakes),
        ListColumn(Column("done_at", N_("Done at"), "moment", width=16, priority=6, hidden=True), _R.done_at),
    ),
    fields=(
        FilterField("text", "text", _R.text, title=N_("What to remember")),
        FilterField("due", "moment", _R.due, title=N_("Due")),
        FilterField("state", "state", ask=_has_state, values=REMINDER_STATES, title=N_("State")),
        FilterField("operator", "text", _R.operator, ask=_of_operator, title=N_("Operator")),
    ),
    default_sort=Sort("due"),
    joins={"operator": Join(Operator, _R.operator == Operator.id, required=True)},
)


def about_record(kind: str, record_id: int) -> Condition:
    """The condition that a reminder is about a record."""
    return (_R.about_kind == kind) & (_R.about_id == record_id)
