"""Documents on the screen: drafts that two edit, lines that are pasted and moved, what is asked and what is greyed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from models.actor import Actor
from models.catalogue.actions import add_product
from models.kinds import RecordRef
from models.sales.actions_drafts import new_document, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.document_look import unmet_entries
from models.sales.families import lines_of
from models.sales.tables import Deal, Document, UnmetDemand
from screens.client_card import ClientCard
from screens.deal_card import DealCard
from screens.document import DocumentCard
from screens.documents import Documents
from screens.kit.conflict import ConflictView
from screens.kit.dialogs import AskText, Confirm
from screens.kit.difference import Difference
from screens.reason_strip import ReasonStrip
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly

ROMASHKA = 1


@pytest.fixture
def quote(anna: Actor) -> int:
    """A draft of a quote of two widgets for a client."""
    products = [
        add_product(anna, {"code": f"W-{number}", "name": f"Widget {number}", "price": Decimal(1000 * number)})
        for number in (1, 2)
    ]
    lines: Sequence[dict[str, Any]] = [{"product": product, "quantity": Decimal(10)} for product in products]
    return new_document(anna, "quote", {"client": ROMASHKA}, lines)


async def shows(pilot: Pilot[None], app: TurboFly, document: int) -> DocumentCard:
    """Open the card of a document."""
    app.open_record(RecordRef("document", document))
    await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.look is not None)
    screen = app.screen
    assert isinstance(screen, DocumentCard)
    await until(pilot, lambda: screen.record.card is not None)
    return screen


async def edits(pilot: Pilot[None], app: TurboFly, document: int) -> DocumentCard:
    """Open a draft and edit its lines."""
    card = await shows(pilot, app, document)
    await pilot.press("e")
    await until(pilot, lambda: card.form.is_editing and card.editor.grid.has_focus)
    return card


def described(card: DocumentCard) -> list[tuple[str, str]]:
    """Description and quantity of the lines as typed."""
    return [(line.text("description"), line.text("quantity")) for line in card.editor.lines]


def stored(document: int) -> list[tuple[str, str]]:
    """Description and quantity of the lines as kept."""
    return [(line.description, f"{line.quantity.normalize():f}") for line in lines_of([document])]


async def test_rows_of_a_spreadsheet_become_lines_and_known_products_are_recognised(
    program: Program, quote: int
) -> None:
    app = program("documents")
    async with app.run_test(size=(120, 40)) as pilot:
        card = await edits(pilot, app, quote)
        await pilot.press("insert")
        card.editor.grid.post_message(Paste("Widget 2\t3\nSetting it up\t1\t5 000,50\t10\n"))
        await until(pilot, lambda: len(card.editor.lines) == 4 and "product" in card.editor.lines[2].values)
        assert described(card)[2:] == [("Widget 2", "3"), ("Setting it up", "1")]
        assert card.editor.lines[2].values["price"] == 2000
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Difference))
        assert "Setting it up 1" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(stored(quote)) == 4)


async def test_a_row_that_cannot_be_read_is_named_and_nothing_is_pasted(program: Program, quote: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        card.editor.grid.post_message(Paste("Widget 1\t2\nWidget 2\tmany"))
        await until(pilot, lambda: "Row 2 of what was pasted" in shown_text(app))
        assert len(card.editor.lines) == 2


async def test_lines_are_moved_deleted_and_made_optional(program: Program, quote: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        await pilot.press("shift+down")
        assert described(card) == [("Widget 2", "10"), ("Widget 1", "10")]
        await pilot.press("end", "enter")
        await until(pilot, lambda: "total 20,000.00" in shown_text(app))
        await pilot.press("up", "delete")
        assert described(card) == [("Widget 1", "10")]
        await until(pilot, lambda: "total 0.00" in shown_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not card.form.is_editing)
        assert stored(quote) == [("Widget 1", "10"), ("Widget 2", "10")]


async def test_what_is_no_number_is_said_and_the_line_stays_as_it_was(program: Program, quote: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await edits(pilot, app, quote)
        await pilot.press("right", "x", "enter")
        await until(pilot, lambda: "“x” cannot be read" in shown_text(app))
        assert described(card)[0] == ("Widget 1", "10")


async def test_two_who_edit_the_lines_of_one_draft_see_both_versions(program: Program, anna: Actor, quote: int) -> None:
    app = program("documents")
    async with app.run_test(size=(120, 40)) as pilot:
        card = await edits(pilot, app, quote)
        await pilot.press("right", "7", "enter")
        await until(pilot, lambda: described(card)[0] == ("Widget 1", "7"))
        ids = [line.id for line in lines_of([quote])]
        set_lines(anna, quote, Document.get_by_id(quote).version, [{"id": ids[0], "quantity": Decimal(3)}])
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Difference))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConflictView))
        await pilot.press("m", "enter")
        await until(pilot, lambda: not card.form.is_editing)
        assert stored(quote) == [("Widget 1", "7"), ("Widget 2", "10")]


async def test_an_issued_document_is_not_edited_and_what_is_not_possible_is_greyed(
    program: Program, anna: Actor, quote: int
) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await shows(pilot, app, quote)
        assert card.check_action("accept", ()) is None
        assert card.check_action("next", ()) is None
        issue_document(anna, quote)
        card.look_again()
        await until(pilot, lambda: card.check_action("accept", ()) is True)
        assert card.check_action("next", ()) is True
        assert not card.check_action("edit", ())
        assert card.check_action("issue", ()) is None


async def test_a_decline_asks_why_and_loses_the_deal(program: Program, anna: Actor, quote: int) -> None:
    issue_document(anna, quote)
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, quote)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, ReasonStrip) and app.screen.is_mounted)
        await until(pilot, lambda: "Why?" in shown_text(app))
        await pilot.press("3")
        await type_text(pilot, "Acme")
        await pilot.press("enter")
        await until(pilot, lambda: Document.get_by_id(quote).state == "declined")
    assert [(entry.reason, entry.competitor) for entry in UnmetDemand.select()] == [("competitor", "Acme")] * 2
    assert Deal.get().state == "lost"


async def test_a_document_is_cancelled_with_a_reason_and_without_one_it_is_not(
    program: Program, anna: Actor, quote: int
) -> None:
    issue_document(anna, quote)
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, quote)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await pilot.press("enter")
        await until(pilot, lambda: "The reason is missing" in shown_text(app))
        assert Document.get_by_id(quote).state == "issued"
        await type_text(pilot, "typing mistake")
        await pilot.press("enter")
        await until(pilot, lambda: Document.get_by_id(quote).state == "cancelled")


async def test_reasons_are_given_in_bulk_from_the_list_of_what_waits_for_one(
    program: Program, anna: Actor, quote: int
) -> None:
    issue_document(anna, quote)
    first, _second = (line.id for line in lines_of([quote]))
    order = make_next(anna, [quote], "order", {first: Decimal(4)})
    entries = issue_document(anna, order).unmet
    assert [entry.reason for entry in unmet_entries(entries)] == ["not_stated", "not_stated"]
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Documents))
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: len(shown_rows(app)) >= 2 and "Widget" in shown_rows(app)[0])
        await pilot.press("a", "e")
        await until(pilot, lambda: isinstance(app.screen, ReasonStrip) and "2 entries" in shown_text(app))
        await pilot.press("4")
        await until(pilot, lambda: all(entry.reason == "postponed" for entry in UnmetDemand.select()))


async def test_the_stage_of_the_deal_is_seen_and_moved_on_the_document_and_on_its_card(
    program: Program, quote: int
) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        card = await shows(pilot, app, quote)
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: card.look is not None and card.look.shown.stage == "Engaging")
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, DealCard) and app.screen.record.card is not None)
        await pilot.press("less_than_sign")
        await until(pilot, lambda: Deal.get().stage.name == "Prospecting")


async def test_the_chain_is_walked_by_keys(program: Program, anna: Actor, quote: int) -> None:
    issue_document(anna, quote)
    order = make_next(anna, [quote], "order")
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, quote)
        await pilot.press("right_curly_bracket")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.ref.id == order)
        await until(pilot, lambda: "quote 26-00001" in shown_text(app))


async def test_the_card_of_a_client_says_what_it_owes(program: Program, anna: Actor, quote: int) -> None:
    issue_document(anna, quote)
    invoice = make_next(anna, [quote], "invoice")
    issue_document(anna, invoice)
    issue_document(anna, make_next(anna, [invoice], "shipment"))
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_record(RecordRef("client", ROMASHKA))
        await until(pilot, lambda: isinstance(app.screen, ClientCard) and app.screen.record.card is not None)
        await pilot.press("b")
        await until(pilot, lambda: "It owes us 30,000.00 RUB." in shown_text(app))
        assert "Invoice 26-00001" in shown_text(app)
