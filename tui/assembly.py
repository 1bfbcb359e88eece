"""The program put together: database, operator, sections, cards, the find-anything box, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from models import audit
from models.base import database
from models.clock import now
from models.company.identity import actor_for
from models.database import DatabaseURL, interrupter, is_connection_lost, is_failure_of_database, unusable
from models.language import N_, _, ngettext
from models.opening import close_database, make_writable, open_for_reading, thread_connection
from screens.kit.gateway import Failures, Gateway
from screens.section import RecordScreen, Section, SectionScreen
from tui.app import run
from tui.crash import record
from tui.day_work import do, may_do_any, waits
from tui.services import Changes, Daily, Services, Woken
from tui.settings import Problem, Settings

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.kinds import RecordRef
    from models.writing import Actor
    from screens.find_anything import LastQuery


def run_on(
    url: DatabaseURL, login: str | None, settings: Settings | None, problems: tuple[Problem, ...], first_section: str
) -> int:
    """Open the database, run the program on it, close it; the exit status of the process."""
    open_for_reading(url)
    try:
        actor = actor_for(login, "turbofly")
        gateway = Gateway(connection, _unheard, prepare=partial(make_writable, url), failures=FAILURES)
        place = url.shown if url.path is None else str(url.path.resolve())
        return run(services(actor, gateway, settings or Settings(), problems, first_section, place))
    finally:
        close_database()


def services(
    actor: Actor,
    gateway: Gateway,
    settings: Settings,
    problems: tuple[Problem, ...] = (),
    first_section: str = "today",
    database_name: str = "",
) -> Services:
    """All that the application shell is given."""
    return Services(
        sections=SECTIONS,
        gateway=gateway,
        changes_since=partial(changes_since, actor.operator_id, audit.change_marker()),
        actor=actor,
        settings=settings,
        problems=problems,
        openers=_Cards(),
        find_anything=_FindBoxes(),
        undo_last=lambda: undo_last(actor),
        first_section=first_section,
        database=database_name,
        daily=daily_work(actor),
    )


@contextmanager
def connection() -> Iterator[Callable[[], None]]:
    """A connection of the calling thread; gives the function that ends the query that runs on it."""
    with thread_connection():
        yield interrupter(database)


def _in_words(error: Exception) -> Exception:
    """A failure of the database itself as what the operator is told; a mistake of the program stays what it is."""
    return (unusable(error) if is_failure_of_database(error) else None) or error


FAILURES = Failures(is_connection_lost, _in_words)


def _unheard(error: Exception) -> None:
    record(error, "a write whose screen was gone")


def changes_since(operator_id: int | None, begun: int, marker: int | None) -> Changes:
    """What was written since the marker (None: since the program began), and which reminders of an operator are due."""
    from models.reminders.queries import last_woken

    newest, since = audit.change_marker(), begun if marker is None else marker
    kinds = frozenset() if newest == since else audit.kinds_changed_since(since)
    due, woken = (0, []) if operator_id is None else last_woken(operator_id, now())
    return Changes(newest, kinds, due, tuple(Woken(*one) for one in woken))


def daily_work(actor: Actor) -> Daily | None:
    """What an operator's program does once a day, if he may do any of it."""
    return Daily(partial(waits, actor), partial(do, actor)) if may_do_any(actor) else None


def undo_last(actor: Actor) -> str:
    """Undo the operator's last change; says what was restored."""
    from models.undo import last_change, undo

    change = last_change(actor)
    if change is None:
        return _("There is nothing of yours to undo.")
    restored = undo(actor, change)
    return ngettext(
        "Undone: {number} record is as before.", "Undone: {number} records are as before.", len(restored)
    ).format(number=len(restored))


# Each screen is imported when it is first shown: the program starts with one.


def _today() -> SectionScreen:
    from screens.today import Today

    return Today()


def _clients() -> SectionScreen:
    from screens.clients import Clients

    return Clients()


def _funnel() -> SectionScreen:
    from screens.funnel import FunnelScreen

    return FunnelScreen()


def _documents() -> SectionScreen:
    from screens.documents import Documents

    return Documents()


def _keys() -> SectionScreen:
    from screens.keys import Keys

    return Keys()


def _mail() -> SectionScreen:
    from screens.mail import Mail

    return Mail()


def _company() -> SectionScreen:
    from screens.company import OurCompany

    return OurCompany()


SECTIONS = (
    Section("today", N_("Today"), 1, _today),
    Section("clients", N_("Clients"), 2, _clients),
    Section("funnel", N_("Funnel"), 3, _funnel),
    Section("documents", N_("Documents"), 4, _documents),
    Section("keys", N_("Keys"), 5, _keys),
    Section("mail", N_("Mail"), 7, _mail),
    Section("company", N_("Company"), 0, _company),
)


class _FindBoxes:
    """Makes the find-anything box anew each time, with what was typed into the last one."""

    def __init__(self) -> None:
        self._last: LastQuery | None = None

    def __call__(self) -> Screen[None]:
        from screens.find_anything import FindAnything, LastQuery

        self._last = self._last or LastQuery()
        return FindAnything(self._last)


def _message(ref: RecordRef) -> RecordScreen:
    from screens.message import MessageScreen

    return MessageScreen(ref)


def _card(ref: RecordRef) -> RecordScreen:
    from screens.card_kinds import card_class

    return card_class(ref.kind)(ref)


_OWN_SCREENS: Mapping[str, Callable[[RecordRef], RecordScreen]] = {"message": _message}
"""What is no card of fields and lists."""


class _Cards(Mapping[str, Callable[["RecordRef"], RecordScreen]]):
    """Makes the card of a record of each kind that has one; asks the table of cards only when one is opened."""

    def __getitem__(self, kind: str) -> Callable[[RecordRef], RecordScreen]:
        if kind in _OWN_SCREENS:
            return _OWN_SCREENS[kind]
        from models.cards.definitions import CARDS

        if kind not in CARDS:
            raise KeyError(kind)
        return _card

    def __iter__(self) -> Iterator[str]:
        from models.cards.definitions import CARDS

        return iter({**CARDS, **_OWN_SCREENS})

    def __len__(self) -> int:
        return len(list(iter(self)))
