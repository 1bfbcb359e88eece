"""The way the operator went through the records: back and forward as in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.kinds import RecordRef

_LONGEST = 200


class History:
    """Records in the order in which they were opened, and the place in it where the operator stands."""

    def __init__(self) -> None:
        self._visited: list[RecordRef] = []
        self._here = -1

    def visit(self, ref: RecordRef) -> None:
        """A record was opened: what lay ahead is forgotten; opening the same record again counts once."""
        if self._here >= 0 and self._visited[self._here] == ref:
            return
        self._visited = [*self._visited[: self._here + 1], ref][-_LONGEST:]
        self._here = len(self._visited) - 1

    def back(self, current: RecordRef | None) -> RecordRef | None:
        """The record before; the one last seen when no record (``current``) is shown; None at the beginning."""
        if self._here >= 0 and current != self._visited[self._here]:
            return self._visited[self._here]
        if self._here <= 0:
            return None
        self._here -= 1
        return self._visited[self._here]

    def forward(self) -> RecordRef | None:
        """The record after; None at the end."""
        if self._here + 1 >= len(self._visited):
            return None
        self._here += 1
        return self._visited[self._here]
