"""What sales tells the areas further right, which follow it in the same transaction."""

from __future__ import annotations

from typing import NamedTuple


class DocumentIssued(NamedTuple):
    """A document was issued or posted: its number, lines and amounts stand."""

    document: int
    kind: str


class DocumentCancelled(NamedTuple):
    """A document that had been issued was cancelled; what followed from it has to be taken back."""

    document: int
    kind: str


class DraftDropped(NamedTuple):
    """A draft was cancelled: what was kept ready for it is free again."""

    document: int
    kind: str


class LinesDropped(NamedTuple):
    """Lines of a draft are about to be deleted."""

    document: int
    lines: tuple[int, ...]


class LinesSet(NamedTuple):
    """The lines of a draft were changed, those that it keeps among them."""

    document: int
    kind: str


class ShipmentPosted(NamedTuple):
    """Goods, licences or works were handed over to a client."""

    document: int


class PaymentPosted(NamedTuple):
    """Money was received or paid."""

    document: int


class DealMoved(NamedTuple):
    """A deal went to another stage."""

    deal: int
    before: int | None
    after: int
