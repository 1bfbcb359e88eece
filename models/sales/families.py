"""Reading from the database what hangs together: lines with their bases and successors, VAT rates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from models.base import tuples
from models.lookup import among
from models.sales.conversion import Family, Node
from models.sales.tables import Document, DocumentLine, VatRate
from models.sales.vat import Rate
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES

_L = DocumentLine


def vat_rates() -> list[Rate]:
    """All rates of all codes."""
    columns = (VatRate.code, VatRate.title, VatRate.rate, VatRate.kind, VatRate.valid_from, VatRate.valid_to)
    return [Rate(*row) for row in tuples(VatRate.select(*columns).order_by(VatRate.code, VatRate.valid_from))]


def family_of(lines: Iterable[int]) -> Family:
    """The given lines with all that they were made from and all that was made from that."""
    nodes: dict[int, Node] = {}
    wanted = set(lines)
    while wanted:
        found = _nodes(_L.id, wanted)
        nodes |= found
        wanted = {node.basis for node in found.values() if node.basis is not None} - nodes.keys()
    wanted = set(nodes)
    while wanted:
        found = _nodes(_L.basis_line, wanted)
        wanted = found.keys() - nodes.keys()
        nodes |= found
    return Family(_corrected(nodes))


def _corrected(nodes: Mapping[int, Node]) -> Iterator[Node]:
    """The nodes, those of kinds that are corrected with what live corrections made of them."""
    changes: dict[int, list[tuple[int, Decimal]]] = {}
    wanted = {node.id for node in nodes.values() if KINDS_OF_DOCUMENT[node.kind].correctable}
    while wanted:
        query = (
            _L.select(_L.revises, _L.id, _L.quantity)
            .join(Document, on=(_L.document == Document.id))
            .where(among(_L.revises, list(wanted)), Document.corrects.is_null(False), Document.state.in_(LIVE_STATES))
        )
        found = [row for row in tuples(query) if row[0] not in changes]
        for revised, line, quantity in found:
            changes.setdefault(revised, []).append((line, quantity))
        wanted = {line for _revised, line, quantity in found if quantity > 0}
    for node in nodes.values():
        yield replace(node, corrected=_change_of(node.id, changes)) if node.id in changes else node


def _change_of(line: int, changes: Mapping[int, Sequence[tuple[int, Decimal]]]) -> Decimal:
    found = changes.get(line, ())
    return sum((quantity + _change_of(correction, changes) for correction, quantity in found), Decimal(0))


def _nodes(column: Any, ids: Collection[int]) -> dict[int, Node]:
    query = (
        _L.select(_L.id, Document.kind, _L.quantity, _L.basis_line, Document.state)
        .join(Document, on=(_L.document == Document.id))
        .where(among(column, list(ids)))
    )
    return {
        line: Node(line, kind, quantity, basis, state in LIVE_STATES)
        for line, kind, quantity, basis, state in tuples(query)
    }


def lines_of(documents: Collection[int]) -> list[DocumentLine]:
    """The lines of documents, in their order."""
    query = _L.select().where(among(_L.document, list(documents)))
    return list(query.order_by(_L.document, _L.position, _L.id))


def made_from(lines: Collection[int]) -> list[tuple[int, int, str, str]]:
    """What was made from lines directly: their documents as (id, line, kind, state)."""
    query = (
        _L.select(Document.id, _L.basis_line, Document.kind, Document.state)
        .join(Document, on=(_L.document == Document.id))
        .where(among(_L.basis_line, list(lines)))
    )
    return list(tuples(query))
