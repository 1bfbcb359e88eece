"""The lists of licences and item instances."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Case

from models.catalogue.tables import Product
from models.clients.tables import Client
from models.clock import today
from models.company.settings import expiring_days
from models.conditions import Condition, FilterField
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.language import N_
from models.licensing.tables import ItemInstance, Licence, LicenceEvent
from models.licensing.vocabulary import (
    EVENT_KINDS,
    INSTANCE_ORIGINS,
    INSTANCE_STATES,
    LICENCE_KINDS,
    LICENCE_STATUSES,
)
from models.listing import Column, Sort
from models.lookup import named
from models.sales.tables import Document, DocumentLine
from models.table_listing import Join, ListColumn, ListDefinition

_L = Licence
_EndUser, _Older = Client.alias(), Licence.alias()


def has_status(status: str) -> Condition:
    """The condition that a licence has a derived status today; the same rule as ``licence_status``, in SQL."""
    if status in ("suspended", "superseded", "revoked"):
        return _L.state == status
    soon = today() + dt.timedelta(days=expiring_days())
    on_activation = _L.product.in_(Product.select(Product.id).where(Product.term_from == "activation"))
    dormant = (_L.state == "reserved") | (on_activation & _L.activated.is_null())
    if status == "inactive":
        return _L.state.in_(("reserved", "issued")) & dormant
    running = (_L.state == "issued") & ~(on_activation & _L.activated.is_null())
    by_day: dict[str, Any] = {
        "active": _L.expires.is_null() | (_L.expires > soon),
        "expiring": _L.expires.between(today(), soon),
        "expired": _L.expires < today(),
    }
    return running & by_day[status]


def status_today() -> Any:
    """The derived status of a licence as an expression over licence and product."""
    soon = today() + dt.timedelta(days=expiring_days())
    return Case(
        None,
        (
            (_L.state.in_(("suspended", "superseded", "revoked")), _L.state),
            ((_L.state == "reserved") | ((Product.term_from == "activation") & _L.activated.is_null()), "inactive"),
            (_L.expires.is_null() | (_L.expires > soon), "active"),
            (_L.expires >= today(), "expiring"),
        ),
        "expired",
    )


LICENCES = ListDefinition(
    kind="licence",
    table=Licence,
    columns=(
        ListColumn(
            Column("number", N_("Number"), width=20, sort="fast"), _L.number, _L.number_folded, ties=(_L.number_scope,)
        ),
        ListColumn(Column("name", N_("Licence name"), width=28, priority=2), _L.name),
        ListColumn(
            Column("client", N_("Client"), width=26, sort="slow"), Client.name, Client.sort_name, joins=("client",)
        ),
        ListColumn(Column("key", N_("Key"), width=16, priority=3), ProtectionKey.number),
        ListColumn(Column("issued", N_("Issued"), "date", width=10, priority=3, sort="fast"), _L.issued),
        ListColumn(Column("expires", N_("Expires"), "date", width=10, sort="fast"), _L.expires),
        ListColumn(Column("state", N_("State"), "state", width=10, priority=4), _L.state, compute=status_today),
        ListColumn(Column("product_code", N_("Product code"), width=12, priority=5), _L.product_code),
        ListColumn(Column("seats", N_("Seats"), "integer", width=5, priority=6), _L.seats),
        ListColumn(Column("kind", N_("Kind"), "state", width=9, priority=6, hidden=True), _L.kind),
        ListColumn(Column("product", N_("Product"), width=28, priority=6, hidden=True), Product.name),
        ListColumn(Column("instance", N_("Instance"), width=10, priority=6, hidden=True), ItemInstance.number),
        ListColumn(
            Column("maintenance_until", N_("Maintenance until"), "date", width=10, priority=6, hidden=True),
            _L.maintenance_until,
        ),
        ListColumn(Column("activated", N_("Activated"), "date", width=10, priority=6, hidden=True), _L.activated),
        ListColumn(Column("end_user", N_("End user"), width=26, priority=7, hidden=True), _EndUser.name),
        ListColumn(Column("supersedes", N_("Supersedes"), width=16, priority=7, hidden=True), _Older.number),
        ListColumn(Column("vendor_order", N_("Vendor's order"), width=12, priority=7, hidden=True), _L.vendor_order),
        ListColumn(
            Column("vendor_account", N_("Vendor's account"), width=12, priority=7, hidden=True), _L.vendor_account
        ),
        ListColumn(Column("note", N_("Note"), width=20, priority=8, hidden=True), _L.note),
    ),
    fields=(
        FilterField("number", "folded", _L.number_folded, title=N_("Number")),
        FilterField("client", "text", _L.client, ask=lambda text: named(_L.client, "client", text), title=N_("Client")),
        FilterField("product", "text", _L.product, ask=lambda t: named(_L.product, "product", t), title=N_("Product")),
        FilterField("key", "text", _L.key, ask=lambda text: named(_L.key, "key", text), title=N_("Key")),
        FilterField("code", "text", _L.product_code, title=N_("Product code")),
        FilterField("issued", "date", _L.issued, title=N_("Issued")),
        FilterField("expires", "date", _L.expires, title=N_("Expires")),
        FilterField("maintenance", "date", _L.maintenance_until, title=N_("Maintenance until")),
        FilterField("state", "state", None, ask=has_status, values=LICENCE_STATUSES, title=N_("State")),
        FilterField("kind", "state", _L.kind, values=LICENCE_KINDS, title=N_("Kind")),
        FilterField("seats", "integer", _L.seats, title=N_("Seats")),
        FilterField("order", "text", _L.vendor_order, title=N_("Vendor's order")),
    ),
    default_sort=Sort("number"),
    joins={
        "client": Join(Client, _L.client == Client.id, required=True),
        "key": Join(ProtectionKey, _L.key == ProtectionKey.id),
        "product": Join(Product, _L.product == Product.id, required=True),
        "instance": Join(ItemInstance, _L.instance == ItemInstance.id, required=True),
        "end_user": Join(_EndUser, _L.end_user == _EndUser.id),
        "supersedes": Join(_Older, _L.supersedes == _Older.id),
    },
    lookup="licence",
)


def _client_of(licence_id: int) -> RecordRef | None:
    return _link("client", Licence.select(_L.client).where(_L.id == licence_id))


def _instance_of(licence_id: int) -> RecordRef | None:
    return _link("instance", Licence.select(_L.instance).where(_L.id == licence_id))


def _shipment_of(licence_id: int) -> RecordRef | None:
    lines = ItemInstance.select(ItemInstance.shipment_line).join(Licence, on=(_L.instance == ItemInstance.id))
    query = DocumentLine.select(DocumentLine.document).where(DocumentLine.id.in_(lines.where(_L.id == licence_id)))
    return _link("document", query)


def _link(kind: str, query: Any) -> RecordRef | None:
    found = query.scalar()
    return None if found is None else RecordRef(kind, int(found))


_column = {column.column.id: column for column in LICENCES.columns}
SERIAL_NUMBERS = LICENCES._replace(
    columns=(
        _column["number"]._replace(column=_column["number"].column._replace(width=16)),
        ListColumn(
            Column("client", N_("Client"), width=20, priority=3, sort="slow"),
            Client.name,
            Client.sort_name,
            joins=("client",),
        ),
        ListColumn(Column("issued", N_("Issued"), "date", width=10, priority=4, sort="fast"), _L.issued),
        ListColumn(Column("name", N_("Licence name"), width=24, priority=5), _L.name),
        ListColumn(Column("product_code", N_("Product code"), width=12, priority=6), _L.product_code),
        ListColumn(Column("shipment", N_("Shipment"), width=9, priority=2), Document.number),
        ListColumn(Column("instance", N_("Instance"), width=11, priority=2), ItemInstance.number),
        ListColumn(Column("state", N_("State"), "state", width=10), _L.state, compute=status_today),
        ListColumn(Column("key", N_("Key"), width=14, priority=7), ProtectionKey.number),
        ListColumn(Column("expires", N_("Expires"), "date", width=10, priority=6, sort="fast"), _L.expires),
        ListColumn(Column("end_user", N_("End user"), width=20, priority=8), _EndUser.name),
    ),
    joins={
        **LICENCES.joins,
        "shipment_line": Join(DocumentLine, ItemInstance.shipment_line == DocumentLine.id),
        "shipment": Join(Document, DocumentLine.document == Document.id),
    },
    links={"client": _client_of, "instance": _instance_of, "shipment": _shipment_of},
)
"""Licences with the shipment and the instance that they came by, each of them a link: the list of a key's card."""

