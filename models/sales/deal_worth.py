"""What a deal is worth: what its documents say, those that say it best."""

from __future__ import annotations

from decimal import Decimal

from models.base import summed, tuples
from models.sales.amounts import rounded
from models.sales.tables import Deal, Document
from models.sales.vocabulary import LIVE_STATES
from models.writing import Change

_SAYING_IT_BEST = ("order", "quote", "invoice", "shipment")
"""An order says what was bought; without one, quotes what may be; invoices and shipments may be parts of either."""


def follow_worth(change: Change, deal: Deal) -> None:
    """Set the expected sum of a deal by its live documents; one without any keeps what it has."""
    query = (
        Document.select(Document.kind, summed(Document.gross_base))
        .where((Document.deal == deal.id) & Document.kind.in_(_SAYING_IT_BEST) & Document.state.in_(LIVE_STATES))
        .group_by(Document.kind)
    )
    sums: dict[str, Decimal] = dict(tuples(query))
    for kind in _SAYING_IT_BEST:
        if kind in sums:
            base = sums[kind]
            change.update(deal, {"expected": rounded(base / (deal.rate or Decimal(1))), "expected_base": base})
            return
