"""The lists of interactions: all of them, the newest first, and like a calendar those that are planned."""

from __future__ import annotations

from typing import Any

from peewee import Case

from models.campaigns.tables import Campaign
from models.clients.tables import Client, Interaction, Person
from models.clients.vocabulary import DIRECTIONS, INTERACTION_KINDS, INTERACTION_STATES, PLANNED_STATES
from models.clock import now
from models.company.tables import Operator
from models.conditions import Condition, FilterField, contains
from models.language import N_
from models.listing import Column, Sort
from models.lookup import named
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold

_I = Interaction


def _of_operator(text: str) -> Condition:
    known = (Operator.login == text.lower()) | contains(Operator.name, text)
    return _I.operator.in_(Operator.select(Operator.id).where(known))


def _of_campaign(text: str) -> Condition:
    return _I.campaign.in_(Campaign.select(Campaign.id).where(contains(Campaign.folded, fold(text))))


def _lateness(state: str) -> Condition:
    return _I.moment < now() if state == "late" else _I.moment >= now()


def _lateness_now() -> Any:
    return Case(None, ((_I.moment < now(), "late"),), "planned")


_FIELDS = (
    FilterField("client", "text", _I.client, ask=lambda text: named(_I.client, "client", text), title=N_("Client")),
    FilterField(
        "person", "text", _I.person, ask=lambda text: named(_I.person, "person", text), title=N_("Contact person")
    ),
    FilterField("operator", "text", _I.operator, ask=_of_operator, title=N_("Operator")),
    FilterField("kind", "state", _I.kind, values=INTERACTION_KINDS, title=N_("Kind")),
    FilterField("direction", "state", _I.direction, values=DIRECTIONS, title=N_("Direction")),
    FilterField("campaign", "text", _I.campaign, ask=_of_campaign, title=N_("Campaign")),
    FilterField("moment", "moment", _I.moment, title=N_("When")),
    FilterField("minutes", "integer", _I.minutes, title=N_("Minutes")),
    FilterField("subject", "text", _I.subject, title=N_("Subject")),
    FilterField("outcome", "text", _I.outcome, title=N_("Outcome")),
    FilterField("next_step", "text", _I.next_step, title=N_("Next step")),
)
_CLIENT = ListColumn(
    Column("client", N_("Client"), width=20, priority=2, sort="slow"), Client.name, Client.sort_name, joins=("client",)
)
_PERSON = ListColumn(Column("person", N_("Contact person"), width=20, priority=3), Person.name)
_KIND = ListColumn(Column("kind", N_("Kind"), "state", width=10, sort="slow"), _I.kind)
_SUBJECT = ListColumn(Column("subject", N_("Subject"), width=22), _I.subject)
_OPERATOR = ListColumn(
    Column("operator", N_("Operator"), width=12, priority=4, sort="slow"), Operator.name, joins=("operator",)
)
_NEXT_STEP = ListColumn(Column("next_step", N_("Next step"), width=24, priority=6, hidden=True), _I.next_step)
_CAMPAIGN = ListColumn(Column("campaign", N_("Campaign"), width=18, priority=6, hidden=True), Campaign.name)
_JOINS = {
    "client": Join(Client, _I.client == Client.id, required=True),
    "person": Join(Person, _I.person == Person.id),
    "operator": Join(Operator, _I.operator == Operator.id, required=True),
    "campaign": Join(Campaign, _I.campaign == Campaign.id),
}

INTERACTIONS = ListDefinition(
    kind="interaction",
    table=_I,
    columns=(
        ListColumn(Column("moment", N_("When"), "moment", width=16, sort="fast"), _I.moment),
        _KIND,
        _SUBJECT,
        _CLIENT,
        _PERSON,
        ListColumn(Column("direction", N_("Direction"), "state", width=7, priority=5), _I.direction),
        ListColumn(Column("outcome", N_("Outcome"), width=28, priority=5), _I.outcome),
        ListColumn(Column("state", N_("State"), "state", width=10, priority=4, sort="slow"), _I.state),
        _OPERATOR,
        ListColumn(Column("minutes", N_("Minutes"), "integer", width=5, priority=6, hidden=True), _I.minutes),
        _NEXT_STEP,
        _CAMPAIGN,
    ),
    fields=(*_FIELDS, FilterField("state", "state", _I.state, values=INTERACTION_STATES, title=N_("State"))),
    default_sort=Sort("moment", descending=True),
    joins=_JOINS,
)

PLANNED = ListDefinition(
    kind="interaction",
    table=_I,
    columns=(
        ListColumn(Column("moment", N_("When"), "appointment", width=20, sort="fast"), _I.moment),
        _KIND,
        _SUBJECT,
        _CLIENT,
        _PERSON,
        ListColumn(Column("state", N_("State"), "state", width=9, priority=3), _I.state, compute=_lateness_now),
        _OPERATOR,
        ListColumn(Column("minutes", N_("Minutes"), "integer", width=5, priority=6, hidden=True), _I.minutes),
        _NEXT_STEP,
        _CAMPAIGN,
    ),
    fields=(*_FIELDS, FilterField("state", "state", ask=_lateness, values=PLANNED_STATES, title=N_("State"))),
    default_sort=Sort("moment"),
    joins=_JOINS,
    only=_I.state == "planned",
)