_I = ItemInstance

INSTANCES = ListDefinition(
    kind="instance",
    table=ItemInstance,
    columns=(
        ListColumn(Column("number", N_("Number"), width=12, sort="fast"), _I.number),
        ListColumn(Column("product", N_("Product"), width=34), Product.name),
        ListColumn(
            Column("client", N_("Client"), width=30, sort="slow"), Client.name, Client.sort_name, joins=("client",)
        ),
        ListColumn(Column("state", N_("State"), "state", width=10), _I.state),
        ListColumn(Column("formed", N_("Formed"), "date", width=10, priority=2, sort="slow"), _I.formed),
        ListColumn(Column("origin", N_("Origin"), "state", width=10, priority=3), _I.origin),
    ),
    fields=(
        FilterField("number", "text", _I.number, title=N_("Number")),
        FilterField("client", "text", _I.client, ask=lambda text: named(_I.client, "client", text), title=N_("Client")),
        FilterField("product", "text", _I.product, ask=lambda t: named(_I.product, "product", t), title=N_("Product")),
        FilterField("state", "state", _I.state, values=INSTANCE_STATES, title=N_("State")),
        FilterField("origin", "state", _I.origin, values=INSTANCE_ORIGINS, title=N_("Origin")),
        FilterField("formed", "date", _I.formed, title=N_("Formed")),
    ),
    default_sort=Sort("number"),
    joins={
        "client": Join(Client, _I.client == Client.id, required=True),
        "product": Join(Product, _I.product == Product.id, required=True),
    },
)

