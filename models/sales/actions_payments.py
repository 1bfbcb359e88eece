"""Payments: recorded with their allocation, and allocated anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from models.company.permissions import EDIT_PAYMENTS
from models.errors import RuleBroken
from models.language import _
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import Issued, issue_document
from models.sales.actions_next import make_next
from models.sales.payments import allocate, use_advances, usual_allocations
from models.sales.states import name_of
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from models.writing import Change, action, get

Allocations = Sequence[tuple[int, Decimal]]


@action("record_payment", EDIT_PAYMENTS)
def record_payment(
    change: Change,
    values: Mapping[str, Any],
    allocations: Allocations | None = None,
    *,
    kind: str = "payment_in",
    basis: Sequence[int] = (),
) -> Issued:
    """Record money received or paid, at once posted. ``basis`` are the invoices that it pays, where it names any.

    It settles what ``allocations`` say (document, amount); without them its bases, then the oldest first, and older
    advances pay what it leaves open.
    """
    made = make_next(change, basis, kind, values=values) if basis else new_document(change, kind, values)
    if allocations is not None or len(basis) < 2:
        return issue_document(change, made, allocations=allocations)
    issued = issue_document(change, made, allocations=usual_allocations(get(Document, made), basis))
    use_advances(change, get(Document, made), basis)
    return issued


@action("allocate_payment", EDIT_PAYMENTS)
def allocate_payment(change: Change, payment_id: int, allocations: Allocations | None = None) -> None:
    """Allocate a posted payment anew, in place of what it settled before; without ``allocations`` the oldest first."""
    payment = get(Document, payment_id)
    if not KINDS_OF_DOCUMENT[payment.kind].settles or payment.state not in LIVE_STATES:
        raise RuleBroken("allocations", _("{document} is no posted payment.").format(document=name_of(payment)))
    allocate(change, payment, allocations)
