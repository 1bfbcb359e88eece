"""The application shell with two small sections instead of the real ones, to be run on a pseudo-terminal.

The first argument says what happens when ``w`` is pressed: ``thread`` (a query in the background that cannot be
interrupted), ``main`` (the main thread is held up), ``crash``, ``copy``, ``hostile`` (poisoned text is shown). The
second names the file in which a draft is kept.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from models.language import N_
from models.writing import Actor
from screens.kit.gateway import Gateway
from screens.section import Section, SectionScreen
from tui.app import run
from tui.services import Changes, Services
from tui.settings import load_settings

FOREVER_SECONDS = 3600.0
HOSTILE = "[/x]\x1b]0;owned\x07\x1b[2J\x9b31m\x90q\x9c\u202egpj.exe\u2066\u200b\x08\x0e\x7f end of it"


@contextmanager
def no_connection() -> Iterator[Callable[[], None]]:
    """A connection whose queries cannot be interrupted."""
    yield lambda: None


def hold_up() -> None:
    """A query that takes too long."""
    print("held up", file=sys.__stderr__, flush=True)
    time.sleep(FOREVER_SECONDS)


class First(SectionScreen):
    """Has one key, which does what the program was started for."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "work", N_("work"), id="first.work")]

    def compose_body(self) -> ComposeResult:
        yield Static("the first section", markup=False)

    def on_mount(self) -> None:
        draft = Path(sys.argv[2])
        self.shell.draft_keepers.add(lambda: print("half typed", file=draft.open("w", encoding="utf-8")))

    def action_work(self) -> None:
        getattr(self, f"work_{sys.argv[1]}")()

    def work_thread(self) -> None:
        self.shell.gateway.ask(self, "work", hold_up, self.log, self.log)

    def work_main(self) -> None:
        hold_up()

    def work_copy(self) -> None:
        self.app.copy_to_clipboard("ключ 0A1F-4433")

    def work_hostile(self) -> None:
        self.query_one(Static).update(Text(HOSTILE, style=Style(link="https://example.org/" + HOSTILE)))
        self.notify(HOSTILE, title=HOSTILE)

    def work_crash(self) -> None:
        password = "".join(["se", "cret"])
        raise ValueError(f"cannot open postgresql://anna:{password}@db/dealer")


class Second(SectionScreen):
    """Has a line of text."""

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="type here")


if __name__ == "__main__":
    services = Services(
        sections=(Section("first", N_("Today"), 1, First), Section("second", N_("Clients"), 2, Second)),
        gateway=Gateway(no_connection, lambda error: None),
        changes_since=lambda marker: Changes(0),
        actor=Actor("anna", "Anna", None, frozenset(), "test"),
        settings=load_settings()[0],
    )
    sys.exit(run(services))
