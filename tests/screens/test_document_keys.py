"""Keys on the card of a document: S notes the signed original, E corrects, K copies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.sales.corrections import lines_in_force
from models.sales.tables import Document
from screens.document import DocumentCard
from screens.kit.dialogs import Confirm, PickOne
from screens.quantities import Quantities
from tests.models.sales.worlds import an_issued
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_documents import shows
from tui.app import TurboFly

ROMASHKA = 1
WORK = {"description": "Installing", "price": Decimal(100), "quantity": Decimal(10)}


@pytest.fixture
def shipment(anna: Actor) -> int:
    """A posted shipment of one line of ten."""
    return an_issued(anna, "shipment", [WORK, WORK | {"description": "Training"}], client=ROMASHKA)


async def another(pilot: Pilot[None], app: TurboFly, than: int) -> int:
    """Wait for the card of another document, and give its id."""

    def is_shown() -> bool:
        screen = app.screen
        return isinstance(screen, DocumentCard) and screen.ref.id != than and screen.look is not None

    await until(pilot, is_shown)
    assert isinstance(app.screen, DocumentCard)
    return app.screen.ref.id


def lines(document: int) -> list[tuple[str, int, int]]:
    """Description, quantity and price of what is in force."""
    found = lines_in_force(Document.get_by_id(document))
    return [(line.description, int(line.quantity), int(line.price)) for line in found]


async def test_S_notes_how_the_signed_original_came_back(program: Program, shipment: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, shipment)
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("down", "enter")
        await until(pilot, lambda: Document.get_by_id(shipment).signed == "electronic")


async def test_E_corrects_quantities_and_prices_and_again_what_the_correction_left(
    program: Program, shipment: int
) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, left in (
            (("8", "right", "9", "0"), [("Installing", 8, 90), ("Training", 10, 100)]),
            (("right", "8", "5", "down", "left", "0"), [("Installing", 8, 85)]),
        ):
            await shows(pilot, app, shipment)
            await pilot.press("E")
            await until(pilot, lambda: isinstance(app.screen, Quantities))
            await pilot.press(*keys, "enter")
            made = await another(pilot, app, shipment)
            await pilot.press("I")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            await pilot.press("y")
            await until(pilot, lambda one=made: Document.get_by_id(one).state == "posted")  # type: ignore[misc]
            assert lines(shipment) == left


async def test_a_price_that_is_no_number_is_said(program: Program, shipment: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, shipment)
        await pilot.press("E")
        await until(pilot, lambda: isinstance(app.screen, Quantities))
        await pilot.press("tab")
        await type_text(pilot, "1.2.3")
        await pilot.press("enter")
        await until(pilot, lambda: "“1.2.3” cannot be read" in shown_text(app))
        assert isinstance(app.screen, Quantities)


async def test_K_makes_a_draft_of_the_same(program: Program, shipment: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, shipment)
        await pilot.press("K")
        copied = await another(pilot, app, shipment)
        await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.form.is_editing)
    assert (Document.get_by_id(copied).state, lines(copied)) == ("draft", lines(shipment))
