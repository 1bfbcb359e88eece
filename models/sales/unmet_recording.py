"""Recording unmet demand: what stands recorded of each line of a quote is brought to what it should be.

It is a part of every action that changes what was ordered of a quote, or whether that can still be ordered from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import fn

from models.base import summed, tuples
from models.lookup import among
from models.sales.amounts import share
from models.sales.families import lines_of
from models.sales.states import step
from models.sales.tables import Document, DocumentLine, UnmetDemand
from models.sales.unmet import QuotedLine, Unmet, unmet_of
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, OPEN_QUOTE_STATES, ORDER
from models.writing import Change

_L = DocumentLine
_SALES = frozenset(kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.side == "sale")
_CAUSES = {"superseded": "revision", "declined": "declined", "expired": "expired"}
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Because:
    """Why something was recorded: the document that caused it, the reason and the competitor where they are known."""

    document: int | None = None
    reason: str = "not_stated"
    competitor: str = ""


def taken_of(lines: Collection[int]) -> dict[int, Decimal]:
    """How much of each line live documents of the sale took directly; nothing is left out."""
    query = (
        _L.select(_L.basis_line, summed(_L.quantity))
        .join(Document, on=(_L.document == Document.id))
        .where(among(_L.basis_line, list(lines)), Document.state.in_(LIVE_STATES), Document.kind.in_(_SALES))
        .group_by(_L.basis_line)
    )
    return dict(tuples(query))


def carried_of(lines: Collection[int]) -> dict[int, Decimal]:
    """How much of each line the next revision of its document carries on, once that was issued."""
    query = (
        _L.select(_L.revises, summed(_L.quantity))
        .join(Document, on=(_L.document == Document.id))
        .where(among(_L.revises, list(lines)), Document.issued_at.is_null(False))
        .group_by(_L.revises)
    )
    return dict(tuples(query))


def _substitutes_of(lines: Collection[int]) -> dict[int, int]:
    """By quoted line: the line that a live document took instead."""
    query = (
        _L.select(_L.substitutes, fn.MIN(_L.id))
        .join(Document, on=(_L.document == Document.id))
        .where(among(_L.substitutes, list(lines)), Document.state.in_(LIVE_STATES))
        .group_by(_L.substitutes)
    )
    return dict(tuples(query))


def follow_quotes(change: Change, lines: Iterable[DocumentLine], because: Because) -> list[int]:
    """Something that was made from quotes came or went: bring their states and unmet demand up to date.

    Returns the new entries, whose reasons may be asked for.
    """
    bases = {line for one in lines for line in (one.basis_line_id, one.substitutes_id) if line is not None}
    quotes = (
        Document.select(Document)
        .join(_L, on=(_L.document == Document.id))
        .where(among(_L.id, list(bases)), Document.kind == "quote")
        .distinct()
    )
    recorded: list[int] = []
    for quote in sorted(quotes, key=lambda one: int(one.id)):
        _follow_state(change, quote)
        recorded += reconcile(change, quote, because)
    return recorded


def _follow_state(change: Change, quote: Document) -> None:
    """A quote that can be ordered from is accepted when all of it was ordered, else partly ordered or issued."""
    if quote.state not in OPEN_QUOTE_STATES:
        return
    lines = lines_of([quote.id])
    taken = taken_of([line.id for line in lines])
    everything = all(taken.get(line.id, NOTHING) >= line.quantity for line in lines if not line.optional)
    state = "issued" if not any(taken.values()) else "accepted" if everything else "partly_ordered"
    if state != quote.state:
        step(change, quote, ORDER, state)


def reconcile(change: Change, quote: Document, because: Because) -> list[int]:
    """Bring what is recorded of a quote to what is unmet now; returns the ids of the new entries."""
    lines = lines_of([quote.id])
    ids = [line.id for line in lines]
    taken, carried, substitutes = taken_of(ids), carried_of(ids), _substitutes_of(ids)
    entries = _active_entries(quote)
    anything = any(taken.values())
    recorded: list[int] = []
    for line in lines:
        ordered = taken.get(line.id, NOTHING)
        wanted = unmet_of(
            quote.state, anything, QuotedLine(line.quantity, ordered, carried.get(line.id, NOTHING))
        )  # fmt: skip
        own = entries.get(line.id, [])
        missing = wanted.quantity - sum((entry.quantity for entry in own), NOTHING)
        if missing > 0:
            cause = _CAUSES.get(quote.state) or ("reduced" if ordered else "left_out")
            own.append(_record(change, quote, line, missing, cause, wanted, because))
            recorded.append(own[-1].id)
        elif missing < 0:
            own = _withdraw(change, line, own, -missing)
        _bring_up_to_date(change, own, wanted, substitutes.get(line.id), because)
    return recorded


def _active_entries(quote: Document) -> dict[int, list[UnmetDemand]]:
    found: dict[int, list[UnmetDemand]] = {}
    query = UnmetDemand.select().where((UnmetDemand.quote == quote.id) & (UnmetDemand.state != "withdrawn"))
    for entry in query.order_by(UnmetDemand.id):
        found.setdefault(entry.quote_line_id, []).append(entry)
    return found


def _record(
    change: Change, quote: Document, line: DocumentLine, quantity: Decimal, cause: str, wanted: Unmet, because: Because
) -> UnmetDemand:
    return change.insert(
        UnmetDemand(
            client=quote.client_id, product=line.product_id, quote=quote.id, quote_line=line.id, cause=cause,
            caused_by=because.document, deal=quote.deal_id, campaign=line.campaign_id,
            operator=change.actor.operator_id, reason=because.reason, competitor=because.competitor,
            state="provisional" if wanted.provisional else "final", optional=line.optional, moment=change.started,
            **_worth(line, quantity),
        )
    )  # fmt: skip


def _worth(line: DocumentLine, quantity: Decimal) -> dict[str, Decimal]:
    return {
        "quantity": quantity,
        "amount": share(line.gross, quantity, line.quantity),
        "net_base": share(line.net_base, quantity, line.quantity),
    }


def _withdraw(
    change: Change, line: DocumentLine, entries: Sequence[UnmetDemand], quantity: Decimal
) -> list[UnmetDemand]:  # fmt: skip
    """Withdraw so much of the newest entries, of one perhaps only a part; returns what stands."""
    standing = list(entries)
    while quantity > 0:
        newest = standing.pop()
        withdrawn = min(quantity, newest.quantity)
        quantity -= withdrawn
        if withdrawn == newest.quantity:
            change.update(newest, {"state": "withdrawn"})
            continue
        parted = UnmetDemand(**newest.__data__ | _worth(line, withdrawn) | {"id": None, "state": "withdrawn"})
        change.insert(parted)
        change.update(newest, _worth(line, newest.quantity - withdrawn))
        standing.append(newest)
    return standing


def _bring_up_to_date(
    change: Change, entries: Iterable[UnmetDemand], wanted: Unmet, substitute: int | None, because: Because
) -> None:
    for entry in entries:
        values: dict[str, Any] = {
            "state": "provisional" if wanted.provisional else "final", "substitute_line": substitute
        }  # fmt: skip
        if entry.reason == "not_stated":
            values |= {"reason": because.reason, "competitor": because.competitor or entry.competitor}
        change.update(entry, values)


def unmet_by_line(quote: int) -> Mapping[int, Decimal]:
    """What stands recorded of each line of a quote."""
    query = UnmetDemand.select(UnmetDemand.quote_line, summed(UnmetDemand.quantity)).where(
        (UnmetDemand.quote == quote) & (UnmetDemand.state != "withdrawn")
    )
    return dict(tuples(query.group_by(UnmetDemand.quote_line)))
