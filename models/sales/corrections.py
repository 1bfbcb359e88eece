"""What the corrections of a document left of its lines: those not taken back, and those that were stated anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.base import summed
from models.errors import RuleBroken
from models.language import _
from models.lookup import among
from models.sales.families import lines_of
from models.sales.states import name_of
from models.sales.tables import Document, DocumentLine
from models.sales.vocabulary import LIVE_STATES
from models.writing import get


@dataclass(frozen=True, slots=True)
class LineInForce:
    """A line of a document as its corrections left it: ``id`` is the document's own line, ``line`` says what holds."""

    id: int
    document: int
    line: DocumentLine


def lines_in_force(document: Document) -> list[DocumentLine]:
    """The lines of a document as its live corrections left them: those not taken back, and those stated anew."""
    return [one.line for one in in_force([document.id])]


def in_force(documents: Collection[int]) -> list[LineInForce]:
    """The lines of documents, in their order, each as the live corrections of its document left it."""
    corrections = Document.select(Document.id).where(
        among(Document.corrects, list(documents)), Document.state.in_(LIVE_STATES)
    )
    made = {one.id for one in corrections}
    own, correcting = lines_of(documents), lines_of(made) if made else []
    stated = [line for line in correcting if line.quantity > 0]
    taken_back = {line.revises_id for line in correcting if line.quantity < 0}
    lines = {line.id: line for line in (*own, *stated)}
    holds = {_own(line, lines, made).id: line for line in (*own, *stated) if line.id not in taken_back}
    return [
        LineInForce(line.id, line.document_id, holds[line.id]) for line in own if line.id in holds and line.quantity > 0
    ]


def _own(line: DocumentLine, lines: Mapping[int, DocumentLine], corrections: Collection[int]) -> DocumentLine:
    """The document's own line that a line of a correction, or of the correction of that, states anew."""
    while line.document_id in corrections and (revised := lines.get(line.revises_id or 0)) is not None:
        line = revised
    return line


def refuse_outdated(correction: Document, lines: Collection[DocumentLine]) -> None:
    """Raise where what a draft of a correction corrects no longer stands, or was corrected otherwise since."""
    original = get(Document, correction.corrects_id or 0)
    holds = {line.id for line in lines_in_force(original)} if original.state in LIVE_STATES else set()
    if any(line.revises_id is not None and line.revises_id not in holds for line in lines):
        raise RuleBroken(
            "corrects",
            _("{document} was corrected or cancelled since.").format(document=name_of(original)),
            _("Cancel this draft and correct what holds now."),
        )


def unpaid(documents: Sequence[Document]) -> Decimal:
    """What of documents, as their live corrections left them, is still to be paid."""
    ids = [document.id for document in documents]
    corrections = among(Document.corrects, ids) & Document.state.in_(LIVE_STATES)
    corrected = Document.select(summed(Document.gross)).where(corrections).scalar()
    own = sum((document.gross - document.settled for document in documents), Decimal(0))
    return own if corrected is None else own + corrected
