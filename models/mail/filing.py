"""To whom a message belongs: by an exact address, an address that was learned, the client's own domain, its thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from peewee import fn

from models.base import plain_rows
from models.clients.tables import Client, EmailAddress
from models.mail.domains import company_domains, domain_of, domain_of_site, is_own
from models.mail.incoming import IncomingMessage
from models.mail.tables import LearnedAddress, Message


class Filed(NamedTuple):
    """Where a message goes, and by what; no client: it waits to be filed."""

    client_id: int | None = None
    person_id: int | None = None
    by: str = ""


UNFILED = Filed()
_Owner = tuple[int, int | None]


class Addresses:
    """Whose address is whose: all clients' addresses and domains, and what operators have taught.

    Read as a whole when the first message asks: an import asks for nearly all of them, one by one it would take longer.
    """

    @cached_property
    def _exact(self) -> Mapping[str, _Owner]:
        columns = (EmailAddress.folded, EmailAddress.client, EmailAddress.person)
        return {address: (client, person) for address, client, person in plain_rows(EmailAddress.select(*columns))}

    @cached_property
    def _learned(self) -> Mapping[str, _Owner]:
        columns = (LearnedAddress.address, LearnedAddress.client, LearnedAddress.person)
        return {address: (client, person) for address, client, person in plain_rows(LearnedAddress.select(*columns))}

    @cached_property
    def _domains(self) -> Mapping[str, int | None]:
        """The client of each domain."""
        sites = Client.select(Client.website, Client.id).where(Client.website != "")
        return owners_of_domains(
            [(domain_of(address), client) for address, (client, _person) in self._exact.items()],
            [(domain_of_site(site), client) for site, client in plain_rows(sites)],
        )

    def filed(self, addresses: Iterable[str]) -> Filed:
        """Where a message goes whose other side has these addresses, the most telling one first."""
        wanted = list(dict.fromkeys(filter(None, addresses)))
        for address in wanted:
            if owner := self._exact.get(address):
                return Filed(*owner, "address")
        for address in wanted:
            for name in (address, *company_domains(domain_of(address))):
                if owner := self._learned.get(name):
                    return Filed(*owner, "learned")
        for address in wanted:
            for domain in company_domains(domain_of(address)):
                if client := self._domains.get(domain):
                    return Filed(client, None, "domain")
        return UNFILED


def owners_of_domains(
    of_addresses: Iterable[tuple[str, int]], of_sites: Iterable[tuple[str, int]]
) -> dict[str, int | None]:
    """The client of each domain: whose web site it is, else whose addresses are in it; None where there are several."""
    found: dict[str, int | None] = {}
    for owned in (of_addresses, of_sites):
        some: dict[str, int | None] = {}
        for domain, client in owned:
            if some.setdefault(domain, client) != client:
                some[domain] = None
        found |= some
    return {domain: client for domain, client in found.items() if is_own(domain)}


def other_side(message: IncomingMessage, direction: str) -> list[str]:
    """The addresses of those whom we corresponded with."""
    roles = ("to", "cc") if direction == "out" else ("from", "reply-to")
    return [] if direction == "internal" else [address for role, _name, address in message.people if role in roles]


def clients_of_threads(threads: Iterable[int]) -> dict[int, int]:
    """The clients of threads of which all filed messages are one client's."""
    ids = list(threads)
    if not ids:
        return {}
    query = (
        Message.select(Message.thread, fn.MIN(Message.client))
        .where(Message.thread.in_(ids), Message.client.is_null(False))
        .group_by(Message.thread)
        .having(fn.MIN(Message.client) == fn.MAX(Message.client))
    )
    return dict(plain_rows(query))
