"""Reminders of what ends soon: one for each client and month, for whoever is responsible for the client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from models import audit
from models.audit import AuditEntry
from models.base import tuples
from models.clock import stored, today
from models.company.permissions import KEEP_REMINDERS
from models.company.settings import setting
from models.company.tables import Operator
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.language import _, ngettext
from models.licensing.renewals import ClientRenewals, renewals
from models.lookup import among
from models.reminders.actions import add_reminder
from models.reminders.tables import Reminder
from models.writing import Actor, Change, action

REMIND = "remind_of_expiring"


AT_ONCE = 50
"""So many clients are reminded of in one transaction."""


def days_before() -> int:
    """From how many days before an end on the company wants to be reminded; 0 where it does not."""
    return int(setting("renewal_reminder_days"))


def to_remind_of(days: int) -> list[ClientRenewals]:
    """The clients of whom something ends within so many days and nobody was reminded in this calendar month."""
    if days < 0:
        raise RuleBroken("days", _("{days} is no number of days.").format(days=days), _("Give 0 or more."))
    ending = renewals(today(), today() + dt.timedelta(days=days))
    reminded = _reminded_this_month([one.client_id for one in ending])
    return [one for one in ending if one.client_id not in reminded]


def remind_of_expiring(by: Actor, days: int = 30) -> int:
    """Remind of the licences and maintenance that end within so many days; returns how many reminders were set.

    Each is for the client's responsible operator, or one's own where there is none. A client that was reminded of in
    this calendar month is passed over.
    """
    by.require(KEEP_REMINDERS)
    left = to_remind_of(days)
    return sum(_remind(by, left[first : first + AT_ONCE]) for first in range(0, len(left), AT_ONCE))


@action(REMIND, KEEP_REMINDERS)
def _remind(change: Change, left: Sequence[ClientRenewals]) -> int:
    working = {row.id for row in Operator.select(Operator.id).where(Operator.active)}
    # Another program may have done the same meanwhile.
    reminded = _reminded_this_month([one.client_id for one in left])
    new = [one for one in left if one.client_id not in reminded]
    for one in new:
        operator = one.responsible if one.responsible in working else change.actor.operator_id
        values = {"due": change.started, "text": _text(one)[:LONGEST_LINE], "operator": operator}
        add_reminder(change, {**values, "about_kind": "client", "about_id": one.client_id})
    return len(new)


def _text(ending: ClientRenewals) -> str:
    number, first = len(ending.items), ending.items[0]
    return ngettext(
        "{client}: {number} renewal, it ends on {day} ({product})",
        "{client}: {number} renewals, the first ends on {day} ({product})",
        number,
    ).format(client=ending.client, number=number, day=first.ends, product=first.product)


def _reminded_this_month(clients: Collection[int]) -> set[int]:
    begin = stored(dt.datetime.combine(today().replace(day=1), dt.time()))
    written = (
        (AuditEntry.kind == "reminder")
        & (AuditEntry.record_id == Reminder.id)
        & (AuditEntry.action == REMIND)
        & (AuditEntry.operation == audit.INSERT)
    )
    query = (
        Reminder.select(Reminder.about_id)
        .join(AuditEntry, on=written)
        .where(Reminder.about_kind == "client", among(Reminder.about_id, list(clients)), Reminder.created >= begin)
    )
    return {client for (client,) in tuples(query)}
