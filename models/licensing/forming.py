"""Forming item instances from the lines of invoices, shipments and licence orders: one per line, never twice.

A line of a product that is unique, or of keys, has one instance per unit. A shipment takes over the instances that were
formed from what it was made from; of a part it takes a part, and the rest stays an instance of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.company.permissions import EDIT_LICENCES, READ
from models.company.sequences import next_number
from models.errors import RuleBroken
from models.language import _
from models.licensing.numbering import instance_number
from models.licensing.reservations import drop_picks
from models.licensing.tables import ItemInstance, Licence
from models.lookup import among
from models.sales.conversion import Family
from models.sales.events import LinesSet
from models.sales.families import family_of, lines_of
from models.sales.states import name_of
from models.sales.tables import Document, DocumentLine
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from models.writing import Change, action, get

INVOICE = "invoice"
HANDING_OVER = frozenset({"shipment", "licence_order"})
"""Kinds of document that hand instances over."""
HAS_INSTANCES = frozenset({INVOICE, *HANDING_OVER})
WITHOUT_INSTANCES = frozenset({"goods"})
"""Kinds of product of which one is like the other."""
_ONE = Decimal(1)


@action("form_instances", READ)
def form_instances(change: Change, document_id: int) -> list[int]:
    """Form what is missing of a document's instances; a shipment takes over those of its basis. Returns all their ids.

    Raises ``RuleBroken`` where the document's kind or state has none to form.
    """
    document = get(Document, document_id)
    if not change.actor.may(EDIT_LICENCES):
        change.actor.require(KINDS_OF_DOCUMENT[document.kind].permission)
    if document.kind == INVOICE:
        if document.state not in LIVE_STATES:
            raise RuleBroken(
                "state",
                _("{document} does not stand.").format(document=name_of(document)),
                _("Issue the invoice first."),
            )
        return [one.id for one in _formed_from_invoice(change, document)]
    if document.kind not in HANDING_OVER or document.state != "draft":
        raise RuleBroken(
            "state",
            _("No instances are formed from {document}.").format(document=name_of(document)),
            _("They are formed from an issued invoice, or from a shipment or licence order that is a draft."),
        )
    return [one.id for one in arrange(change, document)]


def instances_of(document: Document) -> list[ItemInstance]:
    """The instances of a document, in the order of its lines."""
    link = ItemInstance.line if document.kind == INVOICE else ItemInstance.shipment_line
    query = ItemInstance.select().join(DocumentLine, on=(link == DocumentLine.id))
    query = query.where((DocumentLine.document == document.id) & (ItemInstance.state != "cancelled"))
    return list(query.order_by(DocumentLine.position, DocumentLine.id, ItemInstance.id))


def lines_with_instances(document: Document) -> Iterator[tuple[DocumentLine, Product]]:
    """The lines of a document that instances are formed from, with their products."""
    lines = lines_of([document.id])
    ids = sorted({line.product_id for line in lines if line.product_id is not None})
    products = {product.id: product for product in Product.select().where(among(Product.id, ids))}
    for line in lines:
        product = products.get(line.product_id or 0)
        if product is None or product.kind in WITHOUT_INSTANCES or line.optional or line.quantity <= 0:
            continue
        yield line, product


def one_per_unit(product: Product) -> bool:
    """Whether each unit of a product is an instance of its own: a key has a number of its own, whatever else is."""
    return bool(product.unique_items) or product.kind == "key"


def _formed_from_invoice(change: Change, document: Document) -> list[ItemInstance]:
    for line, product in lines_with_instances(document):
        form(change, document, line, product, _unformed(line), {"origin": INVOICE, "line": line.id})
    return instances_of(document)


def _unformed(line: DocumentLine) -> Decimal:
    """Of how much of an invoice's line there is no instance yet, nor one that a shipment of the same sale formed."""
    family = family_of([line.id])
    first = [node for node in family.upwards(line.id) if node.limits("shipment")][-1]
    own: Decimal = line.quantity - _formed_below(family, line.id)
    return min(own, first.quantity - _formed_below(family, first.id))


def _formed_below(family: Family, line: int) -> Decimal:
    lines = [line, *(node.id for node in family.below(line))]
    formed = ItemInstance.select().where(among(ItemInstance.line, lines), ItemInstance.state != "cancelled")
    return sum((one.quantity or _ONE for one in formed), Decimal(0))


def form(
    change: Change,
    document: Document,
    line: DocumentLine,
    product: Product,
    quantity: Decimal,
    links: dict[str, object],
) -> None:
    """Form instances of so much of a line."""
    for part in _parts(product, quantity):
        change.insert(
            ItemInstance(
                number=instance_number(next_number(change, "instance")),
                product=product.id,
                client=document.client_id,
                end_user=line.end_user_id or document.end_user_id,
                protection_method=product.protection_method,
                state="formed",
                formed=document.date,
                quantity=part,
                **links,
            )
        )


def _parts(product: Product, quantity: Decimal) -> Iterator[Decimal]:
    if not one_per_unit(product):
        if quantity > 0:
            yield quantity
        return
    while quantity > 0:
        yield min(_ONE, quantity)
        quantity -= _ONE


