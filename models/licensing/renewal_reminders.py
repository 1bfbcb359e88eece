"""Reminders of what ends soon: one for each client and month, for whoever is responsible for the client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from models import audit
from models.audit import AuditEntry
from models.base import tuples
from models.clock import stored, today
from models.company.permissions import KEEP_REMINDERS
from models.company.tables import Operator
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.language import _, ngettext
from models.licensing.renewals import ClientRenewals, renewals
from models.lookup import among
from models.reminders.actions import add_reminder
from models.reminders.tables import Reminder
from models.writing import Change, action

REMIND = "remind_of_expiring"


@action(REMIND, KEEP_REMINDERS)
def remind_of_expiring(change: Change, days: int = 30) -> int:
    """Remind of the licences and maintenance that end within so many days; returns how many reminders were set.

    Each is for the client's responsible operator, or one's own where there is none. A client that was reminded of in
    this calendar month is passed over. It is to be called by itself: the audit trail tells by its name what was set.
    """
    if days < 0:
        raise RuleBroken("days", _("{days} is no number of days.").format(days=days), _("Give 0 or more."))
    ending = renewals(today(), today() + dt.timedelta(days=days))
    reminded = _reminded_this_month([one.client_id for one in ending])
    working = {row.id for row in Operator.select(Operator.id).where(Operator.active)}
    left = [one for one in ending if one.client_id not in reminded]
    for one in left:
        operator = one.responsible if one.responsible in working else change.actor.operator_id
        values = {"due": change.started, "text": _text(one)[:LONGEST_LINE], "operator": operator}
        add_reminder(change, {**values, "about_kind": "client", "about_id": one.client_id})
    return len(left)


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
