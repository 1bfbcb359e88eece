"""Small worlds of licensing, by name: what was invoiced, and the shipment that hands it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.keys.tables import ProtectionKey
from models.licensing.blocks import Numbered, numbers_of
from models.licensing.entering import add_licences
from models.licensing.forming import form_instances, instances_of
from models.licensing.picking import pick_key
from models.licensing.tables import ItemInstance, Licence
from models.sales.actions_next import make_next
from models.sales.tables import Document
from models.writing import Actor
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_client, a_key, a_product

DAY = dt.date(2026, 11, 20)
KEYED: dict[str, Any] = {"kind": "licence", "protection_method": "hardware_key", "price": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Sold:
    """An invoice for two licences of one product and a key, and the client who pays."""

    client: int
    product: int
    key_product: int
    invoice: int


def sold(by: Actor, licences: int = 2, *, with_key: bool = True, client: int | None = None, **policy: Any) -> Sold:
    """An issued invoice for so many licences, and for a key."""
    client = client if client is not None else a_client(by)
    product = a_product(by, "GS-1", **{**KEYED, **policy})
    key_product = a_product(by, "KEY-1", kind="key", price=Decimal(500))
    lines: list[dict[str, Any]] = [{"product": product, "quantity": Decimal(licences)}]
    if with_key:
        lines.append({"product": key_product, "quantity": Decimal(1)})
    return Sold(client, product, key_product, an_issued(by, "invoice", lines, client=client, date=DAY))


def shipment_of(by: Actor, invoice: int, quantities: Any = None) -> int:
    """A draft shipment of an invoice, whole or in part, its instances arranged."""
    made = make_next(by, [invoice], "shipment", quantities, {"date": DAY})
    form_instances(by, made)
    return made


def ready(by: Actor, world: Sold, numbers: str = "GS-100001..GS-100002", key: str = "0A1F-4433") -> int:
    """A draft shipment with its key picked and its licences entered."""
    shipment = shipment_of(by, world.invoice)
    formed = instances(shipment)
    pick_key(by, [one.id for one in formed], a_key(by, key))
    add_licences(by, formed[0].id, numbers_of(numbers))
    return shipment


def instances(document: int) -> list[ItemInstance]:
    """The instances of a document."""
    return instances_of(Document.get_by_id(document))


def numbered(*numbers: str) -> list[Numbered]:
    """Numbers as if each stood on a line."""
    return [Numbered(line, number) for line, number in enumerate(numbers, 1)]


def licences_on(instance: int) -> list[Licence]:
    """The licences of an instance, in the order in which they were entered."""
    return list(Licence.select().where(Licence.instance == instance).order_by(Licence.id))


def key_now(key: int) -> ProtectionKey:
    """A key as it is."""
    found: ProtectionKey = ProtectionKey.get_by_id(key)
    return found


def quantities(found: Sequence[ItemInstance]) -> list[Decimal | None]:
    """Of how much each instance is."""
    return [one.quantity for one in found]
