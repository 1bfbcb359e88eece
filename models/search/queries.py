"""The look-up: keys, licences, clients, people and products by any part of what they are known by.

Exact fields come first, then beginnings, then the newest. No ranking: bm25 costs thirty times as much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from models.base import plain_rows, tuples
from models.catalogue.tables import Product, Vendor
from models.clients.tables import Client, Person
from models.clients.vocabulary import CLIENT_STATUSES
from models.clock import today
from models.company.settings import expiring_days
from models.keys.tables import KeyMovement, ProtectionKey
from models.language import _
from models.licensing.status import licence_status
from models.licensing.tables import ItemInstance, Licence
from models.lookup import SHORTEST, among, fragment_match, newest, words_match_in_turn
from models.sales.tables import ContractHeader, Deal, Document, DocumentLine, Stage
from models.sales.vocabulary import CONTRACT_STATES, DOCUMENT_STATES, title_of
from models.text import fold

Tier = tuple[int, int]
"""How well a record matches (0 exact, 1 beginning, 2 somewhere) and its id."""


@dataclass(frozen=True, slots=True)
class KeyOrLicence:
    """A protection key or a licence, with the chain that it belongs to; what ``turbofly key --json`` prints."""

    kind: str
    id: int
    number: str
    key: str | None
    owner: str | None
    client: str | None
    product: str | None
    product_code: str | None
    licence_name: str | None
    issued: dt.date | None
    expires: dt.date | None
    state: str
    shipment: str | None
    instance: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A record of any kind that was found: its name, whose it is, its day, and what else it says on one line."""

    kind: str
    id: int
    title: str
    client: str | None
    date: dt.date | None
    snippet: str


_NUMBERS: dict[str, tuple[Any, Any]] = {
    "key": (ProtectionKey, ProtectionKey.number_folded),
    "licence": (Licence, Licence.number_folded),
    "client": (Client, Client.sort_name),
    "product": (Product, Product.code_folded),
}
_FEW = 1000
"""So many beginnings are read by the index of numbers and sorted here; more are left to the look-up table."""
EXACT, BEGINNING, SOMEWHERE = range(3)


def matching(kind: str, text: str, limit: int, loosest: int = SOMEWHERE) -> list[Tier]:
    """The ids of the records that match all words, the best first, at most ``limit``; none worse than ``loosest``.

    Exact numbers and beginnings come from the index of numbers: the look-up table would walk through all records that
    share each three letters of a number that is not there.
    """
    found = _by_number(kind, fold(text), limit)
    for condition in words_match_in_turn(kind, text) if loosest == SOMEWHERE else ():
        if len(found) >= limit:
            break
        for record_id in newest(kind, condition, limit):
            found.setdefault(record_id, SOMEWHERE)
    return [(tier, record_id) for record_id, tier in found.items()][:limit]


def _by_number(kind: str, start: str, limit: int) -> dict[int, int]:
    """The tiers of the records that have this number, and of the newest whose number begins so; of one letter, too
    short to look up, of the first by number."""
    if not start or kind not in _NUMBERS:
        return {}
    table, column = _NUMBERS[kind]
    query = table.select(table.id, column).where((column >= start) & (column < start + "\U0010ffff")).order_by(column)
    too_short = len(start) < SHORTEST - 1
    rows = plain_rows(query.limit(limit if too_short else _FEW + 1))
    exact = sorted((record_id for record_id, number in rows if number == start), reverse=True)
    if too_short:
        beginning = [record_id for record_id, _number in rows]
    elif len(rows) <= _FEW:
        beginning = sorted((record_id for record_id, _number in rows), reverse=True)
    else:
        beginning = newest(kind, fragment_match(kind, f"^{start}"), limit)
    return dict.fromkeys(exact, EXACT) | {i: BEGINNING for i in beginning if i not in exact}


def find_keys_and_licences(text: str, limit: int = 50) -> list[KeyOrLicence]:
    """Keys and licences by any part of a number, client or product; words are ANDed.

    Within a tier the licences come before the keys, which have no day.
    """
    licences = matching("licence", text, limit)
    keys = matching("key", text, limit, loosest=SOMEWHERE if len(licences) < limit else BEGINNING)
    ranked = [(tier, "licence", i) for tier, i in licences] + [(tier, "key", i) for tier, i in keys]
    ranked = sorted(ranked, key=lambda one: one[0])[:limit]
    rows = {("key", row.id): row for row in keys_by_id([i for _tier, kind, i in ranked if kind == "key"])}
    rows |= {("licence", row.id): row for row in licences_by_id([i for _tier, kind, i in ranked if kind == "licence"])}
    present = [(tier, rows[kind, i]) for tier, kind, i in ranked if (kind, i) in rows]
    present.sort(key=lambda pair: (pair[0], -(pair[1].issued or dt.date.min).toordinal()))
    return [row for _tier, row in present]


