"""What the sections look like, at the two sizes that matter and in both languages: nothing moves unseen.

``pytest --snapshot-update`` takes the pictures anew; look at them before committing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from textual.pilot import Pilot

from models.actor import Actor
from models.clients.interaction_actions import add_interaction
from models.files.actions import attach_file
from models.kinds import RecordRef
from models.language import use_language
from models.reminders.actions import add_reminder
from models.sales.actions_answers import decline_document
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from screens.card import CardScreen
from screens.document import DocumentCard
from screens.due import DueReminders
from screens.event_kinds import EventKinds
from screens.files import FilesScreen
from screens.find_anything import FindAnything
from screens.list_screen import ListScreen
from screens.today import Today
from screens.today_blocks import BLOCKS
from tests.screens.conftest import NOON
from tests.screens.small_company import Program, shown_text, stop_blinking, type_text, until
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


async def on_a_card(pilot: Pilot[None], app: TurboFly) -> None:
    with time_machine.travel(NOON + timedelta(hours=1)):
        attach_file(app.actor, RecordRef("client", 1), "Договор № 7.pdf", b"%PDF", "подписан обеими сторонами")
    app.open_record(RecordRef("client", 1))
    await until(pilot, lambda: isinstance(app.screen, CardScreen) and not asks(app, "counts"))


async def choosing_events(pilot: Pilot[None], app: TurboFly) -> None:
    await on_a_card(pilot, app)
    await pilot.press("tab", "f")
    await until(pilot, lambda: isinstance(app.screen, EventKinds))


async def files_of_a_client(pilot: Pilot[None], app: TurboFly) -> None:
    await on_a_card(pilot, app)
    await pilot.press("F")
    await until(pilot, lambda: isinstance(app.screen, FilesScreen) and not asks(app, "name"))


def contacts(app: TurboFly) -> None:
    """Three contacts with the first client and two reminders of the operator's."""
    noon = NOON.replace(tzinfo=None)
    for days, subject, kind in ((-2, "Цена десяти мест", "call"), (1, "Показать новую версию", "demo")):
        moment = noon + dt.timedelta(days=days)
        values = {"client": 1, "subject": subject, "kind": kind, "moment": moment, "next_step": "Отправить счёт"}
        add_interaction(app.actor, values)
    add_interaction(
        app.actor, {"client": 3, "subject": "Перезвонить", "state": "planned", "moment": noon - dt.timedelta(days=1)}
    )
    for hours, text in ((-50, "Позвонить в банк"), (30, "Забрать ключ")):
        about = {"about_kind": "key", "about_id": 4} if hours > 0 else {"about_kind": "client", "about_id": 3}
        due = noon + dt.timedelta(hours=hours)
        add_reminder(app.actor, {"due": due, "text": text, "operator": app.actor.operator_id, **about})


async def told(pilot: Pilot[None], app: TurboFly) -> None:
    """Wait for the reminder that is due to be told, and for the telling to be over."""
    contacts(app)
    await until(pilot, lambda: "!1" in shown_text(app))
    app.clear_notifications()


async def planned(pilot: Pilot[None], app: TurboFly) -> None:
    await told(pilot, app)
    await pilot.press("right_square_bracket", "right_square_bracket")


async def reminders(pilot: Pilot[None], app: TurboFly) -> None:
    await told(pilot, app)
    await pilot.press("left_square_bracket")


async def due(pilot: Pilot[None], app: TurboFly) -> None:
    await told(pilot, app)
    await pilot.press("exclamation_mark")
    await until(pilot, lambda: isinstance(app.screen, DueReminders) and not asks(app, "due"))


async def logging(pilot: Pilot[None], app: TurboFly) -> None:
    await pilot.press("i")
    await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.form.is_editing)
    await type_text(pilot, "Price")


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
    "today-due": ("today", told),
    "planned": ("clients", planned),
    "reminders": ("clients", reminders),
    "due": ("keys", due),
    "logging": ("clients", logging),
    "client-card": ("clients", on_a_card),
    "event-kinds": ("clients", choosing_events),
    "files": ("clients", files_of_a_client),
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
        return not any(asks(app, block.id) for block in BLOCKS)
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
