"""Keeping the look-up tables in step: whatever is written is looked up by its new text, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from peewee import JOIN, chunked

from models.base import Record, database, tuples
from models.catalogue.tables import Product, ProductAlias, Vendor
from models.clients.tables import Client, ClientGroup, EmailAddress, Person, Phone
from models.database import is_sqlite
from models.events import RecordsWritten
from models.keys.tables import ProtectionKey
from models.licensing.tables import Licence
from models.lookup import LOOKUPS, lookup_text
from models.sales.tables import ContractHeader, Deal, Document
from models.writing import Change, insert_many

_BATCH = 500


class Source(NamedTuple):
    """Where the text of a kind comes from: a query of (id, field, …), and the columns of its own row that matter."""

    table: type[Record]
    query: Callable[[], Any]
    parts: tuple[tuple[type[Record], str], ...] = ()
    """Tables of many rows per record whose column belongs to its text, with the name of their link to it."""


def _clients() -> Any:
    return Client.select(
        Client.id, Client.name, Client.legal_name, Client.inn, Client.external_code, Client.website, ClientGroup.name
    ).join(ClientGroup, JOIN.LEFT_OUTER)


def _people() -> Any:
    return Person.select(Person.id, Person.name, Client.name, Person.position).join(Client)


def _products() -> Any:
    return Product.select(Product.id, Product.code, Product.name, Vendor.name).join(Vendor, JOIN.LEFT_OUTER)


def _keys() -> Any:
    return (
        ProtectionKey.select(
            ProtectionKey.id, ProtectionKey.number, ProtectionKey.model, ProtectionKey.marking, Client.name, Vendor.name
        )
        .join(Client, JOIN.LEFT_OUTER, on=(ProtectionKey.owner == Client.id))
        .switch(ProtectionKey)
        .join(Vendor, JOIN.LEFT_OUTER)
    )


def _licences() -> Any:
    return (
        Licence.select(
            Licence.id, Licence.number, ProtectionKey.number, Client.name, Licence.name, Licence.product_code,
            Product.name,
        )
        .join(ProtectionKey, JOIN.LEFT_OUTER)
        .switch(Licence)
        .join(Client, on=(Licence.client == Client.id))
        .switch(Licence)
        .join(Product)
    )  # fmt: skip


def _documents() -> Any:
    serial = Document.serial.cast("TEXT")
    return Document.select(Document.id, Document.number, serial, Document.outside_number, Client.name).join(
        Client, JOIN.LEFT_OUTER, on=(Document.client == Client.id)
    )


def _deals() -> Any:
    return Deal.select(Deal.id, Deal.number, Deal.title, Client.name, Deal.external_number, Deal.competitors).join(
        Client, JOIN.LEFT_OUTER
    )


def _contracts() -> Any:
    return ContractHeader.select(ContractHeader.id, ContractHeader.number, ContractHeader.subject, Client.name).join(
        Client
    )


SOURCES: dict[str, Source] = {
    "client": Source(Client, _clients, ((Phone, "digits"), (EmailAddress, "address"))),
    "person": Source(Person, _people, ((Phone, "digits"), (EmailAddress, "address"))),
    "product": Source(Product, _products, ((ProductAlias, "spelling"),)),
    "key": Source(ProtectionKey, _keys),
    "licence": Source(Licence, _licences),
    "document": Source(Document, _documents),
    "deal": Source(Deal, _deals),
    "contract": Source(ContractHeader, _contracts),
}


class Dependency(NamedTuple):
    """When these columns of one kind change, the records of another kind that are linked to it read differently."""

    changed: str
    columns: frozenset[str]
    kind: str
    link: Any


_DEPENDENCIES: tuple[Dependency, ...] = (
    Dependency("client", frozenset({"name"}), "licence", Licence.client),
    Dependency("client", frozenset({"name"}), "key", ProtectionKey.owner),
    Dependency("client", frozenset({"name"}), "person", Person.client),
    Dependency("client", frozenset({"name"}), "document", Document.client),
    Dependency("client", frozenset({"name"}), "deal", Deal.client),
    Dependency("client", frozenset({"name"}), "contract", ContractHeader.client),
    Dependency("client_group", frozenset({"name"}), "client", Client.group),
    Dependency("product", frozenset({"name"}), "licence", Licence.product),
    Dependency("vendor", frozenset({"name"}), "product", Product.vendor),
    Dependency("vendor", frozenset({"name"}), "key", ProtectionKey.vendor),
    Dependency("key", frozenset({"number"}), "licence", Licence.key),
)
_PARTS: dict[str, tuple[tuple[str, Any], ...]] = {
    "phone": (("client", Phone.client), ("person", Phone.person)),
    "email": (("client", EmailAddress.client), ("person", EmailAddress.person)),
    "product_alias": (("product", ProductAlias.product),),
}


def follow_written_records(change: Change, event: RecordsWritten) -> None:
    """Look up what was written by its new text. New rows have no dependants yet."""
    stale: dict[str, set[int]] = {}
    for kind, rows in event.rows.items():
        if kind in SOURCES:
            stale.setdefault(kind, set()).update(rows.keys() - event.looked_up.get(kind, frozenset()))
        for whole, link in _PARTS.get(kind, ()):
            linked = _linked_from(link, rows)
            stale.setdefault(whole, set()).update(linked)
    for dependency in _DEPENDENCIES:
        rows = event.rows.get(dependency.changed, {})
        changed = [
            row
            for row, columns in rows.items()
            if (dependency.changed, row) not in event.new and columns & dependency.columns
        ]
        if changed:
            stale.setdefault(dependency.kind, set()).update(_linked_to(dependency.link, changed))
    for kind, ids in stale.items():
        if ids:
            reindex(kind, ids)


def _linked_from(link: Any, rows: Mapping[int, frozenset[str]]) -> set[int]:
    table = link.model
    found: set[int] = set()
    for ids in chunked(rows, _BATCH):
        found.update(row for (row,) in tuples(table.select(link).where(table.id.in_(ids))) if row is not None)
    return found


def _linked_to(link: Any, ids: list[int]) -> set[int]:
    table = link.model
    found: set[int] = set()
    for some in chunked(ids, _BATCH):
        found.update(row for (row,) in tuples(table.select(table.id).where(link.in_(some))))
    return found


def reindex(kind: str, ids: Iterable[int]) -> None:
    """Read the text of records again; records that are gone leave the look-up table."""
    source, lookup = SOURCES[kind], LOOKUPS[kind]
    for some in chunked(sorted(ids), _BATCH):
        if stored := [row for (row,) in tuples(lookup.select(lookup.rowid).where(lookup.rowid.in_(some)))]:
            lookup.delete().where(lookup.rowid.in_(stored)).execute()
        index_rows(kind, tuples(source.query().where(source.table.id.in_(some))), _parts_of(source, kind, some))


def index_rows(kind: str, rows: Iterable[tuple[Any, ...]], parts: Mapping[int, list[str]] | None = None) -> None:
    """Add records that are not in the look-up table yet: (id, field, …) with their further parts by id."""
    parts = parts or {}
    texts = [(row[0], lookup_text([*(f for f in row[1:] if f), *parts.get(row[0], ())])) for row in rows]
    insert_many(f"lookup_{kind}", ("rowid", "text"), texts)


def _parts_of(source: Source, kind: str, ids: Iterable[int]) -> dict[int, list[str]]:
    parts: dict[int, list[str]] = {}
    for table, column in source.parts:
        link = table._meta.fields[kind]
        rows = table.select(link, table._meta.fields[column]).where(link.in_(ids))
        if kind == "client":
            rows = rows.where(table._meta.fields["person"].is_null())
        for owner, value in tuples(rows):
            parts.setdefault(owner, []).append(value)
    return parts


def rebuild(kind: str) -> None:
    """Make the look-up table of a kind anew from its records."""
    lookup, source = LOOKUPS[kind], SOURCES[kind]
    lookup.delete().execute()
    reindex(kind, [row for (row,) in tuples(source.table.select(source.table.id))])
    if is_sqlite(database):
        optimize(kind)


def optimize(kind: str) -> None:
    """Merge the segments of a look-up table (SQLite): after bulk loads queries are several times faster."""
    database.execute_sql(f"INSERT INTO lookup_{kind}(lookup_{kind}) VALUES ('optimize')")
