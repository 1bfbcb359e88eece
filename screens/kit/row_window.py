"""The rows of a list that are at hand: a bounded cache of pages, and how long the list is as far as known."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from models.listing import Listing, Row

PAGE = 64
"""Rows that are kept and forgotten together; more than most terminals show at once."""

_PAGES_KEPT = 24


class Span(NamedTuple):
    """Rows ``first`` to ``first + length - 1`` of a list."""

    first: int
    length: int

    @property
    def end(self) -> int:
        return self.first + self.length

    def covers(self, other: "Span") -> bool:
        return self.first <= other.first and other.end <= self.end

    def read(self, listing: Listing, count: int | None) -> list[Row]:
        """These rows, as many as there are, read from the end that is nearer when the ``count`` is known."""
        if count is None or 2 * self.first <= count:
            return listing.page(self.first, self.length)
        return listing.page(self.first - count, min(self.length, count - self.first)) if self.first < count else []


def span_around(first: int, last: int) -> Span:
    """The whole pages that hold the rows from ``first`` to ``last``."""
    start = max(0, first) // PAGE * PAGE
    return Span(start, (max(0, last) // PAGE + 1) * PAGE - start)


class RowWindow:
    """Rows by their place in the list. ``count`` is the length of the list, None until it is known.

    ``likely`` is a length from before the list changed: good for the range of the scroll bar, not for reading by it.
    """

    def __init__(self, count: int | None = None, likely: int | None = None) -> None:
        self.count = count
        self.likely = likely
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._known = 0

    @property
    def extent(self) -> int:
        """How many rows the list has as far as known: grows with what is read until it is counted."""
        if self.count is not None:
            return self.count
        return self._known if self.likely is None else self.likely

    def row(self, place: int) -> Row | None:
        """The row at this place of the list; None while it is not at hand, or when there is none."""
        page = self._pages.get(place // PAGE)
        at = place % PAGE
        return page[at] if page is not None and at < len(page) else None

    def place_of(self, record_id: int) -> int | None:
        """Where the record stands, if its row is at hand."""
        for number, page in self._pages.items():
            for at, row in enumerate(page):
                if row.id == record_id:
                    return number * PAGE + at
        return None

    def missing(self, first: int, last: int) -> Span | None:
        """The whole pages to read so that the rows from ``first`` to ``last`` are at hand; None when they are."""
        last = min(last, self.extent - 1)
        numbers = [number for number in range(max(0, first) // PAGE, last // PAGE + 1) if number not in self._pages]
        return Span(numbers[0] * PAGE, (numbers[-1] - numbers[0] + 1) * PAGE) if numbers else None

    def store(self, span: Span, rows: Sequence[Row]) -> None:
        """Keep what was read for a span of whole pages. Fewer rows than asked for show where the list ends."""
        for start in range(0, span.length, PAGE):
            number = (span.first + start) // PAGE
            self._pages[number] = rows[start : start + PAGE]
            self._pages.move_to_end(number)
        most = max(_PAGES_KEPT, 2 * (span.length // PAGE))
        while len(self._pages) > most:
            self._pages.popitem(last=False)
        self._learn_length(span, len(rows))

    def _learn_length(self, span: Span, found: int) -> None:
        end = span.first + found
        if found == span.length:
            # At least one more row may follow, and scrolling to it is what finds out.
            self._known = max(self._known, end + PAGE)
        elif found or self._is_full(span.first // PAGE - 1):
            self._known = self.count = end
        else:
            self._known = min(self._known, end)
            self.count = None if self.count is None else min(self.count, end)

    def _is_full(self, number: int) -> bool:
        return number < 0 or len(self._pages.get(number, ())) == PAGE
