"""What payments settle: their allocation to invoices, and the states of those that follow from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from models.base import summed
from models.errors import RuleBroken
from models.language import _
from models.sales.actions_deals import move_forward
from models.sales.states import name_of, step
from models.sales.tables import Deal, Document, PaymentAllocation
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, SETTLE
from models.writing import Change, get

NOTHING = Decimal(0)
_A = PaymentAllocation


def unsettled(payment: Document, named: Collection[int] = ()) -> list[Document]:
    """What a payment may be allocated to and is not paid in full.

    What it names and its basis first, then its contract's, then the oldest.
    """
    first = {*named, payment.basis_id}
    kinds = KINDS_OF_DOCUMENT[payment.kind].settles
    query = Document.select().where(
        (Document.client == payment.client_id)
        & (Document.company == payment.company_id)
        & (Document.currency == payment.currency)
        & Document.kind.in_(kinds)
        & Document.state.in_(LIVE_STATES)
        & (Document.gross > Document.settled)
    )
    found = list(query.order_by(Document.date, Document.id))
    contract = payment.contract_id
    return sorted(found, key=lambda one: (one.id not in first, contract not in (None, one.contract_id)))


def allocate(change: Change, payment: Document, allocations: Sequence[tuple[int, Decimal]] | None) -> None:
    """Allocate a payment, in place of what it was allocated to before: as given, else the oldest first."""
    release(change, payment)
    given = _oldest_first(payment) if allocations is None else _checked(payment, allocations)
    for invoice, amount in given:
        change.insert(_A(payment=payment.id, invoice=invoice.id, amount=amount))
        settle(change, invoice)
    change.update(payment, {"settled": sum((amount for _invoice, amount in given), NOTHING)})


def allocate_new(change: Change, payment: Document, allocations: Sequence[tuple[int, Decimal]] | None) -> None:
    """Allocate a payment that was just posted; without ``allocations``, older advances pay what it leaves open."""
    allocate(change, payment, allocations)
    if allocations is None:
        use_advances(change, payment)


def use_advances(change: Change, payment: Document, named: Collection[int] = ()) -> None:
    """Let older advances pay what a new payment left open of what it names, then of others."""
    first = {*named, *([] if payment.basis_id is None else [payment.basis_id])}
    for advance in _advances(payment):
        _use(change, advance, first)


def _advances(payment: Document) -> list[Document]:
    """Other payments like this one of which something is not allocated, the oldest first."""
    query = Document.select().where(
        (Document.client == payment.client_id)
        & (Document.company == payment.company_id)
        & (Document.currency == payment.currency)
        & (Document.kind == payment.kind)
        & Document.state.in_(LIVE_STATES)
        & (Document.gross > Document.settled)
        & (Document.id != payment.id)
    )
    return list(query.order_by(Document.date, Document.id))


def _use(change: Change, advance: Document, named: Collection[int]) -> None:
    """Let an advance pay what it can beside what it paid already; one of a contract pays nothing of another."""
    own = (None, advance.contract_id)
    payable = [one for one in unsettled(advance, named) if advance.contract_id is None or one.contract_id in own]
    for invoice, amount in _spread(advance.gross - advance.settled, payable):
        standing = _A.get_or_none((_A.payment == advance.id) & (_A.invoice == invoice.id))
        if standing is None:
            change.insert(_A(payment=advance.id, invoice=invoice.id, amount=amount))
        else:
            change.update(standing, {"amount": standing.amount + amount})
        settle(change, invoice)
    change.update(advance, {"settled": paid_by(advance)})


def release(change: Change, payment: Document) -> None:
    """Take back the allocation of a payment."""
    for allocation in list(_A.select().where(_A.payment == payment.id).order_by(_A.id)):
        invoice = allocation.invoice
        change.delete(allocation)
        settle(change, invoice)
    change.update(payment, {"settled": NOTHING})


def usual_allocations(payment: Document, named: Collection[int]) -> list[tuple[int, Decimal]]:
    """What a payment settles of the documents that it names, then of others, the oldest first."""
    return [(invoice.id, amount) for invoice, amount in _oldest_first(payment, named)]


def _oldest_first(payment: Document, named: Collection[int] = ()) -> list[tuple[Document, Decimal]]:
    return _spread(payment.gross, unsettled(payment, named))


def _spread(left: Decimal, invoices: Sequence[Document]) -> list[tuple[Document, Decimal]]:
    """So much money over invoices, in their order."""
    given = []
    for invoice in invoices:
        amount = min(left, invoice.gross - invoice.settled)
        if amount > 0:
            given.append((invoice, amount))
            left -= amount
    return given


def _checked(payment: Document, allocations: Sequence[tuple[int, Decimal]]) -> list[tuple[Document, Decimal]]:
    open_ones = {document.id: document for document in unsettled(payment)}
    given: list[tuple[Document, Decimal]] = []
    for invoice_id, amount in allocations:
        invoice = open_ones.pop(invoice_id, None)
        if invoice is None:
            raise RuleBroken(
                "allocations",
                _("{document} cannot be paid by this payment.").format(document=name_of(get(Document, invoice_id))),
                _("Name each unpaid document of the same client, company and currency once."),
            )
        if not 0 < amount <= invoice.gross - invoice.settled:
            raise RuleBroken(
                "allocations",
                _("{document} is open with {amount}.").format(
                    document=name_of(invoice), amount=invoice.gross - invoice.settled
                ),
                _("Allocate no more than that."),
            )
        given.append((invoice, amount))
    if sum((amount for _invoice, amount in given), NOTHING) > payment.gross:
        raise RuleBroken("allocations", _("More is allocated than was paid."), _("Reduce it."))
    return given


def settle(change: Change, invoice: Document) -> None:
    """Sum up what pays an invoice, and take it to the state that follows; one that is paid wins its deal."""
    settled = paid_by(invoice)
    transition = KINDS_OF_DOCUMENT[invoice.kind].transition(SETTLE)
    if transition is None:
        change.update(invoice, {"settled": settled})
        return
    state = "paid" if settled >= invoice.gross else "partly_paid" if settled > 0 else "issued"
    step(change, invoice, SETTLE, state, settled=settled)
    if state == "paid" and invoice.deal_id is not None:
        move_forward(change, get(Deal, invoice.deal_id), "won")


def paid_by(document: Document) -> Decimal:
    """What allocations say that is settled of an invoice, or by a payment."""
    own = _A.payment if KINDS_OF_DOCUMENT[document.kind].settles else _A.invoice
    total = _A.select(summed(_A.amount)).where(own == document.id).scalar()
    return NOTHING if total is None else Decimal(total)