def keys_by_id(ids: list[int]) -> list[KeyOrLicence]:
    """The keys of these ids."""
    if not ids:
        return []
    query = (
        ProtectionKey.select(
            ProtectionKey.id, ProtectionKey.number, ProtectionKey.model, ProtectionKey.state, Client.name
        )
        .join(Client, JOIN.LEFT_OUTER, on=(ProtectionKey.owner == Client.id))
        .where(among(ProtectionKey.id, ids))
    )
    rows = plain_rows(query)
    handed_over = _handed_over([row[0] for row in rows])
    return [
        KeyOrLicence(
            kind="key", id=key_id, number=number, key=number, owner=owner, client=owner, product=model or None,
            product_code=None, licence_name=None, issued=None, expires=None, state=state,
            shipment=handed_over.get(key_id), instance=None,
        )
        for key_id, number, model, state, owner in rows
    ]  # fmt: skip


def _handed_over(keys: list[int]) -> dict[int, str]:
    """By key, the document by which it was last handed over."""
    query = (
        KeyMovement.select(KeyMovement.key, Document.number, Document.id)
        .join(Document, on=(KeyMovement.about_id == Document.id))
        .where(among(KeyMovement.key, keys), KeyMovement.about_kind == "document", KeyMovement.kind == "hand_over")
    )
    return {key: number or f"#{document}" for key, number, document in plain_rows(query.order_by(KeyMovement.id))}


def licences_by_id(ids: list[int]) -> list[KeyOrLicence]:
    """The licences of these ids, each with its key, the key's owner, its client, product and instance."""
    if not ids:
        return []
    owner = Client.alias()
    query = (
        Licence.select(
            Licence.id, Licence.number, ProtectionKey.number, owner.name, Client.name, Product.name,
            Licence.product_code, Licence.name, Licence.issued, Licence.expires, Licence.state, Product.term_from,
            Licence.activated, ItemInstance.number, Document.number, Document.id,
        )
        .join(ProtectionKey, JOIN.LEFT_OUTER, on=(Licence.key == ProtectionKey.id))
        .join(owner, JOIN.LEFT_OUTER, on=(ProtectionKey.owner == owner.id))
        .switch(Licence)
        .join(Client, on=(Licence.client == Client.id))
        .switch(Licence)
        .join(Product, on=(Licence.product == Product.id))
        .switch(Licence)
        .join(ItemInstance, on=(Licence.instance == ItemInstance.id))
        .join(DocumentLine, JOIN.LEFT_OUTER, on=(ItemInstance.shipment_line == DocumentLine.id))
        .join(Document, JOIN.LEFT_OUTER, on=(DocumentLine.document == Document.id))
        .where(among(Licence.id, ids))
    )  # fmt: skip
    day, soon = today(), expiring_days()
    return [_licence(row, day, soon) for row in plain_rows(query)]


def _number_of(number: str | None, document: int | None) -> str | None:
    """A shipment by its number, or by its id while it is a draft."""
    return number or (None if document is None else f"#{document}")


def _licence(row: tuple[Any, ...], day: dt.date, soon: int) -> KeyOrLicence:
    (record_id, number, key, owner, client, product, code, name, issued, expires, state, term_from, activated,
     instance, shipment, shipment_id) = row  # fmt: skip
    issued, expires, activated = map(Licence.issued.python_value, (issued, expires, activated))
    return KeyOrLicence(
        kind="licence", id=record_id, number=number, key=key, owner=owner, client=client, product=product,
        product_code=code or None, licence_name=name, issued=issued, expires=expires,
        state=licence_status(state, term_from, activated, expires, day, soon),
        shipment=_number_of(shipment, shipment_id), instance=instance,
    )  # fmt: skip


def _found_clients(ids: list[int]) -> list[Found]:
    query = Client.select(Client.id, Client.name, Client.inn, Client.status, Client.created).where(
        among(Client.id, ids)
    )
    return [
        Found(
            "client",
            i,
            name,
            None,
            created.date(),
            " ".join(part for part in (inn, _(CLIENT_STATUSES.get(status, status))) if part),
        )
        for i, name, inn, status, created in tuples(query)
    ]


