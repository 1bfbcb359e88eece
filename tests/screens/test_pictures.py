"""What the sections look like, at the two sizes that matter and in both languages: nothing moves unseen.

``pytest --snapshot-update`` takes the pictures anew; look at them before committing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.language import use_language
from models.sales.actions_answers import decline_document
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from screens.document import DocumentCard
from screens.find_anything import FindAnything
from screens.list_screen import ListScreen
from screens.today import Today
from tests.screens.small_company import Program, stop_blinking, type_text, until
from tui.app import TurboFly
from tui.settings import Settings


def sell(anna: Actor) -> None:
    """An order from a quote, another quote that was declined, and a draft of the next."""
    lines = [
        {"description": "Server", "price": Decimal(90_000)},
        {"description": "Setting it up", "price": Decimal(5_000), "quantity": Decimal(8)},
    ]
    ordered, declined = (new_document(anna, "quote", {"client": client}, lines) for client in (1, 2))
    for quote in (ordered, declined):
        issue_document(anna, quote)
    issue_document(anna, make_next(anna, [ordered], "order"))
    decline_document(anna, declined, "price")
    new_document(anna, "quote", {"client": 3}, lines)


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


async def document(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("down", "enter")
    await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.look is not None)


async def editing_lines(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.look is not None)
    await pilot.press("e", "down", "right")
    await until(pilot, lambda: not asks(app, "totals") and not asks(app, "rates"))


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
    "documents": ("documents", nothing),
    "document": ("documents", document),
    "document-lines": ("documents", editing_lines),
    "funnel": ("funnel", nothing),
}


def asks(app: TurboFly, channel: str) -> bool:
    """Whether anything on the screen, or below the window on it, still waits for an answer on the channel."""
    nodes = (node for screen in app.screen_stack for node in screen.walk_children(with_self=True))
    return any(app.gateway.is_asked(node, channel) for node in nodes)


_SELLING = ("documents", "document", "document-lines", "funnel")
"""What is pictured over a company that sells."""


def at_rest(app: TurboFly) -> bool:
    """Whether all that the section asked for is there."""
    screen = app.screen_stack[0]
    if isinstance(screen, Today):
        return not any(asks(app, block) for block in ("drafts", "overdue", "licences", "maintenance", "others"))
    counts = [f"count {view.name}" for view in screen.VIEWS] if isinstance(screen, ListScreen) else []
    return not any(
        asks(app, channel)
        for channel in ("open", "rows", "top", "count", "card", "look", "figures", "filters", *counts)
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str,
    size: tuple[int, int],
    language: str,
    program: Program,
    anna: Actor,
    snap_compare: Callable[..., bool],
) -> None:
    section, steps = PICTURES[name]
    if name in _SELLING:
        sell(anna)
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