_E = LicenceEvent
_FromClient, _ToClient, _FromKey, _ToKey = Client.alias(), Client.alias(), ProtectionKey.alias(), ProtectionKey.alias()


def _document_of_event(event_id: int) -> RecordRef | None:
    return _link("document", _E.select(_E.document).where(_E.id == event_id))


def _client_of_event(event_id: int) -> RecordRef | None:
    return _link("client", _E.select(_E.to_client).where(_E.id == event_id))


def _key_of_event(event_id: int) -> RecordRef | None:
    return _link("key", _E.select(_E.to_key).where(_E.id == event_id))


LICENCE_EVENTS = ListDefinition(
    kind="licence_event",
    table=LicenceEvent,
    columns=(
        ListColumn(Column("day", N_("Day"), "date", width=10), _E.day),
        ListColumn(Column("event", N_("Event"), "state", width=16), _E.kind),
        ListColumn(Column("document", N_("Document"), width=10, priority=2), Document.number),
        ListColumn(Column("reason", N_("Reason"), width=20, priority=3), _E.reason),
        ListColumn(Column("to_key", N_("To key"), width=13, priority=4), _ToKey.number),
        ListColumn(Column("to_client", N_("To client"), width=18, priority=4), _ToClient.name),
        ListColumn(Column("operator", N_("Operator"), width=10, priority=5), _E.operator),
        ListColumn(Column("from_key", N_("From key"), width=13, priority=6), _FromKey.number),
        ListColumn(Column("from_client", N_("From client"), width=18, priority=6), _FromClient.name),
    ),
    fields=(FilterField("event", "state", _E.kind, values=EVENT_KINDS, title=N_("Event")),),
    default_sort=Sort("id", descending=True),
    joins={
        "document": Join(Document, _E.document == Document.id),
        "from_client": Join(_FromClient, _E.from_client == _FromClient.id),
        "to_client": Join(_ToClient, _E.to_client == _ToClient.id),
        "from_key": Join(_FromKey, _E.from_key == _FromKey.id),
        "to_key": Join(_ToKey, _E.to_key == _ToKey.id),
    },
    links={"document": _document_of_event, "to_client": _client_of_event, "to_key": _key_of_event},
)
"""What became of a licence."""
