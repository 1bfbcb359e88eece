"""What the section of mail and a message look like, at the two sizes that matter and in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from models.kinds import RecordRef
from models.language import use_language
from models.mail.tables import Message
from screens.kit.record_picker import RecordPicker
from screens.message import MessageScreen
from tests.screens.mail.test_mail import pane_of
from tests.screens.small_company import Program, stop_blinking, until
from tui.app import TurboFly
from tui.settings import Settings

Steps = Callable[[Pilot[None], TurboFly], Awaitable[None]]


async def the_archive(pilot: Pilot[None], app: TurboFly) -> None:
    await until(pilot, lambda: bool(app.screen.query("RecordTable")) and pane_of(app).table.total == 8)


async def what_waits(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("right_square_bracket")
    await until(pilot, lambda: pane_of(app).view.name == "unfiled" and pane_of(app).table.total == 7)
    await pilot.press("down", "down")
    await until(pilot, lambda: pane_of(app).filing is not None and not asks(app, "guess"))


async def picking_a_client(pilot: Pilot[None], app: TurboFly) -> None:
    await what_waits(pilot, app)
    await pilot.press("f")
    await until(pilot, lambda: isinstance(app.screen, RecordPicker) and not asks(app, "candidates"))


async def a_message(pilot: Pilot[None], app: TurboFly) -> None:
    app.open_record(RecordRef("message", Message.get(Message.message_id == "2@letters").id))
    await until(pilot, lambda: isinstance(app.screen, MessageScreen) and app.screen.filing is not None)
    screen = app.screen
    assert isinstance(screen, MessageScreen)
    await until(pilot, lambda: screen.thread.total == 3 and screen.thread.cursor_id == screen.ref.id)


PICTURES: dict[str, Steps] = {
    "archive": the_archive,
    "unfiled": what_waits,
    "picking": picking_a_client,
    "message": a_message,
}


def asks(app: TurboFly, channel: str) -> bool:
    """Whether anything on the screen still waits for an answer on the channel."""
    return any(app.gateway.is_asked(node, channel) for node in app.screen.walk_children(with_self=True))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str, size: tuple[int, int], language: str, program: Program, snap_compare: Callable[..., bool]
) -> None:
    use_language(language)
    app = program("mail", settings=Settings(theme="dark"))

    async def before(pilot: Pilot[None]) -> None:
        await PICTURES[name](pilot, app)
        await until(pilot, lambda: not any(asks(app, channel) for channel in ("open", "rows", "count", "count broken")))
        await pilot.pause()
        stop_blinking(app)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=before)
