"""What of a line has no column: end user, campaign and cost, by one key; and what is kept of half-typed lines."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.campaigns.actions import add_campaign
from models.sales.families import lines_of
from models.sales.tables import DocumentLine
from screens.document import DocumentCard
from screens.draft_lines import DraftLine, packed, unpacked
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import PickOne
from screens.kit.difference import Difference
from screens.kit.draft_question import DraftQuestion
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_documents import described, edits, quote, stored
from tui.app import TurboFly

__all__ = ["quote"]

VEKTOR = 2


def first_line(document: int) -> DocumentLine:
    return lines_of([document])[0]


async def asks_for_details(pilot: Pilot[None], app: TurboFly) -> AskFields:
    """Press the key; the fields are there."""
    await pilot.press("f3")
    await until(pilot, lambda: isinstance(app.screen, AskFields))
    return cast(AskFields, app.screen)


async def saves(pilot: Pilot[None], app: TurboFly, card: DocumentCard) -> None:
    """Save what is typed of a draft."""
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, Difference))
    await pilot.press("enter")
    await until(pilot, lambda: not card.form.is_editing)


async def test_end_user_campaign_and_cost_of_a_line_are_set_by_keys(program: Program, anna: Actor, quote: int) -> None:
    add_campaign(anna, {"name": "Autumn"})
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        await asks_for_details(pilot, app)
        await type_text(pilot, "Вектор")
        await pilot.press("enter")
        await type_text(pilot, "Autumn")
        await pilot.press("enter")
        await type_text(pilot, "750")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "End user: ЗАО «Вектор плюс»   Campaign: Autumn   Cost: 750.00" in shown_text(app))
        await pilot.press("down")
        await until(pilot, lambda: "End user: ЗАО" not in shown_text(app))
        await saves(pilot, app, card)
    line = first_line(quote)
    assert (line.end_user_id, line.campaign_id, line.cost) == (VEKTOR, 1, Decimal(750))


async def test_an_end_user_is_taken_away_again(program: Program, anna: Actor, quote: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        for typed in ("Вектор", ""):
            dialog = await asks_for_details(pilot, app)
            if not typed:
                await pilot.press("ctrl+u")
            await type_text(pilot, typed)
            await pilot.press("enter", "ctrl+s")
            await until(pilot, lambda one=dialog: app.screen is not one)  # type: ignore[misc]
            if typed:
                await saves(pilot, app, card)
                assert first_line(quote).end_user_id == VEKTOR
                await pilot.press("e")
                await until(pilot, lambda: card.form.is_editing and card.editor.grid.has_focus)
        await saves(pilot, app, card)
    assert first_line(quote).end_user_id is None


async def test_one_who_may_not_see_costs_is_not_asked_for_one(program: Program, boris: Actor, quote: int) -> None:
    app = program("documents", actor=boris)
    async with app.run_test(size=(80, 24)) as pilot:
        await edits(pilot, app, quote)
        dialog = await asks_for_details(pilot, app)
        assert [field.name for field in dialog.form.fields] == ["end_user", "campaign"]
        assert "Cost" not in shown_text(app)


async def test_the_lines_of_a_killed_program_are_offered_again(
    program: Program, quote: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        await pilot.press("right")
        await type_text(pilot, "7")
        await pilot.press("enter", "delete")
        await until(pilot, lambda: described(card) == [("Widget 1", "7")])
        app.save_drafts()
        app.drafts.close()
    assert stored(quote) == [("Widget 1", "10"), ("Widget 2", "10")]
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard | DraftQuestion))
        if isinstance(app.screen, DraftQuestion):
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.form.is_editing)
        again = cast(DocumentCard, app.screen)
        await until(pilot, lambda: described(again) == [("Widget 1", "7")])
        await saves(pilot, app, again)
    assert stored(quote) == [("Widget 1", "7")]


def test_kept_lines_come_back_as_they_were_and_what_is_none_is_nothing() -> None:
    values = {"product": 3, "description": "Widget", "quantity": Decimal("1.5"), "cost": Decimal(9), "end_user": 2}
    line = DraftLine(values, None, {"quantity"}, {"end_user": "Vector"})
    (again,) = unpacked(packed([line]))
    assert (again.values, again.typed, again.names) == (line.values, line.typed, line.names)
    for damaged in ("", "[", "[1]", '[[{"quantity": "x"}, [], {}]]', '{"a": 1}'):
        assert unpacked(damaged) == []
