"""A correction takes back units of a line: first the licences and keys of these units have to have come back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.errors import RuleBroken
from models.keys.tables import ProtectionKey
from models.language import _
from models.licensing.tables import ItemInstance, Licence
from models.licensing.vocabulary import ENDED_STATES
from models.lookup import among
from models.sales.corrections import in_force
from models.sales.families import lines_of
from models.sales.tables import Document
from models.writing import get

_WITH_CLIENTS = ("issued", "lent")
_NAMED = 5


def refuse_units_still_out(correction: Document) -> None:
    """Raise where a line would be left with fewer units than licences of it stand, or keys of it are with the client.

    A correction states sums anew and moves no keys or licences: what came back is entered on them, each with its day.
    """
    original = get(Document, correction.corrects_id or 0)
    left = {one.id: one.line.quantity for one in in_force([original.id])}
    for line in lines_of([original.id]):
        quantity = left.get(line.id, Decimal(0))
        if quantity < line.quantity:
            _refuse(line.id, quantity, original.client_id)


def _refuse(line: int, left: Decimal, client: int | None) -> None:
    instances = list(ItemInstance.select().where(ItemInstance.shipment_line == line, ItemInstance.state == "delivered"))
    if not instances:
        return
    product = get(Product, instances[0].product_id).name
    ids = [one.id for one in instances]
    living = among(Licence.instance, ids) & Licence.state.not_in(sorted(ENDED_STATES))
    licences = [number for (number,) in tuples(Licence.select(Licence.number).where(living).order_by(Licence.id))]
    if len(licences) > left:
        raise RuleBroken(
            "lines",
            _("{product}: {left} would be left, but {number} of its licences stand: {numbers}.").format(
                product=product, left=_plain(left), number=len(licences), numbers=_some(licences)
            ),
            _("Take back or revoke those that the client returns (L on the licence), then post the correction."),
        )
    if instances[0].product.kind != "key":
        return
    picked = [one.key_id for one in instances if one.key_id is not None]
    out = among(ProtectionKey.id, picked) & ProtectionKey.state.in_(_WITH_CLIENTS) & (ProtectionKey.owner == client)
    found = ProtectionKey.select(ProtectionKey.number).where(out).order_by(ProtectionKey.id)
    keys = [number for (number,) in tuples(found)]
    if len(keys) > left:
        raise RuleBroken(
            "lines",
            _("{product}: {left} would be left, but {number} of its keys are with the client: {numbers}.").format(
                product=product, left=_plain(left), number=len(keys), numbers=_some(keys)
            ),
            _("Enter those that came back (M on the key), then post the correction."),
        )


def _some(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_NAMED]) + (" …" if len(numbers) > _NAMED else "")


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"
