"""What the screen of a document's keys and licences shows: its instances as a list, and what of them is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from peewee import fn

from models.actor import Actor
from models.base import tuples
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.company.permissions import EDIT_LICENCES
from models.conditions import FilterField
from models.keys.tables import ProtectionKey
from models.language import N_
from models.licensing.forming import HANDING_OVER, HAS_INSTANCES, INVOICE
from models.licensing.tables import ItemInstance, Licence
from models.licensing.transitions import needs_key
from models.licensing.vocabulary import INSTANCE_STATES
from models.listing import Column, Sort
from models.lookup import among
from models.sales.states import name_of
from models.sales.tables import Document, DocumentLine
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from models.table_listing import Join, ListColumn, ListDefinition, TableListing
from models.writing import get

LICENSED = frozenset({"licence", "subscription"})
"""Kinds of product whose instances carry licences."""
_I = ItemInstance
_licences = Licence.select(fn.COUNT(Licence.id)).where(Licence.instance == ItemInstance.id)


def _instances_by(link: object) -> ListDefinition:
    return ListDefinition(
        kind="instance",
        table=ItemInstance,
        columns=(
            ListColumn(
                Column("line", N_("Line"), "integer", width=6, sort="slow"), DocumentLine.position, joins=("line",)
            ),
            ListColumn(Column("product", N_("Product"), width=26), Product.name),
            ListColumn(Column("quantity", N_("Quantity"), "quantity", width=10), _I.quantity),
            ListColumn(Column("licences", N_("Licences"), "integer", width=8), _licences),
            ListColumn(Column("key", N_("Key"), width=14), ProtectionKey.number),
            ListColumn(Column("state", N_("State"), "state", width=10, priority=2), _I.state),
            ListColumn(Column("number", N_("Number"), width=11, priority=3), _I.number),
            ListColumn(Column("reason", N_("Why this key"), width=18, priority=4), _I.key_reason),
            ListColumn(Column("end_user", N_("End user"), width=20, priority=5), Client.name),
        ),
        fields=(
            FilterField("product", "text", Product.name, title=N_("Product")),
            FilterField("state", "state", _I.state, values=INSTANCE_STATES, title=N_("State")),
        ),
        default_sort=Sort("line"),
        joins={
            "line": Join(DocumentLine, link == DocumentLine.id, required=True),
            "product": Join(Product, _I.product == Product.id, required=True),
            "key": Join(ProtectionKey, _I.key == ProtectionKey.id),
            "end_user": Join(Client, _I.end_user == Client.id),
        },
    )


FORMED_FROM, HANDED_OVER_BY = _instances_by(_I.line), _instances_by(_I.shipment_line)


def document_instances(document_id: int, kind: str) -> TableListing:
    """The instances of a document, in the order of its lines."""
    definition, link = (FORMED_FROM, _I.line) if kind == INVOICE else (HANDED_OVER_BY, _I.shipment_line)
    lines = DocumentLine.select(DocumentLine.id).where(DocumentLine.document == document_id)
    return TableListing.of(definition, link.in_(lines) & (_I.state != "cancelled"))


@dataclass(frozen=True, slots=True)
class InstanceFacts:
    """An instance of a document: what it is of, how much of it is licensed, and whether it waits for a key."""

    id: int
    number: str
    line: int
    product_id: int
    product: str
    state: str
    quantity: Decimal | None
    licences: int
    licensed: bool
    """Its product is one of which licences are entered."""
    key_id: int | None
    key: str
    lacks_key: bool

    @property
    def room(self) -> int | None:
        """How many licences more it takes; None where that is not bounded."""
        return None if self.quantity is None else max(0, int(self.quantity) - self.licences)


@dataclass(frozen=True, slots=True)
class DocumentKeys:
    """The keys and licences of a document: its name and state, and its instances by id."""

    name: str
    kind: str
    state: str
    forms: bool
    """Opening it forms what is missing of its instances."""
    picks: bool
    """Keys are picked here: it is the draft of a shipment or licence order."""
    instances: Mapping[int, InstanceFacts]


def has_keys(kind: str, state: str) -> bool:
    """Whether a document of a kind and state has instances, or may have some."""
    if kind == INVOICE:
        return state in LIVE_STATES
    return kind in HANDING_OVER and state != "cancelled"


def keys_of_document(document_id: int, actor: Actor) -> DocumentKeys:
    """The keys and licences of a document, as an operator may go on with them; raises ``NotFound``."""
    document = get(Document, document_id)
    draft = document.kind in HANDING_OVER and document.state == "draft"
    may_form = actor.may(EDIT_LICENCES) or actor.may(KINDS_OF_DOCUMENT[document.kind].permission)
    forms = may_form and (draft or (document.kind == INVOICE and document.state in LIVE_STATES))
    return DocumentKeys(
        name_of(document),
        document.kind,
        document.state,
        forms,
        draft and actor.may(KINDS_OF_DOCUMENT[document.kind].permission),
        {one.id: one for one in instance_facts(_ids(document), document.kind)},
    )


def _ids(document: Document) -> list[int]:
    if document.kind not in HAS_INSTANCES:
        return []
    link = _I.line if document.kind == INVOICE else _I.shipment_line
    lines = DocumentLine.select(DocumentLine.id).where(DocumentLine.document == document.id)
    query = _I.select(_I.id).where(link.in_(lines), _I.state != "cancelled")
    return [instance for (instance,) in tuples(query.order_by(_I.id))]


def instance_facts(ids: list[int], kind: str = "") -> list[InstanceFacts]:
    """What is to be known of instances before something is entered on them, in their order.

    Their lines are those of an invoice, where that is the kind, else those that hand them over.
    """
    counted = Licence.select(Licence.instance, fn.COUNT(Licence.id)).where(among(Licence.instance, ids))
    licences = dict(tuples(counted.group_by(Licence.instance)))
    found = {one.id: one for one in _I.select().where(among(_I.id, ids))}
    return [_facts(found[one], licences.get(one, 0), kind) for one in ids if one in found]


def _facts(one: ItemInstance, licences: int, kind: str) -> InstanceFacts:
    product, line = one.product, one.line if kind == INVOICE else one.shipment_line or one.line
    waits = product.kind == "key" or (needs_key(product) and product.kind in LICENSED)
    return InstanceFacts(
        one.id,
        one.number,
        line.position if line is not None else 0,
        one.product_id,
        product.name,
        one.state,
        one.quantity,
        licences,
        product.kind in LICENSED,
        one.key_id,
        one.key.number if one.key is not None else "",
        waits and one.key_id is None and one.state == "formed",
    )
