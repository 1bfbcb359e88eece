"""The first section: what ends, what is overdue, what others did."""

from __future__ import annotations

import datetime as dt

from models.actor import Actor
from models.catalogue.actions import edit_product
from models.catalogue.tables import Product
from models.clients.actions import edit_client
from models.clients.tables import Client
from models.keys.tables import ProtectionKey
from models.licensing.pools import add_codes
from models.licensing.tables import Licence
from models.sales.actions_deals import new_deal
from screens.card import CardScreen
from screens.list_screen import ListScreen
from screens.today import TodayList
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly


def lines(app: TurboFly) -> list[str]:
    return [" ".join(str(option.prompt).split()) for option in app.screen.query_one(TodayList).options]


async def test_what_ends_and_what_is_overdue_is_listed_with_the_days_left(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "reading …" not in lines(app))
        assert "Keys that should be back 1" in lines(app)
        assert "Northwind Traders 0C11-9000 Guardant Sign 22 days late" in lines(app)
        assert "Licences that end soon 3" in lines(app)
        assert "ООО «Ромашка» 2 licences in 8 days" in lines(app)
        assert "Northwind Traders NC-7F3A-01 in 20 days" in lines(app)
        assert "ЗАО «Вектор плюс» GS-100003 in 3 days" in lines(app)


async def test_enter_opens_what_the_line_is_about(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "reading …" not in lines(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref.kind == "key")


async def test_all_of_them_are_shown_in_their_section(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "all of them" in lines(app) and "reading …" not in lines(app))
        place = lines(app).index("all of them")
        app.screen.query_one(TodayList).highlighted = place
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListScreen) and app.screen.open_tab == "renewals")
        await until(pilot, lambda: "4 end, 3 clients" in shown_text(app))


async def test_what_others_changed_today_appears(program: Program, boris: Actor) -> None:
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "reading …" not in lines(app))
        assert "Changed by others today" not in lines(app)
        client = Client.get(Client.name == "Northwind Traders")
        edit_client(boris, client.id, client.version, {"note": "called"})
        await until(pilot, lambda: any(line.startswith("Northwind Traders client, boris") for line in lines(app)))


async def test_a_day_without_anything_to_see_to_is_said_to_be_one(program: Program) -> None:
    Licence.update(state="revoked").execute()
    ProtectionKey.update(state="issued").execute()
    app = program("today")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: lines(app)[:1] == ["Nothing waits for you today."])


async def test_what_was_left_half_typed_is_offered_and_gone_on_with(program: Program) -> None:
    left = program("clients")
    async with left.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(left)) == 5)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(left.screen, CardScreen) and left.screen.form.entries is not None)
        await type_text(pilot, "ООО «Недопечатано»")
        left.save_drafts()
    left.drafts.close()
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: any("Half typed" in line for line in lines(app)))
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and "Недопечатано" in shown_text(app))


async def test_deals_that_stand_still_are_named_and_all_of_them_shown(program: Program, anna: Actor) -> None:
    since = dt.date.today() - dt.timedelta(days=200)
    for number in range(10):
        new_deal(anna, {"title": f"Estimates {number}", "client": 1, "expected": 1000 * number}, day=since)
    new_deal(anna, {"title": "Fresh", "client": 1})
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Deals that stand still 10" in lines(app) and "reading …" not in lines(app))
        named = [line for line in lines(app) if "Estimates" in line]
        assert len(named) == 8
        assert "Estimates 9" in named[0] and "for 200 days" in named[0]
        app.screen.query_one(TodayList).highlighted = lines(app).index(named[-1]) + 1
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListScreen) and app.screen.open_tab == "deals")
        await until(pilot, lambda: len(shown_rows(app)) == 10)
        assert "rots:yes" in shown_text(app)


async def test_a_pool_that_runs_low_is_warned_of(program: Program, anna: Actor) -> None:
    product = Product.get_by_id(1)
    edit_product(anna, product.id, product.version, {"pool_low": 2})
    add_codes(anna, product.id, ["C-1", "C-2"])
    app = program("today")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Pools of codes that run low 1" in lines(app))
        assert any("2 codes left" in line for line in lines(app))
