"""The funnel on the screen: the deals behind a figure, moved by keys; filters; what was not bought; campaigns."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.campaigns.actions import add_campaign
from models.errors import RuleBroken
from models.sales.actions_answers import decline_document
from models.sales.actions_deals import new_deal
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.tables import Deal
from screens.deal_card import DealCard
from screens.figures_body import Answered, FiguresBody
from screens.funnel import FunnelScreen, StagesBody
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import PickOne
from tests.screens.small_company import Program, shown_text, type_text, until
from tui.app import TurboFly
from tui.settings import Settings

NORTHWIND = 3


@pytest.fixture(autouse=True)
def some_deals(anna: Actor) -> None:
    """One deal that has only begun, one that was quoted within a campaign and declined for its price."""
    new_deal(anna, {"title": "Ten keys", "client": NORTHWIND, "expected": Decimal(50_000)})
    campaign = add_campaign(anna, {"name": "Autumn"})
    lines = [{"description": "Server", "price": Decimal(90_000)}]
    quote = new_document(anna, "quote", {"client": 1, "campaign": campaign}, lines)
    issue_document(anna, quote)
    decline_document(anna, quote, "price")


def body(app: TurboFly) -> FiguresBody:
    """The tab that is shown."""
    return next(one for one in app.screen.query(FiguresBody) if one.display)


async def shown(pilot: Pilot[None], app: TurboFly, text: str) -> None:
    """Wait until a text stands on the screen."""
    await until(pilot, lambda: isinstance(app.screen, FunnelScreen) and text in shown_text(app))


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_the_deals_behind_a_figure_are_listed_moved_and_opened(program: Program, ascii_only: bool) -> None:
    app = program("funnel", settings=Settings(ascii=ascii_only))
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app, "Northwind")
        assert ("#" if ascii_only else "█") in shown_text(app)
        await shown(pilot, app, "loses the most")
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: Deal.get_by_id(1).stage.name == "Engaging")
        await pilot.press("down")
        await until(pilot, lambda: (table := body(app).table) is not None and table.cursor_id == 1)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DealCard))


async def test_filters_narrow_the_funnel_down_and_the_period_before_is_compared(program: Program) -> None:
    app = program("funnel")
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, app, "Northwind")
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, AskFields))
        await type_text(pilot, "2026-11-01")
        await pilot.press("tab")
        await type_text(pilot, "2026-11-30")
        await pilot.press("ctrl+s")
        await shown(pilot, app, "The period before: won 0")
        assert "From: 2026-11-01" in shown_text(app)


async def test_what_was_not_bought_by_product_and_by_reason_and_what_campaigns_brought(program: Program) -> None:
    app = program("funnel")
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app, "Northwind")
        await pilot.press("right_square_bracket")
        await shown(pilot, app, "By product")
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await type_text(pilot, "reason")
        await pilot.press("enter")
        await shown(pilot, app, "By reason")
        await shown(pilot, app, "price")
        await pilot.press("right_square_bracket")
        await shown(pilot, app, "Autumn")


async def test_what_takes_long_to_count_says_so_and_then_says_why_it_failed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def slow(_body: StagesBody, _filters: object) -> Answered:
        assert may_end.wait(20)
        raise RuleBroken("first", "The period ends before it begins.")

    monkeypatch.setattr(StagesBody, "count", slow)
    app = program("funnel")
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app, "Counting…")
        may_end.set()
        await until(pilot, lambda: "Counting…" not in shown_text(app))
        await until(pilot, lambda: any("The period ends" in one.message for one in app._notifications))
