"""What ends, by client, with one key for its quote; the calendar of ends; the pools of codes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from models.actor import Actor
from models.catalogue.actions import edit_product
from models.licensing.pools import add_codes, codes_left
from models.licensing.tables import VendorCode
from models.sales.tables import Document, DocumentLine
from screens.document import DocumentCard
from screens.keys import Keys
from screens.kit.dialogs import AskText, PickOne
from screens.kit.record_picker import RecordPicker
from screens.number_block import NumberBlock
from screens.pools import PoolsBody
from screens.renewals import RenewalsBody, calendar_lines
from tests.screens.small_company import TODAY, Program, shown_text, type_text, until
from tests.screens.test_pictures import asks
from tui.app import TurboFly

NARROW = "Number Product What ends Ends Last price"
WIDE = "Number Product Key What ends Ends Last price Priced on"


async def renewals_of(pilot: Pilot[None], app: TurboFly) -> RenewalsBody:
    """Go to the list of what ends."""
    await pilot.press("left_square_bracket", "left_square_bracket")
    await until(pilot, lambda: bool(app.screen.query(RenewalsBody)) and not asks(app, "figures"))
    body = app.screen.query_one(RenewalsBody)
    await until(pilot, lambda: bool(body.lines.lines))
    return body


async def test_one_quote_is_made_for_all_of_a_clients(program: Program, anna: Actor) -> None:
    edit_product(anna, 1, 1, {"price": Decimal(2000)})
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await renewals_of(pilot, app)
        assert "licences and maintenance, 30 days: 4 end, 3 clients" in shown_text(app)
        await pilot.press("down", "down", "n")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard))
    [line] = DocumentLine.select()
    assert (line.quantity, line.price) == (2, 2000)
    assert "GS-100001" in line.description


async def test_only_what_is_marked_is_quoted(program: Program, anna: Actor) -> None:
    edit_product(anna, 1, 1, {"price": Decimal(2000)})
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        body = await renewals_of(pilot, app)
        at = next(n for n, line in enumerate(body.lines.lines) if line.item and line.item.number == "GS-100002")
        await pilot.press(*["down"] * at, "space")
        assert {licence for licence, _what in body.lines.marks} == {2}
        await pilot.press("up", "n")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard))
    assert [line.quantity for line in DocumentLine.select()] == [1]
    assert Document.get().state == "draft"


async def test_days_and_what_is_listed_are_switched(program: Program, anna: Actor) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        body = await renewals_of(pilot, app)
        await pilot.press("t")
        await until(pilot, lambda: "60 days" in shown_text(app))
        await pilot.press("w", "w")
        await until(pilot, lambda: "maintenance, 60 days: 1 ends, 1 client" in shown_text(app))
        await until(pilot, lambda: len(body.lines.lines) == 2)
        await pilot.press("v")
        await until(pilot, lambda: "ends on a day:" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "ЗАО «Вектор плюс»" in shown_text(app) and not isinstance(app.screen, Keys))


@pytest.mark.parametrize(("width", "titles"), [(80, NARROW), (120, WIDE)])
async def test_the_columns_are_named_and_the_names_stay_while_the_lines_move(
    program: Program, anna: Actor, width: int, titles: str
) -> None:
    app = program("keys")
    async with app.run_test(size=(width, 11)) as pilot:
        body = await renewals_of(pilot, app)

        def first_line() -> str:
            return "".join(piece.text for piece in body.lines.render_line(0))

        number = first_line().index("Number")
        item = "".join(piece.text for piece in body.lines.row_strip(2))
        assert item[number:].startswith("GS-") and first_line().split() == titles.split()
        assert item.index("2026-") == first_line().index(" Ends ") + 1
        await pilot.press("end")
        await until(pilot, lambda: body.lines.top_row > 0)
        assert first_line().split() == titles.split()
        assert body.lines.at == len(body.lines.lines) - 1 == body.lines.top_row + body.lines.size.height - 2
        await pilot.click(body.lines, offset=(5, 1))
        await until(pilot, lambda: body.lines.at == body.lines.top_row)
        await pilot.click(body.lines, offset=(5, 0))
        assert body.lines.at == body.lines.top_row


async def test_who_does_not_sell_makes_no_quote(program: Program, anna: Actor) -> None:
    from models.company.actions import add_operator
    from models.company.identity import actor_for

    add_operator(anna, {"login": "grigory", "name": "Grigory", "roles": ("licensing",)})
    app = program("keys", actor=actor_for("grigory", "test"))
    async with app.run_test(size=(80, 24)) as pilot:
        body = await renewals_of(pilot, app)
        assert body.check_action("quote", ()) is None


def test_the_calendar_is_dark_where_many_end_and_empty_where_it_is_past() -> None:
    days = {TODAY + dt.timedelta(days=1): 1, TODAY + dt.timedelta(days=2): 12, TODAY - dt.timedelta(days=1): 5}
    months, *week, legend = calendar_lines(days, TODAY + dt.timedelta(days=1), ".-+x#")
    assert months.strip().startswith("Nov")
    assert [line[4:6] for line in week[:3]] == ["  ", "- ", "# "]
    assert "10+" in legend


async def test_pasted_codes_wait_in_the_pool_of_a_product(program: Program, anna: Actor) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: bool(app.screen.query(PoolsBody)) and not asks(app, "figures"))
        assert "There are no vendor codes yet." in shown_text(app)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, RecordPicker))
        await type_text(pilot, "nanocad")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NumberBlock))
        app.screen.query_one(TextArea).insert("C-1\nC-2\nC-2\nC-3")
        await until(pilot, lambda: "4 numbers, 3 good, 1 bad" in shown_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        assert codes_left(2) == 0
        await pilot.press("down", "enter")
        await until(pilot, lambda: codes_left(2) == 3)


async def test_a_low_pool_is_marked_and_a_code_is_made_void(program: Program, anna: Actor) -> None:
    edit_product(anna, 2, 1, {"pool_low": 5})
    add_codes(anna, 2, ["C-1", "C-2"])
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: "1 pool is low: nanoCAD" in shown_text(app))
        await pilot.press("tab")
        body = app.screen.query_one(PoolsBody)
        await until(pilot, lambda: body.table is not None and body.table.cursor_id is not None)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await type_text(pilot, "leaked")
        await pilot.press("enter")
        await until(pilot, lambda: codes_left(2) == 1)
    assert VendorCode.get(VendorCode.state == "void").code == "C-1"
