"""What has to hold of sales at any moment, computed anew from the rows, not by the code under test."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from models.clients.tables import Client
from models.sales.balances import client_balance
from models.sales.document_queries import quote_figures
from models.sales.tables import Deal, Document, DocumentLine, PaymentAllocation, StageChange, UnmetDemand, VatRate
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, OPEN_QUOTE_STATES

KOPECK = Decimal("0.01")
_CONTENT = (
    "kind", "company_id", "serial", "number", "year", "revision", "date", "client_id", "end_user_id", "person_id",
    "contract_id", "currency", "rate", "prices_include_vat", "valid_until", "due", "terms", "note", "form", "basis_id",
    "supersedes_id", "corrects_id", "outside_number", "outside_date", "net", "vat", "gross", "net_base", "gross_base",
)  # fmt: skip


def content_of(document: Document) -> Any:
    """All of an issued document that may never change: its header, its lines."""
    lines: Any = DocumentLine.select().where(DocumentLine.document == document.id).order_by(DocumentLine.id).dicts()
    return [getattr(document, name) for name in _CONTENT], [
        {name: value for name, value in line.items() if name != "updated"} for line in lines
    ]


def broken_rules() -> list[str]:
    """The rules that do not hold, in words."""
    documents = {document.id: document for document in Document.select()}
    lines: dict[int, list[DocumentLine]] = defaultdict(list)
    for line in DocumentLine.select().order_by(DocumentLine.id):
        lines[line.document_id].append(line)
    return [
        *_totals(documents, lines),
        *_amounts(documents, lines),
        *_quantities(documents, lines),
        *_numbers(documents),
        *_payments(documents),
        *_balances(documents),
        *_quotes(documents),
        *_deals(),
    ]


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(KOPECK, ROUND_HALF_UP)


def _totals(documents: dict[int, Document], lines: dict[int, list[DocumentLine]]) -> Iterator[str]:
    for document in documents.values():
        if KINDS_OF_DOCUMENT[document.kind].has_lines:
            own = [line for line in lines[document.id] if not line.optional]
            for side in ("net", "vat", "gross", "net_base"):
                if getattr(document, side) != sum(getattr(line, side) for line in own):
                    yield f"{side} of {document.kind} #{document.id} is not the sum of its lines"


def _amounts(documents: dict[int, Document], lines: dict[int, list[DocumentLine]]) -> Iterator[str]:
    rates = list(VatRate.select())
    for document in documents.values():
        day = documents[document.corrects_id].date if document.corrects_id else document.date
        for line in lines[document.id]:
            (rate,) = (
                rate.rate
                for rate in rates
                if rate.code == line.vat_code and rate.valid_from <= day and (rate.valid_to or day) >= day
            )
            entered = line.amount
            if entered is None:
                entered = _rounded(line.quantity * line.price * (100 - line.discount) / 100)
            side, vat = (
                (line.gross, entered * rate / (1000 + rate))
                if line.price_includes_vat
                else (line.net, entered * rate / 1000)
            )
            if (side, line.vat, line.net + line.vat) != (entered, _rounded(vat), line.gross):
                yield f"the amounts of line #{line.id} are not those of its side at {rate} on {day}"


def _quantities(documents: dict[int, Document], lines: dict[int, list[DocumentLine]]) -> Iterator[str]:
    """Nothing is shipped, invoiced or received twice, or more of it than was ordered, whatever way it went."""
    by_id = {line.id: line for own in lines.values() for line in own}
    for kind, basis_kinds in (
        ("shipment", ("order", "invoice", "shipment")),
        ("invoice", ("order", "shipment", "invoice")),
        ("receipt", ("supplier_order",)),
    ):
        taken: dict[int, Decimal] = defaultdict(Decimal)
        for line in by_id.values():
            document = documents[line.document_id]
            if document.kind == kind and document.state in LIVE_STATES:
                above = line if kind in basis_kinds else by_id.get(line.basis_line_id or 0)
                while above is not None:
                    taken[above.id] += line.quantity
                    above = by_id.get(above.basis_line_id or 0)
        for line_id, quantity in taken.items():
            basis = by_id[line_id]
            document = documents[basis.document_id]
            if document.kind in basis_kinds and not document.corrects_id and quantity > basis.quantity:
                yield f"{quantity} went into {kind}s of line #{line_id} of {document.kind}, which has {basis.quantity}"


def _numbers(documents: dict[int, Document]) -> Iterator[str]:
    given: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    numbers = [(one.company_id, one.kind, one.year, one.number) for one in documents.values() if one.number]
    if len(set(numbers)) != len(numbers):
        yield "a number was given twice"
    for one in documents.values():
        if (one.issued_at is not None) != bool(one.number):
            yield f"{one.kind} #{one.id} has a number before its issue, or none after it"
        if one.serial is not None and one.revision == 1:
            given[one.company_id, one.kind, one.year].append(one.serial)
    for (_company, kind, year), serials in given.items():
        if KINDS_OF_DOCUMENT[kind].numbering == "gapless" and sorted(serials) != list(range(1, len(serials) + 1)):
            yield f"the numbers of {kind}s of {year} have gaps"


def _payments(documents: dict[int, Document]) -> Iterator[str]:
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for allocation in PaymentAllocation.select():
        paid[allocation.payment_id] += allocation.amount
        paid[allocation.invoice_id] += allocation.amount
        if documents[allocation.payment_id].state != "posted":
            yield f"a payment that does not stand pays #{allocation.invoice_id}"
    for one in documents.values():
        if one.settled != paid[one.id] or paid[one.id] > max(one.gross, Decimal(0)):
            yield f"{one.kind} #{one.id} is settled with {one.settled}, allocations say {paid[one.id]}"
        if one.kind == "invoice" and one.state in LIVE_STATES and one.gross > 0:
            state = "paid" if one.settled == one.gross else "partly_paid" if one.settled else "issued"
            if one.state != state:
                yield f"invoice #{one.id} is {one.state}, it should be {state}"


def _balances(documents: dict[int, Document]) -> Iterator[str]:
    for client in Client.select():
        live = [one for one in documents.values() if one.client_id == client.id and one.state in LIVE_STATES]
        owed = sum(one.gross_base * KINDS_OF_DOCUMENT[one.kind].balance for one in live)
        found = client_balance(client.id)
        if found.balance != owed or found.balance != found.shipped - found.paid - found.received + found.repaid:
            yield f"the balance of client #{client.id} is {found.balance}, its documents say {owed}"


def _quotes(documents: dict[int, Document]) -> Iterator[str]:
    for one in documents.values():
        if one.kind != "quote":
            continue
        for line in quote_figures(one.id):
            if line.ordered + line.open + line.unmet != line.quoted or min(line.open, line.ordered, line.unmet) < 0:
                yield f"line #{line.line} of quote #{one.id}: {line}"
            if line.open and one.state in ("declined", "expired"):
                yield f"line #{line.line} of quote #{one.id} is open, the quote is {one.state}"
        states = {entry.state for entry in UnmetDemand.select().where(UnmetDemand.quote == one.id)} - {"withdrawn"}
        if states - {"provisional" if one.state in OPEN_QUOTE_STATES else "final"}:
            yield f"unmet demand of quote #{one.id}, which is {one.state}, is {states}"


def _deals() -> Iterator[str]:
    for deal in Deal.select():
        changes = list(StageChange.select().where(StageChange.deal == deal.id).order_by(StageChange.id))
        if not changes or changes[-1].after_id != deal.stage_id:
            yield f"the last stage change of deal #{deal.id} does not lead to its stage"
        if any(later.before_id != earlier.after_id for earlier, later in itertools.pairwise(changes)):
            yield f"the stage changes of deal #{deal.id} do not follow each other"
