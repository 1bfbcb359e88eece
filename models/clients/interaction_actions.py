"""Every write to interactions. A reminder can be set in the same breath: in the same transaction, undone with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.about import about_of, checked_about
from models.actor import Actor
from models.clients.interaction_fields import INTERACTION_FIELDS, REMIND_FIELDS
from models.clients.tables import Interaction, Person
from models.clock import now
from models.company.permissions import EDIT_CLIENTS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.kinds import RecordRef
from models.language import _
from models.reminders.actions import add_reminder
from models.writing import Change, action, get

NEW_INTERACTION: Mapping[str, Any] = {"kind": "call", "direction": "out", "minutes": 0}
_AHEAD = dt.timedelta(minutes=5)
"""So much the clocks of two machines may differ before something done lies in the future."""


def fresh_interaction(actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a new interaction begins with: it is one's own, it is now, and with the client of the person given."""
    person = given.get("person")
    client = {} if person is None or given.get("client") else {"client": get(Person, person).client_id}
    return {"operator": actor.operator_id, "moment": now().replace(second=0, microsecond=0), **client}


@action("add_interaction", EDIT_CLIENTS)
def add_interaction(change: Change, values: Mapping[str, Any]) -> int:
    """Log an interaction, or plan one; returns its id.

    Beside its fields the values may have ``about_kind`` and ``about_id`` (the record it was logged from) and, for a
    reminder of it, ``remind`` (the moment) and ``remind_text``. Without a state it is planned when it is still to come.
    """
    given = {name: value for name, value in values.items() if value is not None}
    usual = {**NEW_INTERACTION, **fresh_interaction(change.actor, given)}
    moment = given.get("moment", usual["moment"])
    usual["state"] = "planned" if moment > change.started + _AHEAD else "done"
    remind = checked(REMIND_FIELDS, {field.name: given.get(field.name) for field in REMIND_FIELDS})
    cleaned = with_defaults(INTERACTION_FIELDS, given, usual)
    row = Interaction(**cleaned, **checked_about(values))
    _keep(row, change.started)
    row = change.insert(row)
    if remind["remind"] is not None:
        _set_reminder(change, row, remind)
    elif remind["remind_text"]:
        raise RuleBroken(
            "remind", _("When to remember it is missing."), _("Give a moment, or leave out what to remember.")
        )
    return int(row.id)


def _set_reminder(change: Change, row: Interaction, remind: Mapping[str, Any]) -> None:
    try:
        add_reminder(
            change,
            {
                "due": remind["remind"],
                "text": remind["remind_text"] or row.next_step or row.subject,
                "operator": row.operator_id,
                "about_kind": "interaction",
                "about_id": row.id,
            },
        )
    except RuleBroken as error:
        field = {"due": "remind", "text": "remind_text"}.get(error.field, error.field)
        raise RuleBroken(field, error.rule, error.remedy) from error


@action("edit_interaction", EDIT_CLIENTS)
def edit_interaction(
    change: Change, interaction_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of an interaction."""
    cleaned = checked(INTERACTION_FIELDS, values)
    row = get(Interaction, interaction_id)
    change.expect(row, version, values, base, interaction_values)
    if cleaned.get("minutes", 0) is None:
        cleaned["minutes"] = 0
    wanted = Interaction(**{**row.__data__, **cleaned})
    _keep(wanted, change.started if {"state", "moment"} & cleaned.keys() else None)
    return change.update(row, cleaned)


def keep_rules(row: Interaction) -> None:
    """Hold an interaction that an undo restored against what may have changed since."""
    _keep(row, None)


def _keep(row: Interaction, at: dt.datetime | None) -> None:
    """The rules that an interaction meets by itself; ``at`` is given where its moment is to be judged."""
    if row.person_id is not None and get(Person, row.person_id).client_id != row.client_id:
        raise RuleBroken(
            "person",
            _("{person} is a contact person of another client.").format(person=get(Person, row.person_id).name),
            _("Choose a person of this client, or nobody."),
        )
    if at is not None and row.state == "done" and row.moment > at + _AHEAD:
        raise RuleBroken(
            "state", _("It is still to come, so it cannot be done yet."), _("Plan it, or correct when it was.")
        )


def interaction_values(row: Interaction) -> dict[str, Any]:
    """All field values of an interaction, with the record that it was logged from."""
    values = {field.name: row.__data__[field.name] for field in INTERACTION_FIELDS}
    about: RecordRef | None = about_of(row)
    return values | {"about": about}
