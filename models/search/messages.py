"""Finding messages: by words and by the filters of the Mail section, the newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import JOIN

from models.base import tuples
from models.clients.tables import Client
from models.clock import local
from models.conditions import field_names
from models.errors import RuleBroken
from models.lookup import among
from models.mail import words
from models.mail.lists import MESSAGES
from models.mail.tables import Message
from models.query import Words, parse
from models.table_listing import TableListing

SHORTEST = 3
"""Fewer characters are no word to look for in a whole archive, while it is still typed."""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message that was found: its subject, whose it is, its day, and who wrote what."""

    id: int
    subject: str
    client: str | None
    date: dt.date | None
    sender: str
    preview: str

    @property
    def snippet(self) -> str:
        return " · ".join(part for part in (self.sender, self.preview) if part)


def find_messages(text: str, limit: int) -> list[FoundMessage]:
    """The newest messages that a filter text leaves; raises ``RuleBroken`` for one that is no filter."""
    if len(text.strip()) < SHORTEST:
        return []
    names = frozenset(field_names({field.name: field for field in MESSAGES.fields}))
    terms = parse(text, names)
    if all(isinstance(term, Words) and not term.negated for term in terms):
        # By the index of words alone: it gives the newest without sorting all that have frequent words.
        return messages_by_id(words.newest(text, limit))
    rows = TableListing.of(MESSAGES).with_filter(text).page(0, limit)
    return messages_by_id([row.id for row in rows])


def newest_with(text: str, limit: int) -> list[FoundMessage]:
    """The same while it is typed: what is no filter yet finds nothing."""
    try:
        return find_messages(text, limit)
    except RuleBroken:
        return []


def messages_by_id(ids: list[int]) -> list[FoundMessage]:
    """The messages of these ids, the newest first."""
    if not ids:
        return []
    query = (
        Message.select(
            Message.id, Message.subject, Client.name, Message.moment, Message.sender_name, Message.sender_address,
            Message.preview,
        )
        .join(Client, JOIN.LEFT_OUTER, on=(Message.client == Client.id))
        .where(among(Message.id, ids))
        .order_by(Message.moment.desc(), Message.id.desc())
    )  # fmt: skip
    return [
        FoundMessage(i, subject, client, local(moment).date() if moment else None, name or address, preview)
        for i, subject, client, moment, name, address, preview in tuples(query)
    ]
