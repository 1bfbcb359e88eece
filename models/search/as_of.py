"""The look-up of keys and licences as of a past day: whose they were then, on which key, in what state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from models.base import tuples
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.company.settings import expiring_days
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.as_of import keys_as_of, licences_as_of
from models.licensing.status import licence_status
from models.licensing.tables import Licence, LicenceEvent
from models.lookup import among, newest, words_match
from models.search.queries import KeyOrLicence, keys_by_id, licences_by_id, matching
from models.text import fold, folded_words

_LOOKED_THROUGH = 2000
"""So many of those that are found today, and of those that changed since, are held against the words."""


def find_as_of(text: str, day: dt.date, limit: int = 50) -> list[KeyOrLicence]:
    """Keys and licences that had all words on a day: in their number, client, key, owner or product of that day."""
    words, whole = folded_words(text), fold(text)
    if not words:
        return []
    rows = [*_licences(text, words, day), *_keys(text, words, day)]
    there = [row for row in rows if _has_words(row, words, whole)]
    return sorted(there, key=lambda row: _rank(row, whole))[:limit]


def _rank(row: KeyOrLicence, wanted: str) -> tuple[int, int, str]:
    number = fold(row.number)
    tier = 0 if number == wanted else 1 if number.startswith(wanted) else 2
    return tier, -(row.issued or dt.date.min).toordinal(), number


def _has_words(row: KeyOrLicence, words: list[str], whole: str) -> bool:
    told = (row.number, row.key, row.owner, row.client, row.product, row.product_code, row.licence_name)
    fields = [fold(field) for field in told if field]
    return any(whole in field for field in fields) or all(any(word in field for field in fields) for word in words)


def _keys(text: str, words: list[str], day: dt.date) -> Iterator[KeyOrLicence]:
    since = (KeyMovement.day > day) & among(KeyMovement.from_client, _found("client", words))
    ids = {record_id for _tier, record_id in matching("key", text, _LOOKED_THROUGH)}
    ids.update(key for (key,) in tuples(KeyMovement.select(KeyMovement.key).where(since).limit(_LOOKED_THROUGH)))
    then = keys_as_of(ids, day)
    names = _names(Client, Client.name, (one.owner for one in then.values()))
    for row in keys_by_id(sorted(then)):
        was = then[row.id]
        owner = names.get(was.owner)
        yield replace(row, owner=owner, client=owner, state=was.state, shipment=_by_then(row, day))


def _by_then(row: KeyOrLicence, day: dt.date) -> str | None:
    """The shipment, unless the key was handed over later."""
    later = (KeyMovement.key == row.id) & (KeyMovement.day > day) & (KeyMovement.kind == "hand_over")
    return None if row.shipment is None or KeyMovement.select().where(later).exists() else row.shipment


def _licences(text: str, words: list[str], day: dt.date) -> Iterator[KeyOrLicence]:
    moved = among(LicenceEvent.from_client, _found("client", words)) | among(
        LicenceEvent.from_key, _found("key", words)
    )
    since = LicenceEvent.select(LicenceEvent.licence).where((LicenceEvent.day > day) & moved)
    ids = {record_id for _tier, record_id in matching("licence", text, _LOOKED_THROUGH)}
    ids.update(licence for (licence,) in tuples(since.limit(_LOOKED_THROUGH)))
    then = licences_as_of(ids, day)
    keys = keys_as_of({one["key"] for one in then.values() if one["key"]}, day)
    numbers = _names(ProtectionKey, ProtectionKey.number, keys)
    owners = {key: was.owner for key, was in keys.items()}
    clients = _names(Client, Client.name, [*(one["client"] for one in then.values()), *owners.values()])
    terms = dict(tuples(Licence.select(Licence.id, Licence.product).where(among(Licence.id, sorted(then)))))
    starts = _term_starts(terms.values())
    soon = expiring_days()
    for row in licences_by_id(sorted(then)):
        was = then[row.id]
        start = starts[terms[row.id]]
        yield replace(
            row,
            key=numbers.get(was["key"]),
            owner=clients.get(owners.get(was["key"])),
            client=clients.get(was["client"]),
            issued=was["issued"],
            expires=was["expires"],
            state=licence_status(was["state"], start, was["activated"], was["expires"], day, soon),
        )


def _found(kind: str, words: list[str]) -> list[int]:
    """The records of a kind that any of the words finds: whose a thing was then is no part of its text today."""
    found: set[int] = set()
    for word in words:
        if (condition := words_match(kind, word)) is not None:
            found.update(newest(kind, condition, _LOOKED_THROUGH))
    return sorted(found)


def _names(table: Any, label: Any, ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = sorted({one for one in ids if one is not None})
    return dict(tuples(table.select(table.id, label).where(among(table.id, wanted))))


def _term_starts(products: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(products))
    return dict(tuples(Product.select(Product.id, Product.term_from).where(among(Product.id, wanted))))
