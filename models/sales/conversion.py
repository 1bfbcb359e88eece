"""What of a document's lines is still open for the next kind of document. Pure.

Lines form trees: each knows its basis. Any step may be skipped, so what was shipped of an order's line is found in
shipments made from the order, from its invoices, and from whatever was made of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.sales.vocabulary import KINDS_OF_DOCUMENT

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A line: of which kind of document, how much, its basis; ``live`` unless its document is a draft or cancelled.

    ``corrected`` is by how much live corrections changed it. They count beside it in what was taken of its basis; only
    what it limits itself heeds them.
    """

    id: int
    kind: str
    quantity: Decimal
    basis: int | None
    live: bool
    corrected: Decimal = NOTHING

    @property
    def in_force(self) -> Decimal:
        """How much of it there is now."""
        return self.quantity + self.corrected

    def limits(self, kind: str) -> bool:
        """Whether nothing made from it of a kind may be of more: what is quoted limits nothing, nor do sales limit
        what is bought."""
        own = KINDS_OF_DOCUMENT[self.kind]
        return own.limits and own.side == KINDS_OF_DOCUMENT[kind].side


class Family:
    """Lines that are connected by their bases, with all that was made from them."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: Mapping[int, Node] = {node.id: node for node in nodes}
        self._children: dict[int, list[Node]] = {}
        for node in self.nodes.values():
            if node.basis is not None:
                self._children.setdefault(node.basis, []).append(node)

    def taken(self, line: int, kind: str) -> Decimal:
        """How much of a line live documents of a kind have taken; of one that limits nothing, all of the same side."""
        node = self.nodes[line]
        if not node.limits(kind):
            side = KINDS_OF_DOCUMENT[kind].side
            children = [c for c in self._children.get(line, ()) if KINDS_OF_DOCUMENT[c.kind].side == side]
            return sum((child.quantity for child in children if child.live), NOTHING)
        own = node.quantity if node.kind == kind else NOTHING
        return sum((below.quantity for below in self.below(line) if below.live and below.kind == kind), own)

    def open(self, line: int, kind: str) -> Decimal:
        """How much of a line may still go into a document of a kind."""
        limiting = {above.id for above in self.upwards(line) if above.limits(kind)} | {line}
        left = min(self.nodes[above].in_force - self.taken(above, kind) for above in limiting)
        return max(left, NOTHING)

    def exceeded(self, lines: Iterable[int], kind: str) -> dict[int, Decimal]:
        """Which limiting lines the given lines of a kind, not live yet, would exceed, and by how much."""
        wanted: dict[int, Decimal] = {}
        for line in lines:
            for above in self.upwards(line):
                if above.id != line and above.limits(kind):
                    wanted[above.id] = wanted.get(above.id, NOTHING) + self.nodes[line].quantity
        over = {
            line: quantity + self.taken(line, kind) - self.nodes[line].in_force for line, quantity in wanted.items()
        }
        return {line: excess for line, excess in over.items() if excess > 0}

    def upwards(self, line: int | None) -> Iterator[Node]:
        """A line, its basis, and so on to the first of all."""
        while line is not None and line in self.nodes:
            yield self.nodes[line]
            line = self.nodes[line].basis

    def below(self, line: int) -> Iterator[Node]:
        """All lines that were made from a line, directly or not."""
        for child in self._children.get(line, ()):
            yield child
            yield from self.below(child.id)
