"""What the application shell is given: all that is beyond drawing and keys comes in here, so tests give their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.settings import Problem, Settings

if TYPE_CHECKING:
    from datetime import date, datetime

    from textual.screen import Screen

    from models.kinds import RecordRef
    from models.writing import Actor
    from screens.kit.gateway import Gateway
    from screens.section import RecordScreen, Section


class Woken(NamedTuple):
    """A reminder that is due, and since when it wants to be seen."""

    id: int
    wakes: datetime
    text: str


class Changes(NamedTuple):
    """What happened in the database: ``marker`` is the newest entry of the audit trail, ``kinds`` what was touched.

    ``due`` is the number of reminders that are due to the operator now, ``woken`` the last of them to wake.
    """

    marker: int
    kinds: frozenset[str] = frozenset()
    due: int = 0
    woken: tuple[Woken, ...] = ()


class Daily(NamedTuple):
    """What is to be done once a day: ``waits`` says by reading whether there is any, ``do`` writes it bit by bit."""

    waits: Callable[[date], bool]
    do: Callable[[date], object]


class Services(NamedTuple):
    """The services of one run of the program.

    ``sections`` in the order of their digits, at least one; the first is shown at start. ``actor`` is who works
    here. ``changes_since`` is asked every second, in a thread of the gateway, with the last marker (None the
    first time: since the program began). ``openers`` makes the card of a record of each kind,
    ``find_anything`` the box of ctrl+k. ``undo_last`` undoes the operator's last change, in a thread of the
    gateway, and says in his language what it did. ``database`` tells the drafts of one database from another's:
    its address, or the full path of its file. ``daily`` is what this operator's program does once a day, if anything.
    """

    sections: tuple[Section, ...]
    gateway: Gateway
    changes_since: Callable[[int | None], Changes]
    actor: Actor
    settings: Settings = Settings()
    problems: tuple[Problem, ...] = ()
    openers: Mapping[str, Callable[[RecordRef], RecordScreen]] = MappingProxyType({})
    find_anything: Callable[[], Screen[None]] | None = None
    undo_last: Callable[[], str] | None = None
    first_section: str = ""
    database: str = ""
    daily: Daily | None = None

    @property
    def first_to_show(self) -> Section:
        """The section to begin with: the first one, unless ``first_section`` names another."""
        return next((one for one in self.sections if one.id == self.first_section), self.sections[0])
