"""What sales tells the areas further right, which follow it in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from models.events import Event


@dataclass(frozen=True, slots=True)
class DocumentIssued(Event):
    """A document was issued or posted: its number, lines and amounts stand."""

    document: int
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentCancelled(Event):
    """A document that had been issued was cancelled; what followed from it has to be taken back."""

    document: int
    kind: str


@dataclass(frozen=True, slots=True)
class DraftDropped(Event):
    """A draft was cancelled: what was kept ready for it is free again."""

    document: int
    kind: str


@dataclass(frozen=True, slots=True)
class LinesDropped(Event):
    """Lines of a draft are about to be deleted."""

    document: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LinesSet(Event):
    """The lines of a draft were changed, those that it keeps among them."""

    document: int
    kind: str


@dataclass(frozen=True, slots=True)
class ShipmentPosted(Event):
    """Goods, licences or works were handed over to a client."""

    document: int


@dataclass(frozen=True, slots=True)
class PaymentPosted(Event):
    """Money was received or paid."""

    document: int


@dataclass(frozen=True, slots=True)
class DealMoved(Event):
    """A deal went to another stage."""

    deal: int
    before: int | None
    after: int
