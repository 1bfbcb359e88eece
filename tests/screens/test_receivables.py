"""Receivables over all clients: figures by age, the invoices behind them, and what the first section says of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from screens.client_card import ClientCard
from screens.document import DocumentCard
from screens.documents import Documents
from screens.figures_body import FiguresBody
from screens.today import TodayList
from tests.models.sales.worlds import an_issued
from tests.screens.small_company import TODAY, Program, shown_rows, shown_text, until
from tests.screens.test_today import lines
from tui.app import TurboFly

ROMASHKA, VEKTOR = 1, 2


@pytest.fixture(autouse=True)
def some_invoices(anna: Actor) -> None:
    """Overdue by 100 days and by 10; not due yet."""
    for client, days, price in ((VEKTOR, 100, 700), (VEKTOR, 10, 500), (ROMASHKA, -5, 100)):
        due = TODAY - dt.timedelta(days=days)
        issued = {"client": client, "date": TODAY - dt.timedelta(days=200), "due": due}
        an_issued(anna, "invoice", [{"description": "work", "price": Decimal(price)}], **issued)


async def at_receivables(pilot: Pilot[None], app: TurboFly) -> FiguresBody:
    """Show the tab."""
    await until(pilot, lambda: isinstance(app.screen, Documents))
    screen = app.screen
    assert isinstance(screen, Documents)
    screen.show_tab("receivables")
    await until(pilot, lambda: "overdue: 1,200" in shown_text(app))
    return app.screen.query_one(FiguresBody)


async def test_each_figure_shows_its_invoices_and_enter_opens_them_or_the_client(program: Program) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        body = await at_receivables(pilot, app)
        assert "Вектор" in shown_text(app) and "Ромашка" in shown_text(app)
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press(*["right"] * 5)
        await until(pilot, lambda: [row.split()[0] for row in shown_rows(app)] == ["26-00001"])
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Documents))
        body.figures.focus()
        await pilot.press(*["left"] * 6, "enter")
        await until(pilot, lambda: isinstance(app.screen, ClientCard))


async def test_the_first_section_names_those_whose_invoices_are_overdue(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Clients with overdue invoices 1" in lines(app))
        assert "ЗАО «Вектор плюс» 1,200.00 RUB 100 days late" in lines(app)
        place = lines(app).index("ЗАО «Вектор плюс» 1,200.00 RUB 100 days late")
        app.screen.query_one(TodayList).highlighted = place
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientCard) and app.screen.ref.id == VEKTOR)
