"""What stands on a document: what was made from it, corrects it, or pays it; then it can neither go nor be replaced."""

from __future__ import annotations

from models.errors import RuleBroken
from models.language import _
from models.sales.families import lines_of
from models.sales.states import name_of
from models.sales.tables import Document, DocumentLine, PaymentAllocation
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES


def standing_on(document: Document) -> Document | None:
    """The first live document that was made from this one's lines, or that corrects it; None when there is none."""
    lines = [line.id for line in lines_of([document.id])]
    live = Document.state.in_(LIVE_STATES)
    correction: Document | None = Document.select().where((Document.corrects == document.id) & live).first()
    if correction is not None or not lines:
        return correction
    query = Document.select().join(DocumentLine, on=(DocumentLine.document == Document.id))
    found: Document | None = query.where(DocumentLine.basis_line.in_(lines), live).order_by(Document.id).first()
    return found


def refuse_if_stood_on(document: Document) -> None:
    """Raise where something stands on a document that is to go. What is quoted may be revised whatever was ordered."""
    limits = KINDS_OF_DOCUMENT[document.kind].limits
    if limits and (found := standing_on(document)) is not None:
        raise RuleBroken(
            "state",
            _("{document} stands on {basis}.").format(document=name_of(found), basis=name_of(document)),
            _("Cancel that one first."),
        )
    allocation = PaymentAllocation.select().where(PaymentAllocation.invoice == document.id).first()
    if allocation is not None:
        raise RuleBroken(
            "state",
            _("{payment} pays {document}.").format(payment=name_of(allocation.payment), document=name_of(document)),
            _("Allocate the payment to something else first, or cancel it."),
        )
