"""How much of a quoted line is unmet demand: a client wanted it and did not buy it. Pure.

Ordered + still open + unmet = quoted, per line, whatever happens to the quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.sales.vocabulary import OPEN_QUOTE_STATES

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line of a quote: how much was quoted, taken by live documents, and carried on by the quote's next revision."""

    quoted: Decimal
    ordered: Decimal = NOTHING
    carried: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Unmet:
    """What should stand recorded of a line."""

    quantity: Decimal
    provisional: bool


def unmet_of(state: str, anything_ordered: bool, line: QuotedLine) -> Unmet:
    """What is unmet of a line, by the state of its quote and whether anything at all was ordered from that."""
    left = max(line.quoted - line.ordered, NOTHING)
    if state in OPEN_QUOTE_STATES:
        return Unmet(left if anything_ordered else NOTHING, True)
    if state == "superseded":
        return Unmet(max(left - line.carried, NOTHING), False)
    return Unmet(left if state in ("declined", "expired") else NOTHING, False)


def still_open(line: QuotedLine, unmet: Decimal) -> Decimal:
    """What of a line may become either; of a superseded quote, what its next revision carries on."""
    return line.quoted - min(line.ordered, line.quoted) - unmet
