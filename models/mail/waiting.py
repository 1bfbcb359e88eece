"""Messages that wait to be filed, and now can be: an address or a domain became known as a client's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from models.base import plain_rows, stored_rows
from models.clients.tables import Client, EmailAddress
from models.conditions import contains
from models.events import RecordsWritten
from models.mail import words
from models.mail.domains import company_domains, domain_of, domain_of_site, is_own
from models.mail.filing import Addresses, Filed, owners_of_domains
from models.mail.tables import LearnedAddress, Message, MessageAddress
from models.writing import Change

AT_ONCE = 500
"""So many messages are filed in one change; the rest with the next one, or with the next import."""
_DOMAINS_AT_ONCE = 50
_LOOKED_AT = 5_000


class AddressesOf(Addresses):
    """The same answers for a few addresses, read for these alone."""

    def __init__(self, addresses: Collection[str]) -> None:
        self._asked = list(addresses)
        self._asked_domains = sorted({one for address in addresses for one in company_domains(domain_of(address))})

    @cached_property
    def _exact(self) -> Mapping[str, tuple[int, int | None]]:
        rows = stored_rows(EmailAddress, ["folded", "client_id", "person_id"], "folded", self._asked)
        return {address: (client, person) for address, client, person in rows}

    @cached_property
    def _learned(self) -> Mapping[str, tuple[int, int | None]]:
        names = [*self._asked, *self._asked_domains]
        rows = stored_rows(LearnedAddress, ["address", "client_id", "person_id"], "address", names)
        return {address: (client, person) for address, client, person in rows}

    @cached_property
    def _domains(self) -> Mapping[str, int | None]:
        of_addresses: list[tuple[str, int]] = []
        of_sites: list[tuple[str, int]] = []
        for domain in self._asked_domains:
            addresses = EmailAddress.select(EmailAddress.folded, EmailAddress.client)
            rows = plain_rows(addresses.where(contains(EmailAddress.folded, f"@{domain}")))
            of_addresses += [(domain_of(address), client) for address, client in rows]
            sites = Client.select(Client.website, Client.id).where(contains(Client.website, domain))
            of_sites += [(domain_of_site(site), client) for site, client in plain_rows(sites)]
        return owners_of_domains(of_addresses, of_sites)


def file_waiting(change: Change, addresses: Iterable[str], domains: Iterable[str] = ()) -> int:
    """File what waits from or to these addresses and domains, the newest first; returns how many messages."""
    if not Message.select(Message.id).where(Message.filed_by == "").exists():
        return 0
    waiting = _waiting_of_addresses(list(addresses))
    for domain in list(domains)[:_DOMAINS_AT_ONCE]:
        waiting.update(dict.fromkeys(_waiting_of_domain(domain)))
    ids = sorted(waiting, reverse=True)[:AT_ONCE]
    if not ids:
        return 0
    sides = _other_sides(ids)
    known = AddressesOf({address for side in sides.values() for address in side})
    found: dict[int, Filed] = {message_id: known.filed(side) for message_id, side in sides.items()}
    return change.update_columns(
        Message,
        {
            message_id: {"client_id": filed.client_id, "person_id": filed.person_id, "filed_by": filed.by}
            for message_id, filed in found.items()
            if filed.by
        },
    )


def _waiting_of_addresses(addresses: list[str]) -> dict[int, None]:
    if not addresses:
        return {}
    query = (
        MessageAddress.select(MessageAddress.message)
        .join(Message)
        .where(MessageAddress.address.in_(addresses), Message.filed_by == "")
        .order_by(MessageAddress.message.desc())
        .limit(_LOOKED_AT)
    )
    return dict.fromkeys(message_id for (message_id,) in plain_rows(query))


def _waiting_of_domain(domain: str) -> list[int]:
    ids = words.newest(domain, _LOOKED_AT)
    unfiled = {i for i, filed_by in stored_rows(Message, ["id", "filed_by"], "id", ids) if not filed_by}
    named = stored_rows(MessageAddress, ["message_id", "address"], "message_id", unfiled)
    return sorted({message_id for message_id, address in named if domain in company_domains(domain_of(address))})


def _other_sides(ids: list[int]) -> dict[int, list[str]]:
    directions = dict(stored_rows(Message, ["id", "direction"], "id", ids))
    sides: dict[int, list[str]] = {message_id: [] for message_id in ids}
    query = MessageAddress.select(MessageAddress.message, MessageAddress.role, MessageAddress.address)
    for message_id, role, address in plain_rows(
        query.where(MessageAddress.message.in_(ids)).order_by(MessageAddress.id)
    ):
        direction = directions[message_id]
        if direction != "internal" and (role in ("to", "cc")) == (direction == "out"):
            sides[message_id].append(address)
    return sides


def follow_known_addresses(change: Change, event: RecordsWritten) -> None:
    """File what waited for an address, a web site or a domain that was written in this change."""
    emails, learned = event.rows.get("email", {}), event.rows.get("learned_address", {})
    clients = [i for i, columns in event.rows.get("client", {}).items() if "website" in columns]
    if not (emails or learned or clients):
        return
    addresses = {address for (address,) in stored_rows(EmailAddress, ["folded"], "id", list(emails))}
    domains = {domain_of(address) for address in addresses}
    domains |= {domain_of_site(site) for (site,) in stored_rows(Client, ["website"], "id", clients)}
    for name, is_domain in stored_rows(LearnedAddress, ["address", "is_domain"], "id", list(learned)):
        (domains if is_domain else addresses).add(name)
    file_waiting(change, addresses, sorted(filter(is_own, domains)))
