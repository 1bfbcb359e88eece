"""A whole sale by keys alone, from a candidate to the last payment, and what it leaves behind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.campaigns.actions import add_campaign
from models.catalogue.actions import add_product
from models.clients.tables import Client
from models.sales.balances import client_balance
from models.sales.campaign_queries import campaign_effects
from models.sales.chains import chain
from models.sales.tables import Deal, Document, Stage, UnmetDemand
from screens.document import DocumentCard
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import Confirm, PickOne
from screens.kit.difference import Difference
from screens.kit.record_picker import RecordPicker
from screens.quantities import Quantities
from screens.reason_strip import ReasonStrip
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_card_editing import here
from tui.app import TurboFly


class Operator:
    """Who sits at the keys."""

    def __init__(self, pilot: Pilot[None], app: TurboFly) -> None:
        self.pilot, self.app = pilot, app

    @property
    def card(self) -> DocumentCard:
        """The document before him."""
        assert isinstance(self.app.screen, DocumentCard)
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def types(self, text: str, *keys: str) -> None:
        """Type a text, then press keys."""
        await type_text(self.pilot, text)
        await self.pilot.press(*keys)

    async def sees(self, kind: type) -> None:
        """Wait for a window or screen."""
        await until(self.pilot, lambda: isinstance(self.app.screen, kind))

    async def picks(self, text: str) -> None:
        """Narrow a list of choices down and take the first."""
        await self.sees(PickOne)
        await self.types(text, "enter")

    async def on_document(self, kind: str, state: str) -> None:
        """Wait until a document of a kind and state is shown."""

        def is_shown() -> bool:
            screen = self.app.screen
            if not isinstance(screen, DocumentCard) or screen.kind != kind or screen.look is None:
                return False
            return screen.look.shown.state == state and screen.record.card is not None

        await until(self.pilot, is_shown)

    async def adds(self, product: str, quantity: str) -> None:
        """Add a line by a part of a product and a quantity."""
        number = len(self.card.editor.lines)
        await self.types(product, "enter")
        await self.types(quantity, "enter")
        lines = self.card.editor.lines
        await until(self.pilot, lambda: len(lines) == number + 1 and lines[-1].values.get("price") is not None)
        await until(self.pilot, lambda: lines[-1].text("quantity") == quantity)

    async def saves(self) -> None:
        """Save, having read what will change."""
        await self.press("ctrl+s")
        await self.sees(Difference)
        await self.press("enter")
        await until(self.pilot, lambda: isinstance(self.app.screen, DocumentCard) and not self.card.form.is_editing)

    async def issues(self, kind: str, state: str) -> None:
        """Issue the draft that is shown."""
        await self.on_document(kind, "draft")
        await self.press("I")
        await self.sees(Confirm)
        await self.press("y")
        await until(
            self.pilot, lambda: Document.select().where(Document.kind == kind, Document.state == state).exists()
        )

    async def makes(self, kind: str) -> None:
        """Make the next document: pick its kind."""
        await self.press("o")
        await self.picks(kind)


@pytest.fixture
def campaign(anna: Actor) -> int:
    """A campaign with four products to sell."""
    for number in range(1, 5):
        add_product(anna, {"code": f"W-{number}", "name": f"Widget {number}", "price": Decimal(1000 * number)})
    return add_campaign(anna, {"name": "Spring"})


async def quote_of_four(anna: Operator) -> None:
    """A quote to a candidate, in the campaign: made, filled in, saved, issued."""
    await anna.press("n")
    await anna.picks("quote")
    await anna.sees(RecordPicker)
    await anna.types("Гидромаш", "enter")
    await anna.on_document("quote", "draft")
    await until(anna.pilot, lambda: anna.card.form.is_editing)
    for number in range(1, 5):
        await anna.adds(f"Widget {number}", "10")
    await until(anna.pilot, lambda: "total 100,000.00" in shown_text(anna.app))
    await anna.press("f6")
    while here(anna.app) != "campaign":
        await anna.press("tab")
    await anna.types("Spring", "tab")
    await anna.saves()
    await anna.issues("quote", "issued")


async def revised(anna: Operator) -> None:
    """The quote revised: five percent off the first line."""
    await anna.on_document("quote", "issued")
    await anna.press("N")
    await anna.on_document("quote", "draft")
    await until(anna.pilot, lambda: anna.card.form.is_editing and len(anna.card.editor.lines) == 4)
    await anna.press("up", "up", "up", "up", "home", "right", "right", "right")
    await anna.types("5", "enter")
    await until(anna.pilot, lambda: "total 99,500.00" in shown_text(anna.app))
    await anna.saves()
    await anna.issues("quote", "issued")


async def ordered(anna: Operator) -> None:
    """An order of three of the four lines, one of them reduced; a reason for one, the other skipped."""
    await anna.on_document("quote", "issued")
    await anna.makes("order")
    await anna.sees(Quantities)
    await anna.press("down", "down", "6", "down", "space", "enter")
    await anna.on_document("order", "draft")
    await anna.press("I")
    await anna.sees(Confirm)
    await anna.press("y")
    await anna.sees(ReasonStrip)
    await until(anna.pilot, lambda: "1/2  Widget 3: 4" in shown_text(anna.app))
    await anna.press("1")
    await until(anna.pilot, lambda: "2/2  Widget 4: 10" in shown_text(anna.app))
    await anna.press("enter")
    await anna.on_document("order", "issued")


async def paid_and_shipped(anna: Operator, part: str) -> None:
    """A part of the order invoiced, paid, shipped; then back to the order."""
    await anna.on_document("order", "issued")
    await anna.makes("invoice")
    await anna.sees(Quantities)
    await anna.press(*part.split(), "enter")
    await anna.issues("invoice", "issued")
    await anna.on_document("invoice", "issued")
    await anna.press("m")
    await anna.sees(AskFields)
    await anna.press("ctrl+s")
    await anna.on_document("invoice", "paid")
    await anna.makes("shipment")
    await anna.sees(Quantities)
    await anna.press("enter")
    await anna.issues("shipment", "posted")
    await anna.on_document("shipment", "posted")
    await anna.press("escape")
    await anna.on_document("invoice", "paid")
    await anna.press("escape")
    await anna.on_document("order", "issued")


async def test_a_whole_sale_by_keys_alone(program: Program, campaign: int) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        anna = Operator(pilot, app)
        assert Client.get_by_id(5).status == "candidate"
        await quote_of_four(anna)
        await revised(anna)
        await ordered(anna)
        await paid_and_shipped(anna, "4 down 4 down 3")
        await paid_and_shipped(anna, "")
    client = Client.get_by_id(5)
    assert client.status == "client"
    assert client_balance(client.id).balance == 0
    deal = Deal.get()
    assert Stage.get_by_id(deal.stage_id).kind == "won"
    kinds = [link.kind for link in chain(Document.get(Document.kind == "order").id)]
    assert kinds == [
        "quote",
        "quote",
        "order",
        "invoice",
        "invoice",
        "shipment",
        "shipment",
        "payment_in",
        "payment_in",
    ]
    entries = UnmetDemand.select().where(UnmetDemand.state != "withdrawn").order_by(UnmetDemand.id)
    assert [(entry.quantity, entry.reason) for entry in entries] == [(4, "price"), (10, "not_stated")]
    effect = next(effect for effect in campaign_effects() if effect.campaign == campaign)
    assert (effect.brought.quotes, effect.brought.orders, effect.brought.deals) == (1, 1, 1)
    assert effect.brought.revenue > 0
