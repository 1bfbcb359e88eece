"""The list of protection keys."""

from __future__ import annotations

from typing import Any

from models.about import about_of
from models.catalogue.tables import Vendor
from models.clients.tables import Client
from models.conditions import FilterField, contains
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES, MOVEMENT_KINDS
from models.kinds import RecordRef
from models.language import N_
from models.listing import Column, Sort
from models.lookup import named
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold

_K = ProtectionKey
_owner_name = Client.name

KEYS = ListDefinition(
    kind="key",
    table=ProtectionKey,
    columns=(
        ListColumn(
            Column("number", N_("Number"), width=18, sort="fast"), _K.number, _K.number_folded, ties=(_K.number_scope,)
        ),
        ListColumn(Column("model", N_("Model"), width=16, priority=2, sort="slow"), _K.model),
        ListColumn(
            Column("owner", N_("Owner"), width=28, sort="slow"), _owner_name, Client.sort_name, joins=("owner",)
        ),
        ListColumn(Column("state", N_("State"), "state", width=9, sort="fast"), _K.state),
        ListColumn(Column("vendor", N_("Vendor"), width=14, priority=4, sort="slow"), Vendor.name, joins=("vendor",)),
        ListColumn(Column("return_due", N_("To be returned by"), "date", width=10, priority=5), _K.return_due),
        ListColumn(Column("marking", N_("Marking"), width=12, priority=6, hidden=True), _K.marking),
        ListColumn(Column("colour", N_("Colour"), width=10, priority=6, hidden=True), _K.colour),
        ListColumn(Column("note", N_("Note"), width=20, priority=7, hidden=True), _K.note),
    ),
    fields=(
        FilterField("number", "folded", _K.number_folded, title=N_("Number")),
        FilterField("model", "text", _K.model, title=N_("Model")),
        FilterField("owner", "text", _K.owner, ask=lambda text: named(_K.owner, "client", text), title=N_("Owner")),
        FilterField("state", "state", _K.state, values=KEY_STATES, title=N_("State")),
        FilterField("vendor", "text", _K.vendor, ask=lambda text: _of_vendor(text), title=N_("Vendor")),
        FilterField("return_due", "date", _K.return_due, title=N_("To be returned by")),
        FilterField("marking", "text", _K.marking, title=N_("Marking")),
        FilterField("colour", "text", _K.colour, title=N_("Colour")),
    ),
    default_sort=Sort("number"),
    joins={
        "owner": Join(Client, _K.owner == Client.id),
        "vendor": Join(Vendor, _K.vendor == Vendor.id),
    },
    lookup="key",
)


def _of_vendor(text: str) -> Any:
    return _K.vendor.in_(Vendor.select(Vendor.id).where(contains(Vendor.folded, fold(text))))


_From, _To = Client.alias(), Client.alias()


def _document_of_movement(movement_id: int) -> RecordRef | None:
    found = KeyMovement.get_or_none(KeyMovement.id == movement_id)
    return None if found is None else about_of(found)


MOVEMENTS = ListDefinition(
    kind="key_movement",
    table=KeyMovement,
    columns=(
        ListColumn(Column("moment", N_("When"), "moment", width=16), KeyMovement.moment),
        ListColumn(Column("kind", N_("Kind"), "state", width=12), KeyMovement.kind),
        ListColumn(Column("from", N_("From"), width=24), _From.name),
        ListColumn(Column("to", N_("To"), width=24), _To.name),
        ListColumn(Column("document", N_("Document"), width=14, priority=2), KeyMovement.document),
        ListColumn(Column("operator", N_("Operator"), width=10, priority=3), KeyMovement.operator),
        ListColumn(Column("note", N_("Note"), width=20, priority=4), KeyMovement.note),
    ),
    fields=(FilterField("kind", "state", KeyMovement.kind, values=MOVEMENT_KINDS, title=N_("Kind")),),
    default_sort=Sort("id", descending=True),
    joins={"from": Join(_From, KeyMovement.from_client == _From.id), "to": Join(_To, KeyMovement.to_client == _To.id)},
    links={"document": _document_of_movement},
)
