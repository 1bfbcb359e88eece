"""What is known of clients, read for many at once: what rows from outside are compared with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.clients.contacts import account_text, digits_of
from models.clients.tables import Address, BankAccount, Client, ClientGroup, ClientTag, EmailAddress, Person, Phone
from models.text import fold

SCALARS = (
    "name", "legal_name", "kind", "status", "is_supplier", "external_code", "inn", "kpp", "ogrn", "country", "website",
    "source", "responsible", "note", "foreign_tax_id", "signatory", "signatory_position", "signatory_basis", "archived",
)  # fmt: skip
LISTS = ("phones", "emails", "tags", "bank_accounts")


@dataclass
class Texts:
    """A list of texts that is added to; ``key`` says which spellings are the same."""

    key: Callable[[str], str]
    own: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def keep(self, text: str, *, own: bool = True) -> None:
        """Know a text; one that is not ``own`` stands on a person of the client's."""
        if own:
            self.own.append(text)
        self.keys.add(self.key(text))

    def new(self, texts: Collection[str]) -> list[str]:
        """Those of the texts that are not there yet, each once."""
        found = {self.key(text): text for text in reversed(list(texts)) if self.key(text) not in self.keys}
        return list(reversed(found.values()))

    def with_new(self, texts: Collection[str]) -> tuple[str, ...] | None:
        """The whole list with the new ones at its end; None when there are none."""
        new = self.new(texts)
        return (*self.own, *new) if new else None


def _account_number(text: str) -> str:
    return text.partition(" ")[0]


@dataclass
class KnownPerson:
    """A contact person of a client."""

    id: int
    version: int
    position: str = ""
    birthday: Any = None
    phones: Texts = field(default_factory=lambda: Texts(digits_of))
    emails: Texts = field(default_factory=lambda: Texts(str.casefold))


@dataclass
class KnownClient:
    """A client with all that hangs on it. One that is only judged, not written, has an id below zero."""

    id: int
    version: int
    values: dict[str, Any]
    group: str = ""
    phones: Texts = field(default_factory=lambda: Texts(digits_of))
    emails: Texts = field(default_factory=lambda: Texts(str.casefold))
    tags: Texts = field(default_factory=lambda: Texts(fold))
    bank_accounts: Texts = field(default_factory=lambda: Texts(_account_number))
    addresses: Texts = field(default_factory=lambda: Texts(fold))
    people: dict[str, KnownPerson] = field(default_factory=dict)


def known_clients(ids: Collection[int]) -> dict[int, KnownClient]:
    """The clients of these ids."""
    if not ids:
        return {}
    groups = {group.id: group.folded for group in ClientGroup.select().join(Client).where(Client.id.in_(ids))}
    found = {
        row.id: KnownClient(
            row.id, row.version, {name: row.__data__[name] for name in SCALARS}, groups.get(row.group_id or 0, "")
        )
        for row in Client.select().where(Client.id.in_(ids))
    }
    people: dict[int, KnownPerson] = {}
    for row in _of(Person, ids):
        people[row.id] = KnownPerson(row.id, row.version, row.position, row.birthday)
        found[row.client_id].people.setdefault(fold(row.name), people[row.id])
    for row in _of(Phone, ids):
        found[row.client_id].phones.keep(row.number, own=row.person_id is None)
        if row.person_id is not None:
            people[row.person_id].phones.keep(row.number)
    for row in _of(EmailAddress, ids):
        found[row.client_id].emails.keep(row.address, own=row.person_id is None)
        if row.person_id is not None:
            people[row.person_id].emails.keep(row.address)
    for row in _of(ClientTag, ids):
        found[row.client_id].tags.keep(row.tag)
    for row in _of(BankAccount, ids):
        found[row.client_id].bank_accounts.keep(account_text(row.account, row.bik, row.bank))
    for row in _of(Address, ids):
        found[row.client_id].addresses.keep(row.text)
    return found


def _of(table: Any, ids: Collection[int]) -> Iterator[Any]:
    return iter(table.select().where(table.client.in_(ids)).order_by(table.id))
