"""What is done once a day while the program runs, soon after its start and after each midnight: in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.clock import today

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from screens.kit.gateway import Gateway, Owner
    from tui.services import Daily

FIRST_LOOK_SECONDS = 3.0
"""The first screen has its rows by then: nothing of a start waits for this."""
LOOK_SECONDS = 60.0
_CHANNEL = "daily"


class DailyWork:
    """Looks whether there is any of the day's work, by reading alone, and does it; a day that failed is tried again."""

    def __init__(self, gateway: Gateway, owner: Owner, daily: Daily, tell_fault: Callable[[str], object]) -> None:
        self._gateway = gateway
        self._owner = owner
        self._daily = daily
        self._tell_fault = tell_fault
        self._done_on: dt.date | None = None
        self._fault = ""

    def look(self) -> None:
        """Ask whether anything waits, once a day; not while the last question is open."""
        day = today()
        if day != self._done_on and not self._gateway.is_asked(self._owner, _CHANNEL):
            work = partial(self._daily.waits, day)
            self._gateway.ask(self._owner, _CHANNEL, work, partial(self._answered, day), self._failed)

    def _answered(self, day: dt.date, waits: bool) -> None:
        if waits:
            work = partial(self._daily.do, day)
            self._gateway.ask_to_write(self._owner, _CHANNEL, work, partial(self._done, day), self._failed)
        else:
            self._done(day)

    def _done(self, day: dt.date, _answer: object = None) -> None:
        self._done_on, self._fault = day, ""

    def _failed(self, error: Exception) -> None:
        if str(error) != self._fault:
            self._fault = str(error)
            self._tell_fault(self._fault)
