"""Small worlds of licensing, by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.tables import Licence, LicenceEvent
from models.writing import Actor, Change, get
from tests.models.worlds import a_client, a_key, a_licence, a_product

ISSUED = dt.date(2026, 10, 1)
DAY = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def on_a_key(by: Actor | Change, code: str = "GRD-01", **values: Any) -> int:
    """A product whose licences live on a hardware key, of a year's term and maintenance."""
    given = {"protection_method": "hardware_key", "term_months": 12, "maintenance_months": 12}
    return a_product(by, code, **{**given, **values})


def an_issued_key(by: Actor | Change, client: int, number: str = "0A1F-4433", **values: Any) -> int:
    """A key that belongs to a client."""
    return a_key(by, number, owner=client, **values)


def licences_on_a_key(by: Actor | Change, count: int = 3) -> tuple[int, int, list[int]]:
    """A client's key with licences on it: the client, the key and the licences."""
    client, product = a_client(by), on_a_key(by)
    key = an_issued_key(by, client)
    return client, key, [a_licence(by, f"7-{number}", client, product, key=key) for number in range(count)]


def licence(record_id: int) -> Licence:
    """A licence as it stands now."""
    return get(Licence, record_id)


def key(record_id: int) -> ProtectionKey:
    """A key as it stands now."""
    return get(ProtectionKey, record_id)


def events(record_id: int) -> list[str]:
    """The kinds of a licence's events, in their order."""
    rows = LicenceEvent.select().where(LicenceEvent.licence == record_id).order_by(LicenceEvent.id)
    return [row.kind for row in rows]


def movements(record_id: int) -> list[tuple[str, int | None, int | None, str, str]]:
    """The movements of a key: kind, from, to, and the states before and after."""
    rows = KeyMovement.select().where(KeyMovement.key == record_id).order_by(KeyMovement.id)
    return [(row.kind, row.from_client_id, row.to_client_id, row.from_state, row.to_state) for row in rows]
