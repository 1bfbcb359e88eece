"""What a row from outside adds to a client: new values, and what is new of lists, addresses and people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.clients.actions import add_client, add_person, client_group_named, edit_client, edit_person
from models.clients.known import LISTS, SCALARS, KnownClient, KnownPerson
from models.clients.tables import Address
from models.text import fold
from models.writing import Change


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person as a row names it."""

    name: str
    position: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    birthday: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as a row gives it: the whole text, and what is known of its parts."""

    kind: str
    text: str
    country: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""


@dataclass(slots=True)
class Write:
    """What is to be written: a new client (``client_id`` 0), or changes of one; its addresses; a person of it."""

    client_id: int = 0
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    group: str = ""
    addresses: tuple[PostalAddress, ...] = ()
    person: KnownPerson | None = None
    person_values: dict[str, Any] = field(default_factory=dict)
    made: int = 0
    """The id of the client once it is written."""

    def __bool__(self) -> bool:
        return bool(self.values or self.group or self.addresses or self.person_values)

    def run(self, change: Change) -> None:
        """Write it by the areas' actions."""
        values = dict(self.values)
        if self.group:
            values["group"] = client_group_named(change, self.group)
        self.made = self.client_id or add_client(change, values)
        if self.client_id and values:
            edit_client(change, self.client_id, self.version, values)
        for address in self.addresses:
            change.insert(
                Address(
                    client=self.made, kind=address.kind, text=address.text, country=address.country,
                    region=address.region, city=address.city, postal_code=address.postal_code,
                )
            )  # fmt: skip
        if self.person is not None:
            edit_person(change, self.person.id, self.person.version, self.person_values)
        elif self.person_values:
            add_person(change, {"client": self.made, **self.person_values})


def new_client(values: Mapping[str, Any]) -> Write:
    """What is to be written of a client that is not there yet."""
    own = {name: value for name, value in values.items() if name in SCALARS or name in LISTS}
    own.setdefault("kind", _kind_of(own))
    person = _new_person(values["contact"], own.get("emails", ())) if "contact" in values else {}
    return Write(0, 0, own, values.get("group", ""), values.get("addresses", ()), None, person)


def differences(values: Mapping[str, Any], known: KnownClient, *, by_name: bool) -> Write:
    """What a row says that is not known. A client found by its name keeps the spelling of it."""
    changes = {name: values[name] for name in SCALARS if name in values and values[name] != known.values[name]}
    if by_name:
        changes.pop("name", None)
    for name in LISTS:
        whole = getattr(known, name).with_new(values.get(name, ()))
        if whole is not None:
            changes[name] = whole
    group = values.get("group", "")
    write = Write(known.id, known.version, changes, group if fold(group) != known.group else "")
    write.addresses = tuple(a for a in values.get("addresses", ()) if known.addresses.new([a.text]))
    if "contact" in values:
        _compare_person(values["contact"], known, changes.get("emails", ()), write)
    return write


def _compare_person(contact: Contact, known: KnownClient, new_emails: tuple[str, ...], write: Write) -> None:
    person = known.people.get(fold(contact.name))
    if person is None:
        write.person_values = _new_person(contact, (*known.emails.own, *new_emails))
        return
    changes: dict[str, Any] = {}
    if contact.position and contact.position != person.position:
        changes["position"] = contact.position
    if contact.birthday and contact.birthday != person.birthday:
        changes["birthday"] = contact.birthday
    if (phones := person.phones.with_new(contact.phones)) is not None:
        changes["phones"] = phones
    taken = known.emails.keys | set(map(str.casefold, new_emails))
    emails = person.emails.with_new([email for email in contact.emails if email.casefold() not in taken])
    if emails is not None:
        changes["emails"] = emails
    if changes:
        write.person, write.person_values = person, changes


def _new_person(contact: Contact, emails_of_client: tuple[str, ...]) -> dict[str, Any]:
    taken = set(map(str.casefold, emails_of_client))
    return {
        "name": contact.name,
        "position": contact.position,
        "phones": contact.phones,
        "emails": tuple(email for email in contact.emails if email.casefold() not in taken),
        "birthday": contact.birthday,
    }


def _kind_of(values: Mapping[str, Any]) -> str:
    """A company, unless its tax ids are those of a person."""
    if len(values.get("ogrn", "")) == 15:
        return "sole_trader"
    if len(values.get("inn", "")) != 12:
        return "company"
    return "sole_trader" if fold(values.get("name", "").split(" ")[0]) == fold("ИП") else "person"


def after(write: Write, known: KnownClient | None, made: int) -> KnownClient:
    """The client as it is once the row is written."""
    client = known or KnownClient(made, 1, dict.fromkeys(SCALARS, ""))
    client.values |= {name: value for name, value in write.values.items() if name in SCALARS}
    client.group = fold(write.group) or client.group
    for name in LISTS:
        for text in getattr(client, name).new(write.values.get(name, ())):
            getattr(client, name).keep(text)
    for address in write.addresses:
        client.addresses.keep(address.text)
    if write.person_values:
        name = fold(write.person_values.get("name", ""))
        person = write.person or client.people.setdefault(name, KnownPerson(made, 1))
        person.position = write.person_values.get("position", person.position)
        person.birthday = write.person_values.get("birthday", person.birthday)
        for phone in write.person_values.get("phones", ()):
            person.phones.keep(phone)
            client.phones.keep(phone, own=False)
        for email in write.person_values.get("emails", ()):
            person.emails.keep(email)
            client.emails.keep(email, own=False)
    return client
