"""Reading the rows of a record table: at once where that is quick, through the gateway where it is not.

Nothing here waits: what is asked for in the background comes back by the methods of ``Listener``.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from models.listing import Listing, Row
from screens.kit.gateway import Gateway, Owner
from screens.kit.row_window import PAGE, RowWindow, Span, span_around

Answer = TypeVar("Answer")

_AT_ONCE_SECONDS = 0.010
"""After a read that took longer than this, rows are read in the background until that is quick again."""


class _Reading(NamedTuple):
    rows: list[Row]
    seconds: float


def _read_timed(span: Span, listing: Listing, count: int | None) -> _Reading:
    start = time.perf_counter()
    rows = span.read(listing, count)
    return _Reading(rows, time.perf_counter() - start)


class Aim(NamedTuple):
    """Where a list is to be opened: at a record, else near a row, with so many rows ``around`` it on each side."""

    record_id: int | None
    near: int
    around: int


class Opening(NamedTuple):
    """The first rows of a list that is to replace the one shown, and where the record aimed at stands in it."""

    listing: Listing
    place: int | None
    span: Span
    rows: list[Row]

    def place_of(self, record_id: int | None) -> int | None:
        """Where a record stands that is among these rows."""
        found = (self.span.first + at for at, row in enumerate(self.rows) if row.id == record_id)
        return next(found, None)


class Listener(Owner, Protocol):
    """Who shows the rows. All is called in the app's thread."""

    def rows_came(self) -> None: ...

    def list_opened(self, opening: Opening) -> None: ...

    def rows_counted(self, number: int) -> None: ...

    def reading_failed(self, error: Exception) -> None: ...

    def trouble(self, error: Exception) -> None: ...


def open_at(listing: Listing, aim: Aim) -> Opening:
    """Find the record and read the rows around it; slow, so called in a thread."""
    place = None if aim.record_id is None else listing.position_of(aim.record_id)
    middle = aim.near if place is None else place
    span = span_around(middle - aim.around, middle + aim.around)
    rows = listing.page(span.first, span.length)
    if not rows and span.first:
        last = max(0, listing.count() - 1)
        span = span_around(last - 2 * aim.around, last)
        rows = listing.page(span.first, span.length)
    return Opening(listing, place, span, rows)


class RowReader:
    """The list that is shown and its rows at hand. ``listing`` is None until the first list is opened."""

    def __init__(self, gateway: Gateway, listener: Listener) -> None:
        self._gateway = gateway
        self._listener = listener
        self._coming: dict[str, Span] = {}
        self._slow = False
        self.listing: Listing | None = None
        self.window = RowWindow()

    @property
    def is_loading(self) -> bool:
        """Whether no row is at hand yet because the first ones are still being read."""
        return self._gateway.is_asked(self._listener, "rows")

    def is_at_hand(self, first: int, last: int) -> bool:
        """Whether these rows, as far as there are any, can be shown now."""
        return self.window.missing(first, last) is None

    def open(self, listing: Listing, count: int | None = None) -> None:
        """Show a list from its first row, at once where it is quick; it is counted when it has been drawn, unless
        its ``count`` is known."""
        self.close()
        self._slow = False
        self.listing, self.window = listing, RowWindow(count)
        self._read(Span(0, PAGE))

    def reopen(self, listing: Listing, aim: Aim) -> None:
        """Replace the list by another one, or by itself as it is now; the old rows stay until the new ones are here."""
        self._ask("open", partial(open_at, listing, aim), self._listener.list_opened)

    def open_top_meanwhile(self, listing: Listing) -> None:
        """While ``reopen`` still looks for the record, read the first rows."""
        if self._gateway.is_asked(self._listener, "open"):
            span = Span(0, PAGE)
            work = partial(span.read, listing, None)
            self._ask("top", work, lambda rows: self._listener.list_opened(Opening(listing, None, span, rows)))

    def adopt(self, opening: Opening, likely: int | None) -> None:
        """Take the rows of an opening for those shown; ``likely`` is the length before, if it is much the same now."""
        for channel in ("rows", "ahead", "top"):
            self._gateway.drop(self._listener, channel)
        self._coming.clear()
        self._slow = self._slow and opening.listing is self.listing
        self.listing, self.window = opening.listing, RowWindow(likely=likely)
        self.window.store(opening.span, opening.rows)
        self.count()

    def count(self) -> None:
        """Count the list in the background, unless its end was among the rows that were read."""
        if self.window.count is not None:
            self._listener.rows_counted(self.window.count)
        elif self.listing is not None:
            self._gateway.ask(self._listener, "count", self.listing.count, self._counted, self._listener.trouble)

    def ensure(self, first: int, last: int, travel: int) -> None:
        """See to it that these rows are at hand, and more of them in the direction of ``travel`` (1 or -1)."""
        missing = self.window.missing(first, last)
        if missing is not None:
            self._read(missing)
            missing = self.window.missing(first, last)
        if missing is None:
            height = last - first + 1
            ahead = (last + 1, last + 2 * height) if travel > 0 else (first - 2 * height, first - 1)
            wanted = self.window.missing(*ahead) if ahead[1] >= 0 else None
            if wanted is not None:
                self._ask_rows("ahead", wanted)

    def close(self) -> None:
        """Interrupt everything that is being read."""
        self._gateway.drop(self._listener)
        self._coming.clear()

    def _read(self, span: Span) -> None:
        if self.listing is None:
            return
        if not self._is_quick(self.listing):
            self._ask_rows("rows", span)
            return
        try:
            reading = _read_timed(span, self.listing, self.window.count)
        except Exception:
            # The connection of this thread may be lost: in the background there are others, and words for what failed.
            self._slow = True
            self._ask_rows("rows", span)
        else:
            self._keep(span, reading)

    def _keep(self, span: Span, reading: _Reading) -> None:
        self._slow = reading.seconds > _AT_ONCE_SECONDS
        self.window.store(span, reading.rows)

    def _is_quick(self, listing: Listing) -> bool:
        costs = {column.id: column.sort for column in listing.columns}
        # What is sorted by no column is in the order of the record ids.
        return costs.get(listing.sort.column, "fast") == "fast" and not listing.filter_text and not self._slow

    def _ask_rows(self, channel: str, span: Span) -> None:
        """Ask for rows unless they are already on their way: a key held down must not interrupt its own rows."""
        if self.listing is None or any(coming.covers(span) for coming in self._coming.values()):
            return
        self._coming[channel] = span
        work = partial(_read_timed, span, self.listing, self.window.count)
        failed = partial(self._rows_failed, channel)
        self._gateway.ask(self._listener, channel, work, partial(self._rows_came, channel, span), failed)

    def _rows_came(self, channel: str, span: Span, reading: _Reading) -> None:
        self._coming.pop(channel, None)
        self._keep(span, reading)
        self._listener.rows_came()

    def _rows_failed(self, channel: str, error: Exception) -> None:
        self._coming.pop(channel, None)
        if channel == "ahead":
            self._listener.trouble(error)
        else:
            self._listener.reading_failed(error)

    def _counted(self, number: int) -> None:
        self.window.count = number
        self._listener.rows_counted(number)

    def _ask(self, channel: str, work: Callable[[], Answer], deliver: Callable[[Answer], None]) -> None:
        self._gateway.ask(self._listener, channel, work, deliver, self._listener.reading_failed)
