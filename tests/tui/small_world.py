"""A program of two sections and cards of two kinds, to try the shell round them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from models.kinds import RecordRef
from models.language import N_, _
from models.writing import Actor
from screens.kit.gateway import Gateway
from screens.section import RecordsChanged, RecordScreen, Section, SectionScreen
from tui.app import TurboFly
from tui.services import Changes, Services
from tui.settings import Problem, Settings

ANNA = Actor("anna", "Anna", None, frozenset(), "test")
CLIENT, KEY = RecordRef("client", 1), RecordRef("key", 2)


@contextmanager
def no_connection() -> Iterator[Callable[[], None]]:
    """A connection to nothing."""
    yield lambda: None


class Clients(SectionScreen):
    """Counts how often the key ``j`` was pressed, and keeps what it hears of changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "down", N_("next"), id="clients.down"),
        Binding("slash", "filter", N_("filter"), id="clients.filter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        self.filtered = 0
        self.heard: list[frozenset[str]] = []
        self.inner_steps = 0
        self.may_go = True

    def compose_body(self) -> ComposeResult:
        yield Static(_("Clients"), markup=False)

    def action_down(self) -> None:
        self.pressed += 1

    def action_filter(self) -> None:
        self.filtered += 1

    def on_records_changed(self, event: RecordsChanged) -> None:
        self.heard.append(event.kinds)

    def step_back(self) -> bool:
        self.inner_steps -= 1
        return self.inner_steps >= 0


class Notes(SectionScreen):
    """A line of text."""

    def compose_body(self) -> ComposeResult:
        yield Input()


class Card(RecordScreen):
    """The card of a record; ``may_go`` says whether it may be closed."""

    def __init__(self, ref: RecordRef) -> None:
        super().__init__(ref)
        self.may_go = True

    def may_leave(self) -> bool:
        return self.may_go


class Database:
    """What the shell asks every second."""

    def __init__(self) -> None:
        self.changes = Changes(1)
        self.fault: Exception | None = None

    def changes_since(self, _marker: int | None) -> Changes:
        if self.fault is not None:
            raise self.fault
        return self.changes


def program(
    *,
    database: Database | None = None,
    settings: Settings | None = None,
    problems: tuple[Problem, ...] = (),
    undo_last: Callable[[], str] | None = None,
    find_anything: Callable[[], Card] | None = None,
    first_section: str = "",
) -> TurboFly:
    """The shell round the two sections."""
    return TurboFly(
        Services(
            sections=(Section("clients", N_("Clients"), 2, Clients), Section("notes", N_("Notes"), 5, Notes)),
            gateway=Gateway(no_connection, lambda error: None),
            changes_since=(database or Database()).changes_since,
            actor=ANNA,
            settings=settings or Settings(),
            problems=problems,
            openers={"client": Card, "key": Card},
            undo_last=undo_last,
            find_anything=find_anything,
            first_section=first_section,
        )
    )
