"""The chain of a document: what it was made from, what was made from it, what replaces, corrects or pays it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.base import tuples
from models.lookup import among
from models.sales.tables import Document, DocumentLine, PaymentAllocation
from models.sales.vocabulary import KINDS_OF_DOCUMENT

_ORDER = {kind: place for place, kind in enumerate(KINDS_OF_DOCUMENT)}
_D = Document


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A document of a chain; ``comes_from`` are the ids of those before it."""

    id: int
    kind: str
    number: str
    date: dt.date
    state: str
    gross: Decimal
    currency: str
    comes_from: tuple[int, ...]


def chain(document_id: int) -> list[ChainLink]:
    """All documents that hang together with one, in the order of their kinds and days."""
    edges: set[tuple[int, int]] = set()
    known: set[int] = set()
    new = {document_id}
    while new:
        known |= new
        found = set(_edges(new))
        edges |= found
        new = {end for edge in found for end in edge} - known
    before: dict[int, set[int]] = {}
    for earlier, later in edges:
        before.setdefault(later, set()).add(earlier)
    columns = (_D.id, _D.kind, _D.number, _D.date, _D.state, _D.gross, _D.currency)
    rows = [
        ChainLink(*[*row, tuple(sorted(before.get(row[0], ())))])
        for row in tuples(_D.select(*columns).where(among(_D.id, list(known))))
    ]
    return sorted(rows, key=lambda link: (_ORDER.get(link.kind, len(_ORDER)), link.date, link.id))


def _edges(documents: Collection[int]) -> Iterator[tuple[int, int]]:
    """Pairs of an earlier and a later document, of which one is among the given."""
    for link in (_D.basis, _D.supersedes, _D.corrects):
        touching = among(_D.id, list(documents)) | among(link, list(documents))
        yield from _pairs(_D.select(link, _D.id).where(link.is_null(False), touching))
    earlier, line = DocumentLine.alias(), DocumentLine
    joined = line.select(earlier.document, line.document).join(earlier, on=(line.basis_line == earlier.id))
    yield from _pairs(joined.where(among(line.document, list(documents))))
    yield from _pairs(joined.where(among(earlier.document, list(documents))))
    pays = PaymentAllocation
    touching = among(pays.payment, list(documents)) | among(pays.invoice, list(documents))
    yield from _pairs(pays.select(pays.invoice, pays.payment).where(touching))


def _pairs(query: Any) -> Iterator[tuple[int, int]]:
    return ((earlier, later) for earlier, later in tuples(query) if earlier != later)
