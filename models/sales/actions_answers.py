"""What becomes of an issued document: accepted, declined, expired, cancelled; whether the signed original came back."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from models.actor import Actor
from models.base import tuples
from models.clients.status import sale_taken_back
from models.clock import today
from models.company.permissions import EDIT_SALES, READ
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.language import _
from models.sales.actions_deals import lose
from models.sales.deal_worth import follow_worth
from models.sales.events import DocumentCancelled, DraftDropped
from models.sales.families import lines_of
from models.sales.payments import release
from models.sales.states import name_of, step
from models.sales.successors import refuse_if_stood_on
from models.sales.tables import Deal, Document
from models.sales.unmet_recording import Because, follow_quotes, reconcile
from models.sales.vocabulary import (
    ACCEPT,
    CANCEL,
    DECLINE,
    EXPIRE,
    KINDS_OF_DOCUMENT,
    LIVE_STATES,
    SIGNED,
    UNMET_REASONS,
)
from models.text import clean
from models.writing import Change, action, get

EXPIRE_QUOTES = "expire_quotes"
"""The action's name: it is no step of an operator's, so ``u`` passes over it."""
_AT_ONCE = 50


@action("accept_document", READ)
def accept_document(change: Change, document_id: int) -> None:
    """The client accepts a quote or order, the supplier ours."""
    step(change, get(Document, document_id), ACCEPT)


@action("decline_document", READ)
def decline_document(
    change: Change, document_id: int, reason: str = "not_stated", competitor: str = "", note: str = ""
) -> list[int]:
    """The client declines: what was quoted is unmet demand, and a deal that has nothing else is lost.

    Returns the new entries of unmet demand.
    """
    if reason not in UNMET_REASONS:
        raise RuleBroken("reason", _("“{value}” is no reason.").format(value=clean(reason)))
    document, competitor = get(Document, document_id), clean(competitor)
    lines = lines_of([document_id])
    if document.kind != "quote":
        refuse_if_stood_on(document)
    step(change, document, DECLINE, reason=_short(note))
    because = Because(document.id, reason, competitor)
    recorded = reconcile(change, document, because) if document.kind == "quote" else []
    recorded += follow_quotes(change, lines, because)
    if document.deal_id is not None and not _has_live_documents(document.deal_id):
        lose(change, get(Deal, document.deal_id), reason, competitor)
    return recorded


def _short(text: str) -> str:
    return clean(text)[:LONGEST_LINE]


def _has_live_documents(deal: int) -> bool:
    query = Document.select().where((Document.deal == deal) & Document.state.in_(LIVE_STATES))
    return bool(query.exists())


def overdue_quotes(day: dt.date | None = None, *, most: int | None = None) -> list[int]:
    """The quotes, so many of them, that nobody answered in whole though their validity ended before a day (today)."""
    kinds = {kind.name: kind.transition(EXPIRE) for kind in KINDS_OF_DOCUMENT.values()}
    expiring = {name: transition.before for name, transition in kinds.items() if transition is not None}
    which = reduce(or_, ((Document.kind == name) & Document.state.in_(before) for name, before in expiring.items()))
    query = Document.select(Document.id).where(which, Document.valid_until < (day or today()))
    return [document for (document,) in tuples(query.order_by(Document.id).limit(most))]


def expire_quotes(by: Actor, day: dt.date | None = None) -> int:
    """Let all quotes whose validity has ended expire, so many in a transaction; returns how many did."""
    by.require(EDIT_SALES)
    overdue = overdue_quotes(day)
    for start in range(0, len(overdue), _AT_ONCE):
        _expire(by, overdue[start : start + _AT_ONCE], day or today())
    return len(overdue)


@action(EXPIRE_QUOTES, EDIT_SALES)
def _expire(change: Change, quotes: list[int], day: dt.date) -> None:
    for quote in quotes:
        document = get(Document, quote)
        # Another operator may have prolonged or answered it since they were listed.
        transition = KINDS_OF_DOCUMENT[document.kind].transition(EXPIRE)
        is_overdue = document.valid_until is not None and document.valid_until < day
        if is_overdue and transition is not None and document.state in transition.before:
            step(change, document, EXPIRE)
            reconcile(change, document, Because(document.id))


@action("cancel_document", READ)
def cancel_document(change: Change, document_id: int, reason: str) -> None:
    """Cancel a document with a reason: it stays, with its number, and what followed from it is taken back.

    Refused while something stands on it.
    """
    document = get(Document, document_id)
    if not clean(reason):
        raise RuleBroken("reason", _("The reason is missing."), _("Say why the document is cancelled."))
    was_issued = document.issued_at is not None
    if was_issued:
        refuse_if_stood_on(document)
    step(change, document, CANCEL, reason=_short(reason))
    if was_issued:
        _take_back(change, document)
    else:
        change.emit(DraftDropped(document.id, document.kind))


def _take_back(change: Change, document: Document) -> None:
    if KINDS_OF_DOCUMENT[document.kind].settles:
        release(change, document)
    because = Because(document.id)
    if document.kind == "quote":
        reconcile(change, document, because)
    if document.kind == "shipment" and document.client_id is not None and document.issued_at is not None:
        sale_taken_back(change, document.client_id, document.issued_at, _first_sale(document.client_id))
    follow_quotes(change, lines_of([document.id]), because)
    if document.deal_id is not None and KINDS_OF_DOCUMENT[document.kind].side == "sale":
        follow_worth(change, get(Deal, document.deal_id))
    change.emit(DocumentCancelled(document.id, document.kind))


def _first_sale(client: int) -> dt.datetime | None:
    posted = (Document.kind == "shipment") & (Document.state == "posted") & Document.corrects.is_null()
    query = Document.select(Document.issued_at).where((Document.client == client) & posted)
    found: dt.datetime | None = query.order_by(Document.issued_at).limit(1).scalar()
    return found


@action("note_signed", READ)
def note_signed(change: Change, document_id: int, how: str, day: dt.date | None = None) -> bool:
    """Note that the signed original came back (``paper``, ``electronic``), or with "" that it did not after all."""
    document = get(Document, document_id)
    change.actor.require(KINDS_OF_DOCUMENT[document.kind].permission)
    if how not in SIGNED:
        raise RuleBroken("signed", _("“{value}” is not possible here.").format(value=clean(how)))
    if document.state not in LIVE_STATES:
        raise RuleBroken("signed", _("{document} does not stand.").format(document=name_of(document)))
    return change.update(document, {"signed": how, "signed_on": (day or today()) if how else None})
