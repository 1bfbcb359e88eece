"""The lists of messages: the whole archive, and what is not filed yet."""

from __future__ import annotations

from typing import Any

from peewee import Case, fn

from models.clients.tables import Client, Person
from models.conditions import Condition, FilterField, contains
from models.errors import RuleBroken
from models.language import N_, NP_, _
from models.listing import Column, Sort
from models.lookup import named
from models.mail.tables import Message, MessageAddress, MessagePart
from models.mail.vocabulary import DIRECTIONS, FILED_BY, MESSAGE_STATES, defects_in_words
from models.mail.words import has_words, newest_exactly
from models.reading import read_flag
from models.table_listing import Join, ListColumn, ListDefinition, TableListing


def _from(text: str) -> Condition:
    return contains(Message.sender_address, text.casefold()) | _name_holds(Message.sender_name, text)


def _to(text: str) -> Condition:
    found = contains(MessageAddress.address, text.casefold()) | _name_holds(MessageAddress.name, text)
    addressed = MessageAddress.role.in_(("to", "cc"))
    return Message.id.in_(MessageAddress.select(MessageAddress.message).where(addressed, found))


def _name_holds(column: Any, text: str) -> Condition:
    whole = contains(column, text)
    for spelling in sorted({text.lower(), text.capitalize(), text.title()} - {text}):
        whole = whole | contains(column, spelling)
    return whole


_HELD = {
    "attachment": "attachment", "file": "attachment", "вложение": "attachment", "файл": "attachment",
    "invitation": "calendar", "приглашение": "calendar",
}  # fmt: skip


def _has(text: str) -> Condition:
    wanted = {held for word, held in _HELD.items() if word.startswith(text.casefold())}
    if len(wanted) != 1:
        raise RuleBroken(
            "has",
            _("“{value}” is no value of {field}.").format(value=text, field="has"),
            _("Known are: {known}.").format(known="attachment, invitation"),
        )
    if wanted == {"attachment"}:
        return Message.attachments > 0
    return Message.id.in_(MessagePart.select(MessagePart.message).where(MessagePart.kind.in_(wanted)))


def _filed(text: str) -> Condition:
    return (Message.filed_by != "") if read_flag(text, "filed") else (Message.filed_by == "")


_correspondent = Case(
    None,
    ((Message.direction == "out", Message.recipients), (Message.sender_name != "", Message.sender_name)),
    Message.sender_address,
)
_subject = Case(None, ((Message.subject != "", Message.subject),), Message.preview)

MESSAGES = ListDefinition(
    kind="message",
    table=Message,
    columns=(
        ListColumn(Column("moment", NP_("message", "Date"), "moment", width=16, sort="fast"), Message.moment),
        ListColumn(Column("direction", N_("Direction"), "state", width=9, priority=3), Message.direction),
        ListColumn(Column("correspondent", N_("From / to"), width=24), _correspondent),
        ListColumn(Column("subject", N_("Subject"), width=32), _subject),
        ListColumn(Column("client", N_("Client"), width=22, priority=2), Client.name),
        ListColumn(Column("attachments", N_("Attachments"), "integer", width=4, priority=4), Message.attachments),
        ListColumn(
            Column("sender_address", N_("Sender's address"), width=26, priority=5, sort="fast", hidden=True),
            Message.sender_address,
        ),
        ListColumn(Column("recipients", N_("Recipients"), width=30, priority=6, hidden=True), Message.recipients),
        ListColumn(Column("person", N_("Contact person"), width=20, priority=6, hidden=True), Person.name),
        ListColumn(Column("filed_by", N_("Filed"), "state", width=14, priority=6, hidden=True), Message.filed_by),
        ListColumn(Column("state", N_("State"), "state", width=10, priority=6, hidden=True), Message.state),
        ListColumn(Column("preview", N_("Beginning"), width=40, priority=7, hidden=True), Message.preview),
        ListColumn(Column("size", N_("Size"), "integer", width=9, priority=7, hidden=True), Message.size),
        ListColumn(Column("source", N_("Came from"), width=30, priority=8, hidden=True), Message.source),
    ),
    fields=(
        FilterField("from", "text", ask=_from, title=N_("Sender")),
        FilterField("to", "text", ask=_to, title=N_("Recipients")),
        FilterField("subject", "text", ask=lambda text: _name_holds(Message.subject, text), title=N_("Subject")),
        FilterField(
            "client", "text", Message.client, ask=lambda text: named(Message.client, "client", text), title=N_("Client")
        ),
        FilterField("has", "text", ask=_has),
        FilterField("date", "date", fn.DATE(Message.moment), title=NP_("message", "Date")),
        FilterField("moment", "date", fn.DATE(Message.moment)),
        FilterField("direction", "state", Message.direction, values=DIRECTIONS, title=N_("Direction")),
        FilterField("state", "state", Message.state, values=MESSAGE_STATES, title=N_("State")),
        FilterField("filed", "flag", ask=_filed, title=N_("Filed")),
        FilterField("by", "state", Message.filed_by, values=FILED_BY),
        FilterField("thread", "integer", Message.thread, title=N_("Thread")),
    ),
    default_sort=Sort("moment", descending=True),
    joins={
        "client": Join(Client, Message.client == Client.id),
        "person": Join(Person, Message.person == Person.id),
    },
    words=has_words,
    first_with=newest_exactly,
)

_SUBJECT = 3
_defects = ListColumn(
    Column("defects", N_("What is wrong"), width=44),
    Message.defects,
    say=lambda lines: " ".join(defects_in_words(lines)),
)
BROKEN_MESSAGES = MESSAGES._replace(
    columns=(
        *MESSAGES.columns[:_SUBJECT],
        _defects,
        *(
            one._replace(column=one.column._replace(priority=one.column.priority + 1))
            for one in MESSAGES.columns[_SUBJECT:]
        ),
    ),
)
"""The list of what is damaged, which says why."""

UNFILED: Condition = (Message.filed_by == "") & (Message.direction != "internal")
"""The condition on messages that wait for an operator to file them; what stays between ourselves waits for nobody."""


def unfiled() -> TableListing:
    """The messages that wait to be filed, the newest first."""
    return TableListing.of(MESSAGES, UNFILED)
