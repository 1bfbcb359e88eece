"""Entering licences: everything but the number fills itself in, and a block is taken whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import RuleBroken
from models.licensing.blocks import numbers_of
from models.licensing.entering import (
    add_licences,
    add_licences_from_pool,
    check_numbers,
    take_out_licences,
)
from models.licensing.forming import form_instances
from models.licensing.picking import pick_key
from models.licensing.pools import add_codes, pools, void_code
from models.licensing.tables import Licence
from models.sales.actions_issue import issue_document
from models.writing import Actor
from tests.models.licensing.shipping import KEYED, instances, licences_on, numbered, ready, shipment_of, sold
from tests.models.worlds import a_client, a_key, a_licence, a_product


def test_the_number_is_all_that_is_typed(director: Actor) -> None:
    world = sold(director, seats=5, maintenance_months=12)
    shipment = shipment_of(director, world.invoice)
    key = a_key(director)
    instance = instances(shipment)[0]
    pick_key(director, [instance.id], key)
    add_licences(director, instance.id, numbered("GS-100001"))
    (licence,) = licences_on(instance.id)
    assert (licence.key_id, licence.client_id, licence.product_id, licence.state) == (
        key, world.client, world.product, "reserved",
    )  # fmt: skip
    assert (licence.name, licence.product_code, licence.seats) == ("Гранд-Смета GS-1", "GS-1", 5)
    assert (licence.issued, licence.expires, licence.maintenance_until) == (None, None, None)


def test_of_two_hundred_pasted_numbers_three_bad_ones_are_named_and_nothing_is_taken(director: Actor) -> None:
    world = sold(director, 200, with_key=False, number_pattern="GS-999999")
    other = a_product(director, "NC-1", **KEYED)
    there = a_client(director, "Other")
    a_licence(director, "GS-100050", there, world.product, key=a_key(director, owner=there))
    add_codes(director, other, ["GS-100070"])
    instance = form_instances(director, world.invoice)[0]
    lines = [f"GS-{100001 + n}" for n in range(200)]
    lines[10] = "GS-1OOO11"  # the letter O
    lines[120] = lines[119]
    block = numbers_of("\n".join(lines))
    bad = {one.line: one.problem.rule for one in check_numbers(instance, block) if one.problem is not None}
    assert sorted(bad) == [11, 50, 70, 121]
    assert "has not the form GS-999999" in bad[11]
    assert "exists already" in bad[50]
    assert "another product" in bad[70]
    assert "stands on line 120 already" in bad[121]
    with pytest.raises(RuleBroken, match="Line 11"):
        add_licences(director, instance, block)
    assert licences_on(instance) == []
    good = [one for one in block if one.line not in bad]
    assert len(add_licences(director, instance, good)) == 196


def test_a_number_that_mixes_alphabets_is_offered_with_latin_letters(director: Actor) -> None:
    world = sold(director, with_key=False, number_pattern="GS-99A")
    instance = form_instances(director, world.invoice)[0]
    (checked,) = check_numbers(instance, numbered("GS-10А"))  # a Cyrillic А
    assert checked.repaired == "GS-10A"


def test_more_numbers_than_were_sold_are_refused(director: Actor) -> None:
    world = sold(director, 2, with_key=False)
    instance = form_instances(director, world.invoice)[0]
    add_licences(director, instance, numbered("A-1"))
    with pytest.raises(RuleBroken, match="3 licences"):
        add_licences(director, instance, numbered("A-2", "A-3"))
    with pytest.raises(RuleBroken, match="no number"):
        add_licences(director, instance, [])


def test_licences_of_a_delivered_instance_are_issued_at_once(director: Actor) -> None:
    world = sold(director, 2, with_key=False, protection_method="account", term_months=12)
    shipment = shipment_of(director, world.invoice)
    issue_document(director, shipment)
    instance = instances(shipment)[0].id
    add_licences(director, instance, numbered("A-1"))
    (licence,) = licences_on(instance)
    assert licence.state == "issued"
    assert licence.issued is not None
    assert licence.expires is not None


def test_a_licence_that_needs_a_key_is_not_issued_without_one(director: Actor) -> None:
    world = sold(director, 2, with_key=False)
    shipment = shipment_of(director, world.invoice)
    add_licences(director, instances(shipment)[0].id, numbered("A-1"))
    with pytest.raises(RuleBroken, match="A-1"):
        issue_document(director, shipment)


def test_numbers_are_taken_from_the_pool_the_oldest_first_and_go_back(director: Actor) -> None:
    world = sold(director, 3, with_key=False)
    add_codes(director, world.product, ["C-1", "C-2", "C-3"])
    instance = form_instances(director, world.invoice)[0]
    first, _second = add_licences_from_pool(director, instance, 2)
    assert [one.number for one in licences_on(instance)] == ["C-1", "C-2"]
    assert [(pool.available, pool.taken) for pool in pools()] == [(1, 2)]
    take_out_licences(director, [first])
    assert [(pool.available, pool.taken) for pool in pools()] == [(2, 1)]
    assert [one.number for one in licences_on(instance)] == ["C-2"]


def test_a_code_that_is_typed_is_taken_from_the_pool_and_a_void_one_refused(director: Actor) -> None:
    world = sold(director, 3, with_key=False)
    add_codes(director, world.product, ["C-1", "C-2", "C-3"])
    void_code(director, 2, "leaked")
    instance = form_instances(director, world.invoice)[0]
    add_licences(director, instance, numbered("c-3"))
    assert (pools()[0].available, pools()[0].taken) == (1, 1)
    with pytest.raises(RuleBroken, match="void"):
        add_licences(director, instance, numbered("C-2"))


def test_too_few_codes_take_none(director: Actor) -> None:
    world = sold(director, 3, with_key=False)
    add_codes(director, world.product, ["C-1"])
    instance = form_instances(director, world.invoice)[0]
    with pytest.raises(RuleBroken):
        add_licences_from_pool(director, instance, 2)
    assert Licence.select().count() == 0
    assert pools()[0].available == 1


def test_what_is_issued_is_not_taken_out(director: Actor) -> None:
    world = sold(director)
    shipment = ready(director, world)
    issue_document(director, shipment)
    licence = licences_on(instances(shipment)[0].id)[0]
    with pytest.raises(RuleBroken, match="is issued"):
        take_out_licences(director, [licence.id])
    assert Decimal(2) == instances(shipment)[0].quantity


def test_an_upgrade_that_is_entered_supersedes_the_old_licence_when_it_is_issued(director: Actor) -> None:
    world = sold(director, 1, with_key=False)
    old = a_licence(director, "OLD-1", world.client, world.product, key=a_key(director, "K-9", owner=world.client))
    shipment = shipment_of(director, world.invoice)
    instance = instances(shipment)[0]
    pick_key(director, [instance.id], Licence.get_by_id(old).key_id)
    add_licences(director, instance.id, numbered("NEW-1"), {"kind": "upgrade", "supersedes": old})
    assert Licence.get_by_id(old).state == "issued"
    issue_document(director, shipment)
    assert Licence.get_by_id(old).state == "superseded"
