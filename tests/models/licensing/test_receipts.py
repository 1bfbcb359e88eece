"""Receipts bring keys into stock and codes into pools, with their cost; never twice, never more than came."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.cards.definitions import CARDS
from models.cards.reading import fields_shown, read_card
from models.company.permissions import SEE_COST
from models.errors import RuleBroken
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.pools import codes_left
from models.licensing.receipts import received_numbers, set_received
from models.licensing.tables import ReceivedNumber, VendorCode
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import set_lines
from models.sales.actions_issue import issue_document
from models.sales.tables import Document
from models.writing import Actor, get
from tests.models.licensing.worlds import DAY, NOW
from tests.models.sales.worlds import a_draft, line_ids
from tests.models.worlds import a_client, a_product


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _a_receipt(by: Actor, quantity: str = "3", **product: Any) -> tuple[int, int, int]:
    """A draft receipt of one line; the document, the line and the product."""
    made = a_product(by, **{"kind": "key", "name": "HASP", **product})
    supplier = a_client(by, "Поставщик", is_supplier=True)
    lines = [{"product": made, "quantity": Decimal(quantity), "price": Decimal("122"), "price_includes_vat": True}]
    draft = a_draft(by, "receipt", lines, client=supplier, date=DAY)
    return draft, line_ids(draft)[0], made


def test_keys_come_into_stock_with_their_cost_and_the_receipt(director: Actor) -> None:
    draft, line, product = _a_receipt(director)
    assert set_received(director, line, ["0A1F-1", "", "0A1F-2"]).added == 2
    assert ProtectionKey.select().count() == 0
    number = issue_document(director, draft).number
    keys = list(ProtectionKey.select().order_by(ProtectionKey.id))
    assert [(key.number, key.state, key.owner_id, key.cost) for key in keys] == [
        ("0A1F-1", "in_stock", None, Decimal("100.00")),
        ("0A1F-2", "in_stock", None, Decimal("100.00")),
    ]
    movement = KeyMovement.select().where(KeyMovement.key == keys[0].id).get()
    assert (movement.kind, movement.day, movement.about_kind, movement.about_id) == ("receipt", DAY, "document", draft)
    assert number in movement.document
    assert received_numbers([line]) == {line: ["0A1F-1", "0A1F-2"]}
    assert keys[0].vendor_id == keys[1].vendor_id is not None
    assert product


def test_the_card_of_a_key_tells_its_cost_to_who_may_see_costs(director: Actor) -> None:
    draft, line, _product = _a_receipt(director)
    set_received(director, line, ["0A1F-1"])
    issue_document(director, draft)
    key = ProtectionKey.get()
    assert read_card("key", key.id).values["cost"] == Decimal("100.00")
    seller = Actor("boris", "Boris", None, director.permissions - {SEE_COST}, "test")

    def fields_of(actor: Actor) -> set[str]:
        return {field.name for field in fields_shown(CARDS["key"], actor)}

    assert fields_of(director) - fields_of(seller) == {"cost"}


def test_codes_come_into_the_pool_with_their_cost(director: Actor) -> None:
    draft, line, product = _a_receipt(director, kind="licence", code="SOFT")
    set_received(director, line, ["C-1", "C-2", "C-3"])
    assert codes_left(product) == 0
    issue_document(director, draft)
    assert codes_left(product) == 3
    code = VendorCode.get()
    assert (code.cost, code.receipt_line_id, code.state) == (Decimal("100.00"), line, "available")


def test_each_bad_number_is_named_and_nothing_changes(director: Actor) -> None:
    first, line, _product = _a_receipt(director)
    set_received(director, line, ["K-1"])
    issue_document(director, first)
    supplier = get(Document, first).client_id
    again = a_draft(
        director, "receipt", [{"product": _product, "quantity": Decimal(3), "price": Decimal(1)}], client=supplier
    )
    (line,) = line_ids(again)
    result = set_received(director, line, ["K-2", "k1", "K-2", "–"])
    assert (result.added, [bad.position for bad in result.refused]) == (0, [2, 3, 4])
    assert received_numbers([line]) == {line: []}
    assert set_received(director, line, ["K-2", "k1"], good_ones=True).added == 1
    assert received_numbers([line]) == {line: ["K-2"]}


def test_more_numbers_than_came_are_refused_also_when_the_quantity_shrinks(director: Actor) -> None:
    draft, line, product = _a_receipt(director)
    with pytest.raises(RuleBroken, match="4 numbers"):
        set_received(director, line, ["1", "2", "3", "4"])
    set_received(director, line, ["1", "2", "3"])
    kept = {"id": line, "product": product, "quantity": Decimal(2), "price": Decimal("122")}
    set_lines(director, draft, get(Document, draft).version, [kept])
    with pytest.raises(RuleBroken) as broken:
        issue_document(director, draft)
    assert broken.value.field == "quantity"
    assert (ProtectionKey.select().count(), get(Document, draft).state) == (0, "draft")


def test_a_number_that_came_by_another_receipt_meanwhile_is_refused_on_posting(director: Actor) -> None:
    first, line, product = _a_receipt(director)
    lines = [{"product": product, "quantity": Decimal(1), "price": Decimal(1)}] * 2
    second = a_draft(director, "receipt", lines, client=get(Document, first).client_id)
    for one in (line, *line_ids(second)):
        set_received(director, one, ["K-7"])
    with pytest.raises(RuleBroken, match="K-7"):
        issue_document(director, second)
    issue_document(director, first)
    assert [key.number for key in ProtectionKey.select()] == ["K-7"]


def test_numbers_are_set_as_a_whole(director: Actor) -> None:
    _draft, line, _product = _a_receipt(director)
    set_received(director, line, ["1", "2", "3"])
    kept = {row.number: row.id for row in ReceivedNumber.select()}
    set_received(director, line, ["4", "2"])
    rows = {row.number: row.id for row in ReceivedNumber.select()}
    assert rows.keys() == {"4", "2"}
    assert rows["2"] == kept["2"]
    set_received(director, line, [])
    assert ReceivedNumber.select().count() == 0


def test_numbers_go_with_their_line_and_with_the_draft(director: Actor) -> None:
    draft, line, product = _a_receipt(director)
    set_received(director, line, ["1"])
    other = {"product": product, "quantity": Decimal(1), "price": Decimal(1)}
    set_lines(director, draft, get(Document, draft).version, [other])
    assert ReceivedNumber.select().count() == 0
    set_received(director, line_ids(draft)[0], ["2"])
    cancel_document(director, draft, "it did not come")
    assert ReceivedNumber.select().count() == 0


def test_numbers_come_with_draft_receipts_of_products_only(director: Actor) -> None:
    draft, line, product = _a_receipt(director)
    order = a_draft(director, "supplier_order", [{"product": product, "price": Decimal(1)}], client=a_client(director))
    free = a_draft(director, "receipt", [{"description": "boxes", "price": Decimal(1)}], client=a_client(director))
    issue_document(director, draft)
    for one in (line, *line_ids(order), *line_ids(free)):
        with pytest.raises(RuleBroken):
            set_received(director, one, ["1"])


def test_a_receipt_of_tomorrow_brings_keys_today(director: Actor) -> None:
    _draft, _line, product = _a_receipt(director)
    lines = [{"product": product, "quantity": Decimal(1), "price": Decimal(1)}]
    draft = a_draft(director, "receipt", lines, client=a_client(director), date=dt.date(2026, 11, 27))
    set_received(director, line_ids(draft)[0], ["K-1"])
    issue_document(director, draft)
    assert KeyMovement.get().day == dt.date(2026, 11, 25)
