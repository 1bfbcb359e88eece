"""Issuing and posting: the document gets its number and no longer changes, and what follows from it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.clients.status import became_client, was_sold_to
from models.clock import today
from models.company.permissions import READ
from models.company.sequences import next_number
from models.errors import RuleBroken
from models.language import _
from models.sales.actions_deals import move_forward
from models.sales.corrections import refuse_outdated
from models.sales.deal_worth import follow_worth
from models.sales.events import DocumentIssued, PaymentPosted, ShipmentPosted
from models.sales.families import family_of, lines_of, vat_rates
from models.sales.headers import check_complete, header_values
from models.sales.lines import Terms, computed
from models.sales.payments import allocate_new
from models.sales.states import name_of, step, written_number
from models.sales.successors import refuse_if_stood_on
from models.sales.tables import Deal, Document, DocumentLine
from models.sales.unmet_recording import Because, follow_quotes, reconcile
from models.sales.vocabulary import ISSUE, KINDS_OF_DOCUMENT, LIVE_STATES, SUPERSEDE
from models.writing import Change, action, get

Allocations = Sequence[tuple[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was issued: its number, and the entries of unmet demand that this recorded."""

    id: int
    number: str
    unmet: tuple[int, ...] = ()


@action("issue_document", READ)
def issue_document(
    change: Change, document_id: int, *, version: int | None = None, allocations: Allocations | None = None
) -> Issued:
    """Issue or post a draft: it gets its number and no longer changes. ``allocations`` are those of a payment.

    Raises ``RuleBroken``, ``Conflict``.
    """
    document = get(Document, document_id)
    if version is not None:
        change.expect(document, version, {}, None, header_values)
    lines = lines_of([document_id])
    _check(document, lines)
    old = get(Document, document.supersedes_id) if document.supersedes_id else None
    if old is not None:
        _supersede(change, old)
    step(change, document, ISSUE, issued_at=change.started, **_number(change, document, old))
    unmet = reconcile(change, old, Because(document.id)) if old is not None and old.kind == "quote" else []
    unmet += follow_quotes(change, lines, Because(document.id))
    _note_first(change, document)
    if KINDS_OF_DOCUMENT[document.kind].settles:
        allocate_new(change, document, allocations)
    _follow_deal(change, document)
    _tell(change, document)
    return Issued(document.id, document.number, tuple(unmet))


def _check(document: Document, lines: Sequence[DocumentLine]) -> None:
    kind = KINDS_OF_DOCUMENT[document.kind]
    check_complete(document)
    if not kind.has_lines:
        if document.gross <= 0:
            raise RuleBroken("gross", _("The amount is missing."), _("Fill it in."))
        return
    if not lines:
        raise RuleBroken("lines", _("There are no lines."), _("Add at least one."))
    _refuse_other_rates(document, lines)
    if document.corrects_id is None:
        _refuse_closed_bases(document, lines)
    else:
        refuse_outdated(document, lines)
    over = family_of(line.id for line in lines).exceeded([line.id for line in lines], document.kind)
    if over:
        line, excess = next(iter(over.items()))
        raise RuleBroken(
            "quantity",
            _("“{line}” would exceed {basis} by {quantity}.").format(
                line=get(DocumentLine, line).description,
                basis=name_of(get(DocumentLine, line).document),
                quantity=f"{excess.normalize():f}",
            ),
            _("Reduce the quantity."),
        )


def _refuse_other_rates(document: Document, lines: Sequence[DocumentLine]) -> None:
    """VAT codes may have got other rates since the draft was written."""
    terms = Terms.of(document, vat_rates())
    for line in lines:
        if computed(terms, DocumentLine(**line.__data__)).vat_rate != line.vat_rate:
            raise RuleBroken(
                "vat_code",
                _("The VAT rate of “{line}” is another one on this day.").format(line=line.description),
                _("Save the document's date again: the lines are then computed anew."),
            )


def _refuse_closed_bases(document: Document, lines: Sequence[DocumentLine]) -> None:
    """What a draft was made from may have been cancelled, revised or declined meanwhile."""
    bases = {line.basis_line_id for line in lines if line.basis_line_id is not None}
    query = Document.select().join(DocumentLine, on=(DocumentLine.document == Document.id))
    for basis in query.where(DocumentLine.id.in_(bases)).distinct() if bases else ():
        if basis.state not in LIVE_STATES:
            raise _no_longer_standing(basis)


def _no_longer_standing(basis: Document) -> RuleBroken:
    return RuleBroken(
        "basis",
        _("{document}, from which this was made, no longer stands.").format(document=name_of(basis)),
        _("Cancel this draft and make it again from what stands."),
    )


def _number(change: Change, document: Document, old: Document | None) -> dict[str, Any]:
    """The next number of the company, kind and year; a revision keeps its number where numbers need not be gapless."""
    if document.serial is not None or document.number:
        return {}
    kind = KINDS_OF_DOCUMENT[document.kind]
    if old is not None and kind.numbering == "unique":
        revision = old.revision + 1
        number = written_number(old.year, old.serial, revision) if old.serial else _revised(old.number, revision)
        return {"serial": old.serial, "year": old.year, "number": number, "revision": revision}
    year = document.date.year
    serial = next_number(change, document.kind, document.company_id, year)
    return {"serial": serial, "year": year, "number": written_number(year, serial)}


def _revised(number: str, revision: int) -> str:
    bare = number.removesuffix(f"/{revision - 1}")
    return f"{bare}/{revision}"


def _supersede(change: Change, old: Document) -> None:
    """What a revision takes the place of goes first: of two revisions of one document the second has no number."""
    transition = KINDS_OF_DOCUMENT[old.kind].transition(SUPERSEDE)
    if transition is None or old.state not in transition.before:
        raise _no_longer_standing(old)
    refuse_if_stood_on(old)
    step(change, old, SUPERSEDE)


_FIRSTS: Mapping[str, Callable[[Change, int, dt.datetime], object]] = {"quote": became_client, "shipment": was_sold_to}


def _note_first(change: Change, document: Document) -> None:
    """The first quote makes a client of a candidate; the first sale is kept as well."""
    note = _FIRSTS.get(document.kind)
    if note is not None and document.client_id is not None and document.corrects_id is None:
        note(change, document.client_id, change.started)


def _follow_deal(change: Change, document: Document) -> None:
    """The deal learns its client, what it is worth, and moves on in the funnel."""
    if document.deal_id is None or KINDS_OF_DOCUMENT[document.kind].side != "sale":
        return
    deal = get(Deal, document.deal_id)
    if deal.client_id is None:
        change.update(deal, {"client": document.client_id})
    follow_worth(change, deal)
    move_forward(change, deal, KINDS_OF_DOCUMENT[document.kind].stage, min(document.date, today()))


def _tell(change: Change, document: Document) -> None:
    change.emit(DocumentIssued(document.id, document.kind))
    if document.kind == "shipment":
        change.emit(ShipmentPosted(document.id))
    if KINDS_OF_DOCUMENT[document.kind].settles:
        change.emit(PaymentPosted(document.id))