def arrange(change: Change, document: Document) -> list[ItemInstance]:
    """Let each line of a shipment have the instances of its quantity: taken over, formed, or given back."""
    found = instances_of(document)
    for line, product in lines_with_instances(document):
        own = [one for one in found if one.shipment_line_id == line.id]
        missing = line.quantity - sum((one.quantity or _ONE for one in own), Decimal(0))
        if missing < 0:
            _give_back(change, own, -missing)
        elif missing > 0:
            missing -= _take_over(change, line, product, missing)
            links = {"origin": document.kind, "line": line.id, "shipment_line": line.id}
            form(change, document, line, product, missing, links)
    return instances_of(document)


def follow_lines(change: Change, event: LinesSet) -> None:
    """The lines of a draft changed that has instances: they follow. A reduction that would lose licences is refused."""
    if event.kind in HANDING_OVER:
        document = get(Document, event.document)
        if instances_of(document):
            arrange(change, document)


def _take_over(change: Change, line: DocumentLine, product: Product, wanted: Decimal) -> Decimal:
    """Take instances that wait for what this line was made from; returns of how much there were some."""
    taken = Decimal(0)
    for one in _waiting(line, product):
        if taken == wanted:
            break
        quantity = one.quantity or _ONE
        if quantity > wanted - taken:
            split_off(change, one, quantity - (wanted - taken))
            quantity = wanted - taken
        change.update(one, {"shipment_line": line.id, "end_user": line.end_user_id or one.end_user_id})
        taken += quantity
    return taken


def _waiting(line: DocumentLine, product: Product) -> list[ItemInstance]:
    """Instances of the same sale that no shipment has taken yet; those of the line's own basis first."""
    kin = [node for node in family_of([line.id]).nodes if node != line.id]
    waiting = ItemInstance.select().where(
        among(ItemInstance.line, kin),
        ItemInstance.shipment_line.is_null(),
        ItemInstance.state == "formed",
        ItemInstance.product == product.id,
    )
    return sorted(waiting, key=lambda one: (one.line_id != line.basis_line_id, one.id))


def split_off(change: Change, instance: ItemInstance, quantity: Decimal) -> None:
    """Make an instance of its own of a part of one. Licences stay, as many as there is room for; the last go along."""
    names = ("product", "client", "end_user", "protection_method", "state", "origin", "formed", "requirements", "line")
    values = {name: instance.__data__[name] for name in names}
    number = instance_number(next_number(change, "instance"))
    change.update(instance, {"quantity": (instance.quantity or _ONE) - quantity})
    part = change.insert(ItemInstance(number=number, quantity=quantity, **values))
    more = _licences_of(instance)[int(instance.quantity) :]
    change.update_columns(Licence, {licence: {"instance_id": part.id} for licence in more})


def _give_back(change: Change, instances: list[ItemInstance], surplus: Decimal) -> None:
    """A line was reduced: its last instances wait again, or go where the line itself had formed them."""
    for one in reversed(instances):
        quantity = one.quantity or _ONE
        if surplus <= 0:
            return
        if quantity <= surplus:
            drop_picks(change, [one])
            release(change, [one])
        elif one.line_id == one.shipment_line_id:
            if len(licences := _licences_of(one)) > quantity - surplus:
                raise _licences_entered(one, len(licences))
            change.update(one, {"quantity": quantity - surplus})
        else:
            split_off(change, one, surplus)
        surplus -= quantity


def release(change: Change, instances: Collection[ItemInstance], *, with_licences: bool = False) -> None:
    """Free instances from the lines of a draft; what these had formed themselves goes, unless it has licences.

    ``with_licences`` lets licences that were only reserved go as well.
    """
    for one in instances:
        if one.line_id != one.shipment_line_id:
            change.update(one, {"shipment_line": None})
            _unite(change, one)
            continue
        licences = _licences_of(one)
        if licences and not with_licences:
            raise _licences_entered(one, len(licences))
        change.delete_rows(Licence, licences)
        change.delete(one)


def _licences_of(instance: ItemInstance) -> list[int]:
    own = Licence.select(Licence.id).where(Licence.instance == instance.id).order_by(Licence.id)
    return [licence for (licence,) in tuples(own)]


def _licences_entered(instance: ItemInstance, number: int) -> RuleBroken:
    return RuleBroken(
        "lines",
        _("{number} licences are entered for {instance}.").format(number=number, instance=instance.number),
        _("Take them out first."),
    )


def _unite(change: Change, instance: ItemInstance) -> None:
    """Join an instance that waits again with what was split off it, so that a taken back shipment leaves no trace."""
    if one_per_unit(get(Product, instance.product_id)):
        return
    same = ItemInstance.select().where(
        ItemInstance.line == instance.line_id,
        ItemInstance.shipment_line.is_null(),
        ItemInstance.state == "formed",
        ItemInstance.id != instance.id,
        ItemInstance.requirements == instance.requirements,
    )
    for other in same:
        if not Licence.select().where(Licence.instance == other.id).exists():
            change.update(instance, {"quantity": (instance.quantity or _ONE) + (other.quantity or _ONE)})
            change.delete(other)
