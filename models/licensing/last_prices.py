"""What clients last paid for a product: the last line of a document that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from models.base import tuples
from models.lookup import among
from models.sales.amounts import in_base, rounded
from models.sales.tables import Document, DocumentLine
from models.sales.vocabulary import LIVE_STATES

_SOLD_BY = ("order", "invoice", "shipment")


@dataclass(frozen=True, slots=True)
class LastPrice:
    """What one unit cost, with VAT, in the base currency, and on which day."""

    price: Decimal
    day: dt.date


def last_prices(clients: Collection[int], products: Collection[int]) -> dict[tuple[int, int], LastPrice]:
    """The last prices by client and product; those who never bought are left out."""
    # The database would look for each product in each document: it is told of the clients only.
    wanted, line = frozenset(products), DocumentLine
    query = (
        line.select(Document.client, line.product, line.gross, line.quantity, Document.rate, Document.date)
        .join(Document, on=(line.document == Document.id))
        .where(
            among(Document.client, sorted(clients)),
            line.product.is_null(False),
            Document.kind.in_(_SOLD_BY),
            Document.state.in_(sorted(LIVE_STATES)),
            line.quantity > 0,
        )
        .order_by(Document.date, Document.id, line.id)
    )
    return {
        (client, product): LastPrice(rounded(in_base(gross, rate) / quantity), day)
        for client, product, gross, quantity, rate, day in tuples(query)
        if product in wanted
    }
