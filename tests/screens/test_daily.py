"""What the program does by itself once a day, over a real database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.actor import Actor
from models.sales.tables import Document
from models.undo import last_change
from tests.models.sales.worlds import an_issued
from tests.screens.small_company import TODAY, Program, until
from tui import app as shell
from tui.assembly import daily_work


async def test_a_quote_whose_validity_ended_expires_by_itself_soon_after_the_start(
    program: Program, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "FIRST_LOOK_SECONDS", 0.05)
    days = {"date": TODAY - dt.timedelta(days=9), "valid_until": TODAY - dt.timedelta(days=1)}
    quote = an_issued(
        anna, "quote", lines=[{"product": 1, "quantity": Decimal(1), "price": Decimal(9)}], client=1, **days
    )
    own = last_change(anna)
    async with program("today").run_test() as pilot:
        await until(pilot, lambda: Document.get_by_id(quote).state == "expired")
    assert last_change(anna) == own


def test_the_program_of_one_who_may_not_edit_sales_does_nothing_daily(anna: Actor) -> None:
    assert daily_work(anna) is not None
    assert daily_work(anna._replace(permissions=frozenset())) is None
