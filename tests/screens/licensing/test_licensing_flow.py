"""From an invoice to the serial numbers of a key, by keys alone: what a dealer does all day."""

from __future__ import annotations

import pytest

from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.licensing.tables import ItemInstance, Licence
from models.sales.tables import Document
from screens.document_keys import DocumentKeysScreen
from screens.find_anything import FindAnything
from screens.key_card import KeyCard
from screens.kit.dialogs import Confirm
from screens.kit.record_picker import RecordPicker
from screens.number_block import NumberBlock
from screens.quantities import Quantities
from tests.models.sales.worlds import line_ids
from tests.screens.small_company import Program, shown_rows, shown_text, until
from tests.screens.test_pictures import asks
from tests.screens.test_sale_flow import Operator


class Licenser(Operator):
    """Who licenses what he sold."""

    async def makes_an_invoice(self) -> None:
        """An invoice to a client for two licences and a key: made, filled in, saved, issued."""
        await self.press("n")
        await self.picks("invoice")
        await self.sees(RecordPicker)
        await self.types("northwind", "enter")
        await self.on_document("invoice", "draft")
        await until(self.pilot, lambda: self.card.form.is_editing)
        await self.adds("Estimator", "2")
        await self.adds("Guardant key", "1")
        await self.saves()
        await self.issues("invoice", "issued")
        await self.on_document("invoice", "issued")

    async def opens_keys(self, instances: int) -> DocumentKeysScreen:
        """The keys and licences of the document that is shown."""
        await self.press("l")
        await self.sees(DocumentKeysScreen)
        screen = self.app.screen
        assert isinstance(screen, DocumentKeysScreen)
        await until(self.pilot, lambda: screen.look is not None and len(screen.look.instances) == instances)
        await until(self.pilot, lambda: screen.table.cursor_id is not None)
        return screen

    async def pastes(self, *lines: str) -> None:
        """A block of numbers, as a scanner types it."""
        await self.press("l")
        await self.sees(NumberBlock)
        for line in lines:
            await self.types(line, "enter")
        await until(self.pilot, lambda: f"{len(lines)} good" in shown_text(self.app))
        await self.press("ctrl+s")
        await self.sees(DocumentKeysScreen)


@pytest.mark.usefixtures("wares")
async def test_from_an_invoice_to_the_serial_numbers_of_a_key(program: Program) -> None:
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        anna = Licenser(pilot, app)
        await anna.makes_an_invoice()
        await anna.opens_keys(2)
        formed = {one.id for one in ItemInstance.select().where(ItemInstance.origin == "invoice")}
        await anna.press("escape")
        await anna.on_document("invoice", "issued")
        await anna.makes("shipment")
        await anna.sees(Quantities)
        await anna.press("enter")
        await anna.on_document("shipment", "draft")
        screen = await anna.opens_keys(2)
        assert screen.look is not None
        assert set(screen.look.instances) == formed, "the instances of the invoice are taken over"
        await anna.press("a", "k")
        await anna.sees(RecordPicker)
        await anna.types("4711", "enter")
        await anna.sees(Confirm)
        await anna.press("y")
        await until(pilot, lambda: ProtectionKey.get(ProtectionKey.number == "0B77-4711").state == "reserved")
        await until(pilot, lambda: "No key yet" not in shown_text(app))
        await anna.pastes("GS-000001", "GS-000002")
        await until(pilot, lambda: "Licences: 2 of 2." in shown_text(app))
        await anna.press("escape")
        await anna.issues("shipment", "posted")
        await anna.on_document("shipment", "posted")
        await finds_the_key(anna)
    shipment = Document.get(Document.kind == "shipment")
    licences = list(Licence.select().where(Licence.number.startswith("GS-0000")))
    key = ProtectionKey.get(ProtectionKey.number == "0B77-4711")
    assert {(one.state, one.key_id, one.client_id) for one in licences} == {("issued", key.id, 3)}
    lines = set(line_ids(shipment.id))
    assert {one.instance.shipment_line_id for one in licences} <= lines


async def finds_the_key(anna: Licenser) -> None:
    """The key by its last four characters; its serial numbers lead to shipment and instance."""
    app, pilot = anna.app, anna.pilot
    await anna.press("ctrl+k")
    await anna.sees(FindAnything)
    await anna.types("4711")
    await until(pilot, lambda: not asks(app, "find") and "0B77-4711" in shown_text(app))
    await anna.press("enter")
    await anna.sees(KeyCard)
    await until(pilot, lambda: len(shown_rows(app)) == 2)
    number = Document.get(Document.kind == "shipment").number
    instance = ItemInstance.get(ItemInstance.product == Licence.get(Licence.number == "GS-000001").product_id)
    assert all(number in row and instance.number in row and "active" in row for row in shown_rows(app))
    await anna.press("tab", "l", "l", "l", "enter")
    await until(pilot, lambda: getattr(app.screen, "ref", None) == RecordRef("instance", instance.id))
