"""To whom an unfiled message may belong: a guess that the operator accepts with one key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peewee import fn

from models.base import tuples
from models.clients.tables import Client, EmailAddress, Person
from models.conditions import contains
from models.language import _
from models.mail.domains import company_domains, domain_of
from models.mail.queries import ReadMessage, read_message
from models.mail.tables import Message, MessageAddress
from models.text import sort_name

_INN = re.compile(r"(?<![0-9])[0-9]{10}(?:[0-9]{2})?(?![0-9])")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"\n]{3,60})[»”“\"]")
_TEXT_LOOKED_AT = 20_000
_NAMES_TRIED = 20


@dataclass(frozen=True, slots=True)
class Guess:
    """A client that a message may belong to, and why, in the operator's language."""

    client_id: int
    client_name: str
    why: str


def guess_for(message_id: int) -> Guess | None:
    """The best guess for a message, None where nothing speaks for any client."""
    message = read_message(message_id)
    for way in _WAYS:
        for client_id, why in way(message):
            name = Client.select(Client.name).where(Client.id == client_id).scalar()
            if name:
                return Guess(client_id, name, why)
    return None


def outer_addresses(message: ReadMessage) -> list[str]:
    """Those of the other side: whom a message came from, or to whom ours went."""
    roles = ("to", "cc") if message.direction == "out" else ("from", "reply-to")
    return list(dict.fromkeys(one.address for one in message.people if one.role in roles and one.address))


def _by_thread(message: ReadMessage) -> Iterator[tuple[int, str]]:
    query = (
        Message.select(Message.client, fn.COUNT(Message.id))
        .where(Message.thread == message.thread, Message.client.is_null(False))
        .group_by(Message.client)
        .order_by(fn.COUNT(Message.id).desc(), Message.client)
        .limit(1)
    )
    for client_id, _count in tuples(query):
        yield client_id, _("other messages of its thread are this client's")


def _by_domain(message: ReadMessage) -> Iterator[tuple[int, str]]:
    for domain in dict.fromkeys(d for a in outer_addresses(message) for d in company_domains(domain_of(a))):
        why = _("the client has addresses in {domain}").format(domain=domain)
        ends = contains(EmailAddress.folded, f"@{domain}")
        for (client_id,) in tuples(EmailAddress.select(EmailAddress.client).where(ends).limit(1)):
            yield client_id, why
        filed = (
            Message.select(Message.client)
            .join(MessageAddress)
            .where(contains(MessageAddress.address, f"@{domain}"), Message.client.is_null(False))
            .limit(1)
        )
        for (client_id,) in tuples(filed):
            yield client_id, _("earlier messages with {domain} are this client's").format(domain=domain)


def _by_persons_name(message: ReadMessage) -> Iterator[tuple[int, str]]:
    addresses = outer_addresses(message)
    names = [one.name for one in message.people if one.address in addresses and " " in one.name]
    for client_id, name in tuples(Person.select(Person.client, Person.name).where(Person.name.in_(names)).limit(1)):
        yield client_id, _("{name} is its contact person").format(name=name)


def _by_inn(message: ReadMessage) -> Iterator[tuple[int, str]]:
    numbers = list(dict.fromkeys(_INN.findall(message.text[:_TEXT_LOOKED_AT])))[:_NAMES_TRIED]
    for client_id, inn in tuples(Client.select(Client.id, Client.inn).where(Client.inn.in_(numbers)).limit(1)):
        yield client_id, _("its INN {inn} stands in the text").format(inn=inn)


def _by_name(message: ReadMessage) -> Iterator[tuple[int, str]]:
    quoted = _QUOTED.findall(f"{message.subject}\n{message.text[:_TEXT_LOOKED_AT]}")
    names = list(dict.fromkeys(map(sort_name, [*quoted, *(one.name for one in message.people)])))[:_NAMES_TRIED]
    query = Client.select(Client.id, Client.name).where(Client.sort_name.in_([name for name in names if name]))
    for client_id, name in tuples(query.limit(1)):
        yield client_id, _("its name {name} stands in the message").format(name=name)


_WAYS: tuple[Callable[[ReadMessage], Iterator[tuple[int, str]]], ...] = (
    _by_thread,
    _by_domain,
    _by_persons_name,
    _by_inn,
    _by_name,
)