def _found_people(ids: list[int]) -> list[Found]:
    query = (
        Person.select(Person.id, Person.name, Client.name, Person.position).join(Client).where(among(Person.id, ids))
    )
    return [Found("person", i, name, client, None, position) for i, name, client, position in plain_rows(query)]


def _found_products(ids: list[int]) -> list[Found]:
    query = (
        Product.select(Product.id, Product.name, Product.code, Vendor.name)
        .join(Vendor, JOIN.LEFT_OUTER)
        .where(among(Product.id, ids))
    )
    return [
        Found("product", i, name, None, None, " ".join(part for part in (code, vendor) if part))
        for i, name, code, vendor in plain_rows(query)
    ]


def _found_keys(ids: list[int]) -> list[Found]:
    return [Found("key", row.id, row.number, row.owner, None, row.product or "") for row in keys_by_id(ids)]


def _found_licences(ids: list[int]) -> list[Found]:
    return [
        Found(
            "licence", row.id, row.number, row.client, row.issued,
            " ← ".join(part for part in (row.licence_name, row.key, row.shipment) if part),
        )
        for row in licences_by_id(ids)
    ]  # fmt: skip


def _found_documents(ids: list[int]) -> list[Found]:
    query = (
        Document.select(Document.id, Document.kind, Document.number, Client.name, Document.date, Document.state)
        .join(Client, JOIN.LEFT_OUTER, on=(Document.client == Client.id))
        .where(among(Document.id, ids))
    )
    return [
        Found(
            "document", i, f"{title_of(kind)} {number or f'#{i}'}", client, day,
            _(DOCUMENT_STATES.get(state, state)),
        )
        for i, kind, number, client, day, state in tuples(query)
    ]  # fmt: skip


def _found_deals(ids: list[int]) -> list[Found]:
    query = (
        Deal.select(Deal.id, Deal.number, Deal.title, Client.name, Deal.opened, Stage.name)
        .join(Client, JOIN.LEFT_OUTER, on=(Deal.client == Client.id))
        .switch(Deal)
        .join(Stage, on=(Deal.stage == Stage.id))
        .where(among(Deal.id, ids))
    )
    return [
        Found("deal", i, title, client, opened, f"{number} {stage}")
        for i, number, title, client, opened, stage in tuples(query)
    ]


def _found_contracts(ids: list[int]) -> list[Found]:
    contract = ContractHeader
    query = (
        contract.select(contract.id, contract.number, Client.name, contract.date, contract.subject, contract.state)
        .join(Client)
        .where(among(contract.id, ids))
    )
    return [
        Found(
            "contract", i, number, client, day, " ".join(filter(None, (subject, _(CONTRACT_STATES.get(state, state)))))
        )
        for i, number, client, day, subject, state in tuples(query)
    ]


FINDERS: dict[str, Callable[[list[int]], list[Found]]] = {
    "client": _found_clients,
    "person": _found_people,
    "key": _found_keys,
    "licence": _found_licences,
    "product": _found_products,
    "document": _found_documents,
    "deal": _found_deals,
    "contract": _found_contracts,
}


def find(text: str, kind: str | None = None, limit: int = 50) -> list[Found]:
    """Records of every kind, or of one, by any part of what they are known by, the best first; then messages."""
    ranked: list[tuple[int, int, Found]] = []
    for order, (name, finder) in enumerate(FINDERS.items()):
        if kind in (None, name):
            tiers = {record_id: tier for tier, record_id in matching(name, text, limit)}
            place = {record_id: n for n, record_id in enumerate(tiers)}
            rows = sorted(finder(list(tiers)), key=lambda row: place[row.id])
            ranked.extend((tiers[row.id], place[row.id] * len(FINDERS) + order, row) for row in rows)
    ranked.sort(key=lambda entry: entry[:2])
    found = [row for _tier, _place, row in ranked[:limit]]
    if kind not in (None, "message"):
        return found
    # Imported here: the look-up of keys, which this module is loaded for, asks for no message.
    from models.search.messages import find_messages, newest_with

    search = find_messages if kind == "message" else newest_with
    messages = search(text, limit - len(found)) if len(found) < limit else []
    return found + [Found("message", m.id, m.subject, m.client, m.date, m.snippet) for m in messages]
