"""Small worlds for the tests, by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.catalogue.actions import add_product, vendor_named
from models.clients.actions import add_client
from models.clients.interaction_actions import add_interaction
from models.keys.actions import add_key
from models.licensing.actions import add_licence
from models.reminders.actions import add_reminder
from models.writing import Actor, Change


def a_client(by: Actor | Change, name: str = "ООО «Ромашка»", **values: Any) -> int:
    """A client of a name."""
    return add_client(by, {"name": name, **values})


def a_product(by: Actor | Change, code: str = "GRD-01", **values: Any) -> int:
    """A product with a vendor."""
    vendor = vendor_named(by, values.pop("vendor", "Гранд"))
    return add_product(by, {"code": code, "name": f"Гранд-Смета {code}", "vendor": vendor, **values})


def a_key(by: Actor | Change, number: str = "0A1F-4433", **values: Any) -> int:
    """A key, in stock unless it is given an owner."""
    return add_key(by, {"number": number, "model": "HASP HL Pro", **values})


def a_licence(by: Actor | Change, number: str, client: int, product: int, **values: Any) -> int:
    """A licence issued on 1 October 2026."""
    given = {"number": number, "client": client, "product": product, "issued": dt.date(2026, 10, 1), **values}
    return add_licence(by, given)


def a_reminder(by: Actor | Change, due: dt.datetime, text: str = "Call back", **values: Any) -> int:
    """A reminder of one's own."""
    return add_reminder(by, {"due": due, "text": text, "operator": _own_id(by), **values})


def an_interaction(by: Actor | Change, client: int, subject: str = "The price of an upgrade", **values: Any) -> int:
    """A call to a client, now unless a moment is given."""
    return add_interaction(by, {"client": client, "subject": subject, **values})


def _own_id(by: Actor | Change) -> int | None:
    return by.actor.operator_id if isinstance(by, Change) else by.operator_id
