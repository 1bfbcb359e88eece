"""The keys and licences of a document: picked, pasted, corrected, taken away, by keys alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from models.actor import Actor
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.licensing.pools import add_codes
from models.licensing.receipts import received_numbers
from models.licensing.tables import ItemInstance, Licence
from models.sales.actions_drafts import new_document
from models.sales.tables import Document
from screens.document_keys import DocumentKeysScreen
from screens.kit.ask_fields import AskFields
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import AskText, Confirm, PickOne
from screens.kit.record_picker import RecordPicker
from screens.number_block import NumberBlock
from tests.models.licensing.shipping import shipment_of
from tests.models.sales.worlds import an_issued, line_ids
from tests.screens.small_company import TODAY, Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly

Wares = tuple[int, int]


def invoice_of(anna: Actor, wares: Wares, licences: int = 2) -> int:
    """An invoice to the first client for so many licences and a key."""
    lines = [{"product": wares[0], "quantity": Decimal(licences)}, {"product": wares[1], "quantity": Decimal(1)}]
    return an_issued(anna, "invoice", lines, client=1, date=TODAY)


async def keys_of(pilot: Pilot[None], app: TurboFly, document: int) -> DocumentKeysScreen:
    """Open the keys and licences of a document by its key, and wait for its instances."""
    app.open_record(RecordRef("document", document))
    await until(pilot, lambda: getattr(app.screen, "look", None) is not None)
    await pilot.press("l")
    await until(pilot, lambda: isinstance(app.screen, DocumentKeysScreen))
    screen = app.screen
    assert isinstance(screen, DocumentKeysScreen)
    await until(pilot, lambda: screen.look is not None and len(screen.look.instances) > 0)
    await until(pilot, lambda: screen.table.cursor_id is not None)
    return screen


async def sees(pilot: Pilot[None], app: TurboFly, kind: type) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


async def block_open(pilot: Pilot[None], app: TurboFly) -> NumberBlock:
    """Press ``l`` on the instance under the cursor."""
    await pilot.press("l")
    await sees(pilot, app, NumberBlock)
    assert isinstance(app.screen, NumberBlock)
    return app.screen


def checked(app: TurboFly, said: str) -> bool:
    return said in shown_text(app)


async def test_opening_the_keys_of_an_invoice_forms_its_instances(
    program: Program, anna: Actor, wares: Wares
) -> None:  # fmt: skip
    invoice = invoice_of(anna, wares)
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys_of(pilot, app, invoice)
        await until(pilot, lambda: "Licences: 0 of 2." in shown_text(app))
        assert "Keys are picked in the shipment." in shown_text(app)
        assert [row.split()[:2] for row in shown_rows(app)[:2]] == [["1", "Estimator"], ["2", "Guardant"]]
    assert ItemInstance.select().where(ItemInstance.origin == "invoice").count() == 2


async def test_a_key_is_picked_for_all_marked_instances_by_a_part_of_its_number(
    program: Program, anna: Actor, wares: Wares
) -> None:
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await keys_of(pilot, app, shipment)
        await until(pilot, lambda: "No key yet for lines 1, 2." in shown_text(app))
        await pilot.press("a", "k")
        await sees(pilot, app, RecordPicker)
        await type_text(pilot, "4711")
        await pilot.press("enter")
        await sees(pilot, app, Confirm)
        assert "0B77-4711" in shown_text(app)
        await pilot.press("y")
        await until(
            pilot, lambda: screen.look is not None and all(one.key_id for one in screen.look.instances.values())
        )
        assert ProtectionKey.get(ProtectionKey.number == "0B77-4711").state == "reserved"
        await pilot.press("delete")
        await until(pilot, lambda: "No key yet for line 1." in shown_text(app))
        await pilot.press("down", "delete")
        await until(pilot, lambda: ProtectionKey.get(ProtectionKey.number == "0B77-4711").state == "in_stock")


async def test_a_key_of_somebody_else_asks_why(program: Program, anna: Actor, wares: Wares) -> None:
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys_of(pilot, app, shipment)
        await pilot.press("k")
        await sees(pilot, app, RecordPicker)
        await type_text(pilot, "4434")
        await pilot.press("enter")
        await sees(pilot, app, AskText)
        await pilot.press("enter")
        await until(pilot, lambda: "The reason is missing." in shown_text(app))
        await type_text(pilot, "leased")
        await pilot.press("enter")
        await until(pilot, lambda: ItemInstance.select().where(ItemInstance.key_reason == "leased").exists())


async def test_of_a_block_with_bad_numbers_nothing_is_taken_until_the_operator_decides(
    program: Program, anna: Actor, wares: Wares
) -> None:
    shipment = shipment_of(anna, invoice_of(anna, wares, licences=200))
    lines = [f"GS-{number:06}" for number in range(1, 201)]
    lines[9], lines[99], lines[149] = "GS-100", "GS-000001", "АА-000150"
    app = program("documents")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys_of(pilot, app, shipment)
        block = await block_open(pilot, app)
        area = block.query_one(TextArea)
        area.insert("\n".join([*lines, "GS-000002"]))
        await until(pilot, lambda: checked(app, "201 numbers, 198 good, 3 bad, room for 200"))
        options = block.query_one(OptionList)
        said = [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]
        assert [one.split(":")[0] for one in said] == ["10", "100", "150", "201"]
        await pilot.press("f3")
        await until(pilot, lambda: "AA-000150" in area.text and options.option_count == 3)
        await pilot.press("ctrl+s")
        await sees(pilot, app, PickOne)
        assert Licence.select().where(Licence.state == "reserved").count() == 0
        await pilot.press("down", "enter")
        await until(pilot, lambda: not isinstance(app.screen, NumberBlock | PickOne))
        await until(pilot, lambda: Licence.select().where(Licence.state == "reserved").count() == 198)
        await until(pilot, lambda: checked(app, "Licences: 198 of 200."))


async def test_a_bad_block_is_corrected_and_a_refusal_loses_nothing(
    program: Program, anna: Actor, wares: Wares
) -> None:  # fmt: skip
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys_of(pilot, app, shipment)
        block = await block_open(pilot, app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: checked(app, "There is no number."))
        await type_text(pilot, "GS-000001..GS-000003")
        await until(pilot, lambda: checked(app, "3 numbers, 3 good"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: checked(app, "with these it would have 3"))
        assert block.query_one(TextArea).text == "GS-000001..GS-000003"
        await pilot.press("escape")
        await sees(pilot, app, Confirm)
        await pilot.press("n")
        await pilot.press("backspace")
        await type_text(pilot, "2")
        await until(pilot, lambda: checked(app, "2 numbers, 2 good"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: checked(app, "Licences: 2 of 2."))


async def test_codes_are_taken_from_the_pool(program: Program, anna: Actor, wares: Wares) -> None:
    add_codes(anna, wares[0], ["GS-900001", "GS-900002", "GS-900003"])
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys_of(pilot, app, shipment)
        await block_open(pilot, app)
        await until(pilot, lambda: checked(app, "3 codes in the pool"))
        await pilot.press("f5")
        await sees(pilot, app, AskText)
        await pilot.press("enter")
        await until(pilot, lambda: checked(app, "Licences: 2 of 2."))
    numbers = [one.number for one in Licence.select().where(Licence.state == "reserved").order_by(Licence.id)]
    assert numbers == ["GS-900001", "GS-900002"]


async def test_sales_looks_and_changes_nothing(program: Program, anna: Actor, boris: Actor, wares: Wares) -> None:
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents", actor=boris)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await keys_of(pilot, app, shipment)
        assert screen.check_action("pick_key", ()) is None
        assert screen.check_action("add_licences", ()) is None
    assert Document.get_by_id(shipment).state == "draft"
    assert dt.date.today() == TODAY


@pytest.mark.parametrize("kind", ["quote", "order"])
async def test_what_hands_nothing_over_has_no_such_key(program: Program, anna: Actor, wares: Wares, kind: str) -> None:
    document = an_issued(anna, kind, [{"product": wares[0], "quantity": Decimal(1)}], client=1, date=TODAY)
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_record(RecordRef("document", document))
        await until(pilot, lambda: getattr(app.screen, "look", None) is not None)
        assert app.screen.check_action("keys", ()) is False


async def test_the_numbers_that_came_are_pasted_on_the_line_of_a_receipt(
    program: Program, anna: Actor, wares: Wares
) -> None:
    receipt = new_document(
        anna, "receipt", {"client": 1, "date": TODAY}, [{"product": wares[1], "quantity": Decimal(2)}]
    )
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_record(RecordRef("document", receipt))
        await until(pilot, lambda: getattr(app.screen, "look", None) is not None)
        await pilot.press("l")
        await sees(pilot, app, NumberBlock)
        app.screen.query_one(TextArea).insert("K-0001\n0B77-4711\nK-0002")
        await until(pilot, lambda: checked(app, "3 numbers, 3 good, room for 2"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: checked(app, "3 numbers for a quantity of 2"))
        await pilot.press("up", "ctrl+shift+k", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NumberBlock))
    assert [len(numbers) for numbers in received_numbers([line_ids(receipt)[0]]).values()] == [2]


async def test_a_block_comes_from_a_file_and_says_more_of_all_its_numbers(
    program: Program, anna: Actor, wares: Wares, tmp_path: Path
) -> None:
    file = tmp_path / "numbers.txt"
    file.write_bytes("GS-000001\r\nGS-000002\r\n".encode("cp1251"))
    shipment = shipment_of(anna, invoice_of(anna, wares))
    app = program("documents")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys_of(pilot, app, shipment)
        block = await block_open(pilot, app)
        await pilot.press("f4")
        await sees(pilot, app, AskPath)
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is block and checked(app, "2 numbers, 2 good"))
        assert Licence.select().where(Licence.state == "reserved").count() == 0
        await pilot.press("f2")
        await sees(pilot, app, AskFields)
        await pilot.press("tab", "tab", "tab")
        await type_text(pilot, "ORD-7")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is block)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: Licence.select().where(Licence.vendor_order == "ORD-7").count() == 2)
