"""An app with nothing but a record table, as the tests of the table and the measurements in a terminal need it."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.pilot import Pilot

from models.listing import Listing
from screens.kit.gateway import Gateway
from screens.kit.glyphs import UNICODE
from screens.kit.record_table import RecordTable
from screens.kit.table_messages import TableMessage
from tests.screens.kit.computed_listing import STATES, ComputedListing
from tui.thrifty_driver import thrifty

CHANNELS = ("open", "rows", "ahead", "top", "count")
Posted = TypeVar("Posted", bound=TableMessage)


@contextmanager
def no_connection() -> Iterator[Callable[[], None]]:
    """What the gateway takes for a connection: a computed list needs none."""
    yield lambda: None


class Gate:
    """Lets what passes it wait until it is opened: a slow query whose end the test decides."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def __call__(self) -> None:
        self._open.wait(20)

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.clear()


class TableApp(App[None]):
    """A table over a list; ``heard`` holds the messages that the table posted."""

    CSS = "RecordTable { border: round $primary; }"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.glyphs = UNICODE
        self.gateway = Gateway(no_connection, self.heard_of)
        self.table = RecordTable(
            self.gateway, empty_text="No keys yet. Press n to add one.", state_labels={"state": STATES}, id="keys"
        )
        self.table.set_listing(listing)
        self.heard: list[TableMessage] = []
        self.unheard: list[Exception] = []

    def heard_of(self, error: Exception) -> None:
        self.unheard.append(error)

    def compose(self) -> ComposeResult:
        yield self.table

    def on_unmount(self) -> None:
        self.gateway.close()

    @on(TableMessage)
    def hear(self, message: TableMessage) -> None:
        self.heard.append(message)

    @property
    def lines(self) -> list[str]:
        """The heading and the rows as they stand on the screen."""
        return [self.table.render_line(y).text for y in range(self.table.scrollable_size.height)]

    @property
    def cursor_line(self) -> str:
        """The line with the cursor's mark; "" when it is not on the screen."""
        return next((line for line in self.lines if line.startswith("▌")), "")

    def last(self, kind: type[Posted]) -> Posted:
        """The last message of this kind."""
        return next(message for message in reversed(self.heard) if isinstance(message, kind))


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all that the table asked for is answered and shown."""
    app = pilot.app
    assert isinstance(app, TableApp)
    await pilot.pause()
    while any(app.gateway.is_asked(app.table, channel) for channel in CHANNELS):
        await pilot.pause()
    await pilot.pause()


class ThriftyTableApp(TableApp):
    """The same, sending only the cells that change."""

    def get_driver_class(self) -> type[Driver]:
        return thrifty(super().get_driver_class())


APPS = {"plain": TableApp, "thrifty": ThriftyTableApp}


if __name__ == "__main__":
    APPS[sys.argv[1]](ComputedListing(10_000_000)).run()
