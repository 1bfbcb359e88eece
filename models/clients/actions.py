"""Every write to clients, their people and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.clients.contacts import PART_FIELDS, parts_of, set_parts
from models.clients.fields import CLIENT_FIELDS, PERSON_FIELDS
from models.clients.status import keep_status_change
from models.clients.tables import Client, ClientGroup, Person
from models.company.permissions import EDIT_CLIENTS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.text import clean, fold, sort_name
from models.writing import Change, action, get

NEW_CLIENT: Mapping[str, Any] = {
    "kind": "company", "status": "candidate", "country": "RU", "is_supplier": False, "archived": False
}  # fmt: skip


@action("add_client", EDIT_CLIENTS)
def add_client(change: Change, values: Mapping[str, Any]) -> int:
    """Make a client of the values of its fields; returns its id. Raises ``RuleBroken``."""
    cleaned = with_defaults(CLIENT_FIELDS, values, NEW_CLIENT)
    parts = {name: cleaned.pop(name) for name in PART_FIELDS}
    _refuse_same_tax_ids(cleaned["inn"], cleaned["kpp"], None)
    client = change.insert(Client(sort_name=sort_name(cleaned["name"]), **cleaned))
    set_parts(change, client.id, {name: value for name, value in parts.items() if value})
    return int(client.id)


@action("edit_client", EDIT_CLIENTS)
def edit_client(
    change: Change, client_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a client; ``version`` and ``base`` are what the operator saw.

    Raises ``RuleBroken``, ``Conflict``.
    """
    cleaned = checked(CLIENT_FIELDS, values)
    client = get(Client, client_id)
    change.expect(client, version, values, base, client_values)
    parts = {name: cleaned.pop(name) for name in PART_FIELDS & cleaned.keys()}
    if "name" in cleaned:
        cleaned["sort_name"] = sort_name(cleaned["name"])
    inn, kpp = cleaned.get("inn", client.inn), cleaned.get("kpp", client.kpp)
    if (inn, kpp) != (client.inn, client.kpp):
        _refuse_same_tax_ids(inn, kpp, client_id)
    status = client.status
    changed = change.update(client, cleaned, touch=set_parts(change, client_id, parts))
    if client.status != status:
        keep_status_change(change, client_id, status, client.status, change.started)
    return changed


def keep_rules(client: Client) -> None:
    """Hold a client that an undo restored against what depends on other clients."""
    _refuse_same_tax_ids(client.inn, client.kpp, client.id)


def _refuse_same_tax_ids(inn: str, kpp: str, own_id: int | None) -> None:
    """Branches share an INN, so a duplicate is one of INN and KPP together."""
    if not inn:
        return
    same = Client.select(Client.id, Client.name).where((Client.inn == inn) & (Client.kpp == kpp))
    found = same.where(Client.id != own_id).first() if own_id else same.first()
    if found is not None:
        raise RuleBroken(
            "inn",
            _("“{name}” (#{id}) has the same INN and KPP.").format(name=found.name, id=found.id),
            _("Open that client instead, or correct the numbers."),
        )


@action("add_person", EDIT_CLIENTS)
def add_person(change: Change, values: Mapping[str, Any]) -> int:
    """Make a contact person; returns the id."""
    cleaned = with_defaults(PERSON_FIELDS, values, {})
    parts: dict[str, Any] = {name: cleaned.pop(name) for name in ("phones", "emails")}
    person = change.insert(Person(**cleaned))
    set_parts(change, person.client_id, {name: value for name, value in parts.items() if value}, person.id)
    return int(person.id)


@action("edit_person", EDIT_CLIENTS)
def edit_person(
    change: Change, person_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a contact person."""
    cleaned = checked(PERSON_FIELDS, values)
    person = get(Person, person_id)
    change.expect(person, version, values, base, person_values)
    parts: dict[str, Any] = {name: cleaned.pop(name) for name in ("phones", "emails") if name in cleaned}
    return change.update(person, cleaned, touch=set_parts(change, person.client_id, parts, person_id))


@action("add_client_group", EDIT_CLIENTS)
def client_group_named(change: Change, name: str) -> int:
    """The id of the group of companies of a name, made if there is none."""
    text = clean(name)
    if not text:
        raise RuleBroken("group", _("A group of companies needs a name."))
    found = ClientGroup.get_or_none(ClientGroup.folded == fold(text))
    return int((found or change.insert(ClientGroup(name=text, folded=fold(text)))).id)


def client_values(client: Client) -> dict[str, Any]:
    """All field values of a client, as forms and importers compare them."""
    values = {field.name: client.__data__[field.name] for field in CLIENT_FIELDS if field.name not in PART_FIELDS}
    return values | parts_of(client.id)


def person_values(person: Person) -> dict[str, Any]:
    """All field values of a contact person."""
    own = {field.name: person.__data__.get(field.name) for field in PERSON_FIELDS}
    return own | parts_of(person.client_id, person.id)
