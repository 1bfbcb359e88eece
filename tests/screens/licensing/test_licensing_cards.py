"""The cards of keys, licences and instances: what is done on them by keys, and what they lead to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.catalogue.actions import add_product, edit_product
from models.company.identity import actor_for
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.licensing.tables import ItemInstance, Licence, LicenceEvent
from models.sales.actions_issue import issue_document
from models.sales.tables import Document
from screens.card import CardScreen
from screens.document import DocumentCard
from screens.kit.ask_fields import DoFields
from screens.kit.dialogs import PickOne
from screens.kit.record_picker import RecordPicker
from screens.kit.step_menu import StepMenu
from screens.number_block import NumberBlock
from tests.models.licensing.shipping import ready, sold
from tests.screens.small_company import TODAY, Program, shown_rows, shown_text, type_text, until
from tests.screens.test_pictures import asks
from tui.app import TurboFly


async def card(pilot: Pilot[None], app: TurboFly, kind: str, record_id: int) -> CardScreen:
    """Open a card and wait until it is read."""
    app.open_record(RecordRef(kind, record_id))
    await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref == RecordRef(kind, record_id))
    screen = app.screen
    assert isinstance(screen, CardScreen)
    await until(pilot, lambda: screen.record.card is not None)
    return screen


async def sees(pilot: Pilot[None], app: TurboFly, kind: type) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


async def fills(pilot: Pilot[None], app: TurboFly, *texts: str) -> None:
    """Fill in the fields of a short form, one after the other, and take it."""
    await sees(pilot, app, DoFields)
    for text in texts:
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, text)
        await pilot.press("enter")
        await until(pilot, lambda: not asks(app, "candidates"))
    await pilot.press("ctrl+s")


def key(number: str) -> ProtectionKey:
    found: ProtectionKey = ProtectionKey.get(ProtectionKey.number == number)
    return found


async def test_a_lost_key_is_exchanged_with_all_its_licences(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "key", 1)
        await pilot.press("X")
        await sees(pilot, app, RecordPicker)
        await type_text(pilot, "0001")
        await pilot.press("enter")
        await fills(pilot, app, "lost")
        await until(pilot, lambda: key("0A1F-4433").state == "lost")
        await until(pilot, lambda: "0B77-0001 took its place" in shown_text(app))
    assert {one.key_id for one in Licence.select().where(Licence.client == 1)} == {3}
    assert (key("0B77-0001").owner_id, key("0B77-0001").replaces_id) == (1, 1)


@pytest.mark.parametrize(("login", "sees_cost"), [("anna", True), ("boris", False)])
async def test_the_cost_of_a_key_is_shown_to_who_may_see_costs(program: Program, login: str, sees_cost: bool) -> None:
    ProtectionKey.update(cost=Decimal("1234.50")).where(ProtectionKey.id == 1).execute()
    app = program("keys", actor=actor_for(login, "test"))
    async with app.run_test(size=(120, 40)) as pilot:
        await card(pilot, app, "key", 1)
        await until(pilot, lambda: "Marking" in shown_text(app))
        assert ("Purchase cost" in shown_text(app), "1,234.50" in shown_text(app)) == (sees_cost, sees_cost)


async def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "key", 1)
        await pilot.press("T")
        await fills(pilot, app, "northwind", "2030-01-01")
        await until(pilot, lambda: "2030-01-01 has not come yet" in shown_text(app))
        assert "Northwind Traders" in shown_text(app)
        dialog = app.screen
        assert isinstance(dialog, DoFields)
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, "today")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: key("0A1F-4433").owner_id == 3)
    assert {one.client_id for one in Licence.select().where(Licence.key == 1)} == {3}


async def test_a_key_is_lent_and_taken_back_by_the_same_key(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await card(pilot, app, "key", 3)
        assert screen.check_action("exchange", ()) is None
        await pilot.press("L")
        await fills(pilot, app, "northwind")
        await until(pilot, lambda: key("0B77-0001").state == "lent")
        await until(pilot, lambda: screen.record.card is not None and screen.record.card.state == "lent")
        await pilot.press("L")
        await fills(pilot, app)
        await until(pilot, lambda: key("0B77-0001").state == "in_stock")
    assert key("0B77-0001").owner_id is None


async def test_a_key_is_marked_broken_from_a_menu_of_what_is_possible(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "key", 1)
        await pilot.press("M")
        await sees(pilot, app, PickOne)
        await type_text(pilot, "broken")
        await pilot.press("enter")
        await fills(pilot, app)
        await until(pilot, lambda: key("0A1F-4433").state == "broken")


async def test_state_and_owner_of_a_key_are_no_fields_of_its_form(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await card(pilot, app, "key", 1)
        await pilot.press("e")
        await until(pilot, lambda: screen.form.is_editing)
        assert screen.form.entries is not None
        assert not {"owner", "state", "return_due", "replaces"} & screen.form.entries.fields.keys()
        assert "number" in screen.form.entries.fields


async def test_a_licence_is_suspended_and_its_events_say_so(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "licence", 1)
        await pilot.press("L")
        await sees(pilot, app, StepMenu)
        assert "is issued: “Reinstate” is not possible" in shown_text(app)
        await type_text(pilot, "suspend")
        await pilot.press("enter")
        await fills(pilot, app, "today", "not paid")
        await until(pilot, lambda: Licence.get_by_id(1).state == "suspended")
        await until(pilot, lambda: any("suspension" in row and "not paid" in row for row in shown_rows(app)))


async def test_a_step_that_is_not_possible_is_not_taken(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "licence", 1)
        await pilot.press("L")
        await sees(pilot, app, StepMenu)
        await type_text(pilot, "reinst")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StepMenu)


async def test_a_licence_is_renewed_for_some_months_and_moved(program: Program) -> None:
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "licence", 1)
        await pilot.press("L")
        await sees(pilot, app, StepMenu)
        await type_text(pilot, "renew")
        await pilot.press("enter")
        await fills(pilot, app, "12")
        await until(pilot, lambda: Licence.get_by_id(1).expires == dt.date(2027, 12, 1))
        await sees(pilot, app, CardScreen)
        await pilot.press("L")
        await sees(pilot, app, StepMenu)
        await type_text(pilot, "move")
        await pilot.press("enter")
        await fills(pilot, app, "0B77-0001")
        await until(pilot, lambda: Licence.get_by_id(1).key_id == 3)
    assert [one.kind for one in LicenceEvent.select().where(LicenceEvent.licence == 1).order_by(LicenceEvent.id)][
        -2:
    ] == ["renew", "move"]


async def test_an_upgrade_is_quoted_and_the_quote_is_shown(program: Program, anna: Actor) -> None:
    add_product(anna, {"code": "GRD-02", "name": "Grand two", "kind": "licence", "price": Decimal(5000)})
    edit_product(anna, 1, 1, {"price": Decimal(2000)})
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "licence", 1)
        await pilot.press("L")
        await sees(pilot, app, StepMenu)
        await type_text(pilot, "quote")
        await pilot.press("enter")
        await sees(pilot, app, DoFields)
        await type_text(pilot, "GRD-02")
        await until(pilot, lambda: "Grand two" in shown_text(app) and not asks(app, "candidates"))
        await pilot.press("enter", "ctrl+s")
        await sees(pilot, app, DocumentCard)
    assert [one.gross for one in Document.select().where(Document.kind == "quote")] == [Decimal(3000)]


async def test_licences_are_entered_on_an_instance_and_taken_out_again(program: Program, anna: Actor) -> None:
    shipment = ready(anna, sold(anna, 3, client=1), "GS-700001..GS-700002", "7777-0001")
    instance = ItemInstance.get(ItemInstance.shipment_line.is_null(False)).id
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await card(pilot, app, "instance", instance)
        await until(pilot, lambda: len(shown_rows(app)) >= 2)
        assert screen.tabs is not None
        assert screen.tabs.open_tab == "licences"
        await pilot.press("l")
        await sees(pilot, app, NumberBlock)
        await type_text(pilot, "GS-700003")
        await until(pilot, lambda: "1 number, 1 good" in shown_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: Licence.select().where(Licence.instance == instance).count() == 3)
        await sees(pilot, app, CardScreen)
        await pilot.press("tab", "delete")
        await until(pilot, lambda: Licence.select().where(Licence.instance == instance).count() == 2)
        issue_document(anna, shipment)
        await until(pilot, lambda: any("active" in row for row in shown_rows(app)))
        await pilot.press("delete")
        await until(pilot, lambda: any("is not taken out any more" in one.message for one in app._notifications))


@pytest.mark.parametrize("slow_reads", [0, 3])
@pytest.mark.parametrize(("requirements", "first"), [("", "licences"), ("Two workplaces", "requirements")])
async def test_the_requirements_of_an_instance_come_first_however_fast_it_is_read(
    program: Program, anna: Actor, monkeypatch: pytest.MonkeyPatch, slow_reads: int, requirements: str, first: str
) -> None:
    ready(anna, sold(anna, client=1), "GS-700001..GS-700002", "7777-0001")
    ItemInstance.update(requirements=requirements).execute()
    instance = ItemInstance.get(ItemInstance.shipment_line.is_null(False)).id
    monkeypatch.setattr("screens.card_record.CardRecord._slow_reads", slow_reads)
    app = program("keys")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await card(pilot, app, "instance", instance)
        assert screen.tabs is not None
        assert screen.tabs.open_tab == first
        await until(pilot, lambda: len(shown_rows(app)) == (1 if requirements else 2))


async def test_the_serial_numbers_of_a_key_lead_to_shipment_and_instance(program: Program, anna: Actor) -> None:
    shipment = ready(anna, sold(anna, client=1), "GS-700001..GS-700002", "7777-0001")
    issue_document(anna, shipment)
    number, instance = Document.get_by_id(shipment).number, Licence.get(Licence.number == "GS-700001").instance
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await card(pilot, app, "key", key("7777-0001").id)
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        assert all(number in row and instance.number in row for row in shown_rows(app))
        await pilot.press("tab", "l", "l", "enter")
        await until(pilot, lambda: app.screen is not screen)
        await until(pilot, lambda: isinstance(app.screen, DocumentCard) and app.screen.ref.id == shipment)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("l", "enter")
        await until(pilot, lambda: getattr(app.screen, "ref", None) == RecordRef("instance", instance.id))
    assert dt.date.today() == TODAY
