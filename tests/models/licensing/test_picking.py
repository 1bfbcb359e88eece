"""Which keys may be picked for what, and that a pick is never silent and never forgotten."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.clients.actions import client_group_named, edit_client
from models.clients.tables import Client
from models.errors import RuleBroken
from models.keys.actions import edit_key
from models.licensing.entering import add_licences
from models.licensing.forming import form_instances
from models.licensing.picking import KeyChoice, keys_for, pick_key
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import line_values, set_lines
from models.sales.families import lines_of
from models.sales.tables import Document
from models.writing import Actor
from tests.models.licensing.shipping import instances, key_now, licences_on, numbered, shipment_of, sold
from tests.models.worlds import a_client, a_key


def found(instance: int, text: str) -> list[tuple[str, bool]]:
    """The numbers that a text finds, with whether a reason is needed."""
    return [(choice.number, choice.reason_needed) for choice in keys_for(instance, text)]


def test_a_key_is_found_by_its_last_four_characters(director: Actor) -> None:
    shipment = shipment_of(director, sold(director).invoice)
    a_key(director, "0A1F-4433"), a_key(director, "0A1F-4434")
    assert found(instances(shipment)[0].id, "4433") == [("0A1F-4433", False)]
    assert isinstance(keys_for(instances(shipment)[0].id, "1f44")[0], KeyChoice)


def test_keys_of_the_client_come_before_those_in_stock_and_those_of_others_last(director: Actor) -> None:
    world = sold(director)
    shipment = shipment_of(director, world.invoice)
    a_key(director, "AA-STOCK-777"), a_key(director, "AA-OTHER-777", owner=a_client(director, "Other"))
    a_key(director, "AA-OWN-777", owner=world.client)
    a_key(director, "AA-LOST-777", owner=world.client, state="lost")
    licences, key = instances(shipment)
    assert found(licences.id, "777") == [("AA-OWN-777", False), ("AA-STOCK-777", False), ("AA-OTHER-777", True)]
    assert found(key.id, "777") == [("AA-STOCK-777", False)]
    assert [number for number, _reason in found(licences.id, "")] == ["AA-OWN-777", "AA-STOCK-777"]


def test_a_picked_key_is_reserved_and_released_with_the_draft(director: Actor) -> None:
    shipment = shipment_of(director, sold(director).invoice)
    key = a_key(director)
    pick_key(director, [one.id for one in instances(shipment)], key)
    assert key_now(key).state == "reserved"
    assert [one.key_id for one in instances(shipment)] == [key, key]
    cancel_document(director, shipment, "not now")
    assert key_now(key).state == "in_stock"


def test_another_pick_frees_the_first_and_takes_the_entered_licences_along(director: Actor) -> None:
    shipment = shipment_of(director, sold(director, with_key=False).invoice)
    (instance,) = instances(shipment)
    first, second = a_key(director, "A-1"), a_key(director, "A-2")
    pick_key(director, [instance.id], first)
    add_licences(director, instance.id, numbered("GS-1"))
    pick_key(director, [instance.id], second)
    assert (key_now(first).state, key_now(second).state) == ("in_stock", "reserved")
    assert [one.key_id for one in licences_on(instance.id)] == [second]
    pick_key(director, [instance.id], None)
    assert key_now(second).state == "in_stock"
    assert [one.key_id for one in licences_on(instance.id)] == [None]


def test_a_key_of_somebody_else_takes_a_reason_that_is_kept(director: Actor) -> None:
    shipment = shipment_of(director, sold(director, with_key=False).invoice)
    (instance,) = instances(shipment)
    key = a_key(director, owner=a_client(director, "Other"))
    with pytest.raises(RuleBroken, match="belongs to Other"):
        pick_key(director, [instance.id], key)
    pick_key(director, [instance.id], key, "they share an office")
    assert instances(shipment)[0].key_reason == "they share an office"
    assert key_now(key).state == "issued"


def test_a_key_of_the_clients_group_takes_none(director: Actor) -> None:
    world = sold(director, with_key=False)
    group = client_group_named(director, "Holding")
    sister = a_client(director, "Sister")
    for client in (world.client, sister):
        edit_client(director, client, Client.get_by_id(client).version, {"group": group})
    shipment = shipment_of(director, world.invoice)
    pick_key(director, [instances(shipment)[0].id], a_key(director, owner=sister))


def test_a_key_that_is_reserved_for_another_draft_is_refused_and_named(director: Actor) -> None:
    world = sold(director, 4, with_key=False)
    (line,) = (one.id for one in lines_of([world.invoice]))
    first = shipment_of(director, world.invoice, {line: 2})
    second = shipment_of(director, world.invoice, {line: 2})
    key = a_key(director)
    pick_key(director, [instances(first)[0].id], key)
    with pytest.raises(RuleBroken, match="reserved for shipment"):
        pick_key(director, [instances(second)[0].id], key)
    assert found(instances(second)[0].id, "4433") == []


@pytest.mark.parametrize("state", ["lost", "broken", "replaced", "returned"])
def test_a_key_that_nobody_can_use_is_refused(director: Actor, state: str) -> None:
    world = sold(director, with_key=False)
    key = a_key(director, owner=world.client)
    edit_key(director, key, 1, {"state": state})
    shipment = shipment_of(director, world.invoice)
    with pytest.raises(RuleBroken, match=state):
        pick_key(director, [instances(shipment)[0].id], key)


def test_one_key_is_sold_once(director: Actor) -> None:
    world = sold(director)
    shipment = shipment_of(director, world.invoice)
    (line,) = (one for one in lines_of([shipment]) if one.product_id == world.key_product)
    others = [line_values(one) | {"id": one.id} for one in lines_of([shipment])]
    version = Document.get_by_id(shipment).version
    new = {"product": world.key_product, "quantity": 1}
    set_lines(director, shipment, version, [*others, new])
    form_instances(director, shipment)
    first, second = (one for one in instances(shipment) if one.product_id == world.key_product)
    key = a_key(director)
    pick_key(director, [first.id], key)
    with pytest.raises(RuleBroken, match="another line"):
        pick_key(director, [second.id], key)
    assert line.id


def test_outside_of_a_draft_no_key_is_picked(director: Actor) -> None:
    world = sold(director, with_key=False)
    (instance,) = form_instances(director, world.invoice)
    with pytest.raises(RuleBroken, match="no draft of a shipment"):
        pick_key(director, [instance], a_key(director))


def test_a_key_is_free_again_when_its_instance_goes_with_a_reduced_quantity(director: Actor) -> None:
    shipment = shipment_of(director, sold(director, 2, with_key=False, unique_items=True).invoice)
    first, second = instances(shipment)
    keys = [a_key(director, "A-1"), a_key(director, "A-2")]
    for one, key in zip((first, second), keys, strict=True):
        pick_key(director, [one.id], key)
    (line,) = lines_of([shipment])
    less = line_values(line) | {"id": line.id, "quantity": Decimal(1)}
    set_lines(director, shipment, Document.get_by_id(shipment).version, [less])
    assert [one.id for one in instances(shipment)] == [first.id]
    assert [key_now(key).state for key in keys] == ["reserved", "in_stock"]
