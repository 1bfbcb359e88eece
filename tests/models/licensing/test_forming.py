"""Instances are formed one per line, one per unit where the product is unique, and never twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import RuleBroken
from models.licensing.blocks import numbers_of
from models.licensing.entering import add_licences
from models.licensing.forming import form_instances
from models.licensing.tables import ItemInstance
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import line_values, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.families import lines_of
from models.sales.tables import Document
from models.writing import Actor
from tests.models.licensing.shipping import DAY, KEYED, instances, licences_on, quantities, shipment_of, sold
from tests.models.sales.worlds import a_draft, an_issued, line_ids
from tests.models.worlds import a_client, a_product

TWO, THREE, FIVE, TEN = Decimal(2), Decimal(3), Decimal(5), Decimal(10)


def test_an_invoice_forms_one_instance_per_line_and_one_per_key(director: Actor) -> None:
    client = a_client(director)
    lines = [
        {"product": a_product(director, "GS-1", **KEYED), "quantity": TEN},
        {"product": a_product(director, "KEY-1", kind="key", price=Decimal(500)), "quantity": THREE},
        {"product": a_product(director, "MOUSE", kind="goods", price=Decimal(5)), "quantity": FIVE},
        {"description": "delivery", "price": Decimal(100)},
    ]
    invoice = an_issued(director, "invoice", lines, client=client, date=DAY)
    formed = form_instances(director, invoice)
    assert quantities(instances(invoice)) == [TEN, Decimal(1), Decimal(1), Decimal(1)]
    assert form_instances(director, invoice) == formed


def test_a_unique_product_has_an_instance_per_unit(director: Actor) -> None:
    product = a_product(director, "ONE", unique_items=True, price=TEN)
    lines = [{"product": product, "quantity": Decimal("2.5")}]
    invoice = an_issued(director, "invoice", lines, client=a_client(director), date=DAY)
    form_instances(director, invoice)
    assert quantities(instances(invoice)) == [Decimal(1), Decimal(1), Decimal("0.5")]


def test_a_draft_of_an_invoice_and_a_quote_form_none(director: Actor) -> None:
    lines = [{"product": a_product(director, "GS-1", **KEYED)}]
    for document in (a_draft(director, "invoice", lines), an_issued(director, "quote", lines)):
        with pytest.raises(RuleBroken, match=r"No instances|does not stand"):
            form_instances(director, document)


def test_a_shipment_made_from_an_invoice_takes_over_its_instances(director: Actor) -> None:
    world = sold(director)
    formed = form_instances(director, world.invoice)
    shipment = shipment_of(director, world.invoice)
    assert [one.id for one in instances(shipment)] == formed
    assert form_instances(director, world.invoice) == formed


def test_a_shipment_of_a_part_takes_a_part_and_the_next_the_rest(director: Actor) -> None:
    world = sold(director, 10, with_key=False)
    form_instances(director, world.invoice)
    (line,) = line_ids(world.invoice)
    first = shipment_of(director, world.invoice, {line: THREE})
    assert quantities(instances(first)) == [THREE]
    assert quantities(instances(world.invoice)) == [THREE, Decimal(7)]
    issue_without_keys(director, first)
    second = shipment_of(director, world.invoice)
    assert quantities(instances(second)) == [Decimal(7)]
    assert ItemInstance.select().count() == 2


def issue_without_keys(by: Actor, shipment: int) -> None:
    """Licences may be numbered later: nothing is entered, so nothing needs a key."""
    issue_document(by, shipment)


def test_what_a_shipment_formed_is_not_formed_again_from_its_invoice(director: Actor) -> None:
    world = sold(director, 4, with_key=False)
    shipment = shipment_of(director, world.invoice)
    form_instances(director, world.invoice)
    assert ItemInstance.select().count() == 1
    assert quantities(instances(shipment)) == [Decimal(4)]


def test_an_invoice_and_a_shipment_of_one_order_form_no_more_than_was_ordered(director: Actor) -> None:
    product = a_product(director, "GS-1", **KEYED)
    order = an_issued(director, "order", [{"product": product, "quantity": TEN}], client=a_client(director), date=DAY)
    shipment = shipment_of(director, order)
    invoice = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, invoice)
    assert form_instances(director, invoice) == []
    assert quantities(instances(shipment)) == [TEN]


def test_a_reduced_line_of_a_draft_gives_back_what_it_had_taken(director: Actor) -> None:
    world = sold(director, 10, with_key=False)
    form_instances(director, world.invoice)
    shipment = shipment_of(director, world.invoice)
    (line,) = lines_of([shipment])
    version = Document.get_by_id(shipment).version
    set_lines(director, shipment, version, [line_values(line) | {"id": line.id, "quantity": TWO}])
    form_instances(director, shipment)
    assert quantities(instances(shipment)) == [TWO]
    assert sorted(filter(None, quantities(instances(world.invoice)))) == [TWO, Decimal(8)]


def test_a_cancelled_draft_leaves_the_instances_of_the_invoice_as_they_were(director: Actor) -> None:
    world = sold(director, 10, with_key=False)
    form_instances(director, world.invoice)
    before = [one.__data__ | {"version": 0, "updated": 0} for one in instances(world.invoice)]
    (line,) = line_ids(world.invoice)
    shipment = shipment_of(director, world.invoice, {line: THREE})
    cancel_document(director, shipment, "not now")
    assert [one.__data__ | {"version": 0, "updated": 0} for one in instances(world.invoice)] == before
    assert instances(shipment) == []


def test_a_line_that_leaves_a_draft_takes_the_instances_that_it_formed_along(director: Actor) -> None:
    world = sold(director, 4)
    shipment = shipment_of(director, world.invoice)
    first, _key = lines_of([shipment])
    version = Document.get_by_id(shipment).version
    set_lines(director, shipment, version, [line_values(first) | {"id": first.id}])
    assert [one.product_id for one in instances(shipment)] == [world.product]


def test_of_a_part_that_is_taken_the_licences_beyond_it_wait_with_the_rest(director: Actor) -> None:
    world = sold(director, 3, with_key=False)
    (whole,) = form_instances(director, world.invoice)
    add_licences(director, whole, numbers_of("GS-1..GS-3"))
    shipment = shipment_of(director, world.invoice, {line_ids(world.invoice)[0]: Decimal(1)})
    (taken,) = instances(shipment)
    (rest,) = ItemInstance.select().where(ItemInstance.id != whole)
    assert (taken.id, taken.quantity, rest.quantity) == (whole, 1, 2)
    assert [[one.number for one in licences_on(part)] for part in (whole, rest.id)] == [["GS-1"], ["GS-2", "GS-3"]]


def test_a_reduction_below_the_licences_that_are_entered_is_refused(director: Actor) -> None:
    client, product = a_client(director), a_product(director, "GS-1", **KEYED)
    draft = a_draft(director, "licence_order", [{"product": product, "quantity": THREE}], client=client, date=DAY)
    (instance,) = form_instances(director, draft)
    add_licences(director, instance, numbers_of("GS-1..GS-3"))
    (line,) = lines_of([draft])
    less = line_values(line) | {"id": line.id, "quantity": TWO}
    with pytest.raises(RuleBroken, match="3 licences are entered"):
        set_lines(director, draft, Document.get_by_id(draft).version, [less])
    assert len(licences_on(instance)) == 3
