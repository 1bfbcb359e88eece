"""What the sections look like, at the two sizes that matter and in both languages: nothing moves unseen.

``pytest --snapshot-update`` takes the pictures anew; look at them before committing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from models.language import use_language
from screens.find_anything import FindAnything
from screens.list_screen import ListScreen
from screens.today import Today
from tests.screens.small_company import Program, stop_blinking, type_text, until
from tui.app import TurboFly
from tui.settings import Settings

Steps = Callable[[Pilot[None], TurboFly], Awaitable[None]]


async def nothing(pilot: Pilot[None], app: TurboFly) -> None:
    """The section as it opens."""


async def filtering(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("slash")
    await type_text(pilot, "0А1F sta")


async def previewing(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("right_square_bracket")
    await until(pilot, lambda: at_rest(app))
    await pilot.press("down", "space", "v")


async def finding(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("ctrl+k")
    await type_text(pilot, "northw")
    await until(pilot, lambda: isinstance(app.screen, FindAnything) and not asks(app, "find"))


async def choosing_columns(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("c")


async def settings(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("left_square_bracket")
    await until(pilot, lambda: not asks(app, "settings"))


PICTURES: dict[str, tuple[str, Steps]] = {
    "today": ("today", nothing),
    "clients": ("clients", nothing),
    "keys": ("keys", nothing),
    "keys-filter": ("keys", filtering),
    "licences-preview": ("keys", previewing),
    "company": ("company", nothing),
    "settings": ("company", settings),
    "find": ("keys", finding),
    "columns": ("keys", choosing_columns),
}


def asks(app: TurboFly, channel: str) -> bool:
    """Whether anything on the screen, or below the window on it, still waits for an answer on the channel."""
    nodes = (node for screen in app.screen_stack for node in screen.walk_children(with_self=True))
    return any(app.gateway.is_asked(node, channel) for node in nodes)


def at_rest(app: TurboFly) -> bool:
    """Whether all that the section asked for is there."""
    screen = app.screen_stack[0]
    if isinstance(screen, Today):
        return not any(asks(app, block) for block in ("drafts", "overdue", "licences", "maintenance", "others"))
    counts = [f"count {view.name}" for view in screen.VIEWS] if isinstance(screen, ListScreen) else []
    return not any(asks(app, channel) for channel in ("open", "rows", "top", "count", "card", *counts))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str, size: tuple[int, int], language: str, program: Program, snap_compare: Callable[..., bool]
) -> None:
    section, steps = PICTURES[name]
    use_language(language)
    app = program(section, settings=Settings(theme="dark"))

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await until(pilot, lambda: at_rest(app))
        await steps(pilot, app)
        await until(pilot, lambda: at_rest(app))
        await pilot.pause()
        stop_blinking(app)
        await until(pilot, lambda: at_rest(app))

    assert snap_compare(app, terminal_size=size, run_before=before)
