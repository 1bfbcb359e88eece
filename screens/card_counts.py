"""How long the lists of a card are: counted before the card is drawn where that is quick, else in the background."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.listing import Listing

_AT_ONCE_SECONDS = 0.020
"""How long a card may wait for all its counts."""
_SLOW_SECONDS = 0.015
"""A list that alone took so long is counted in the background the next time."""


class TabCounts:
    """Counts the lists of the cards of one kind, by the tab they stand in."""

    _slow: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def at_once(self, listings: Mapping[str, Listing]) -> dict[str, int]:
        """The counts that can be had in a moment; none where the database cannot be asked now."""
        counts: dict[str, int] = {}
        end = time.perf_counter() + _AT_ONCE_SECONDS
        for tab_id, listing in listings.items():
            if time.perf_counter() > end:
                break
            if (self._kind, tab_id) not in self._slow:
                try:
                    counts[tab_id] = self._timed(tab_id, listing)
                except Exception:
                    # The connection of this thread may be lost; the background has others, and says what is wrong.
                    break
        return counts

    def in_background(self, listings: Mapping[str, Listing]) -> dict[str, int]:
        """All counts, however long it takes; a list that is quick by now is counted at once the next time."""
        return {tab_id: self._timed(tab_id, listing) for tab_id, listing in listings.items()}

    def _timed(self, tab_id: str, listing: Listing) -> int:
        start = time.perf_counter()
        count = listing.count()
        is_slow = time.perf_counter() - start > _SLOW_SECONDS
        (self._slow.add if is_slow else self._slow.discard)((self._kind, tab_id))
        return count
