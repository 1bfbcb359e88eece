"""What a shipment's lines cost: what the keys from stock and the codes that they took had cost, where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.audit import broken_links
from models.catalogue.actions import edit_product
from models.catalogue.tables import Product
from models.company.permissions import SEE_COST
from models.keys.tables import ProtectionKey
from models.licensing.blocks import numbers_of
from models.licensing.entering import add_licences, add_licences_from_pool
from models.licensing.picking import pick_key
from models.licensing.pools import add_codes
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import line_values, set_lines
from models.sales.actions_issue import issue_document
from models.sales.tables import Document, DocumentLine
from models.writing import Actor
from tests.models.licensing.shipping import Sold, instances, shipment_of, sold
from tests.models.licensing.worlds import NOW
from tests.models.worlds import a_client, a_key

NO_COST: tuple[list[Decimal | None], Decimal] = ([None, None], Decimal(0))


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def stocked(by: Actor, number: str = "0A1F-4433", cost: str | None = "450.00") -> int:
    """A key in stock that was bought at a cost."""
    key = a_key(by, number)
    ProtectionKey.update(cost=None if cost is None else Decimal(cost)).where(ProtectionKey.id == key).execute()
    return key


def shipped(by: Actor, world: Sold, key: int, codes: int = 2, typed: str = "") -> int:
    """A draft shipment with its key picked, so many licences from the pool, and others typed."""
    shipment = shipment_of(by, world.invoice)
    formed = instances(shipment)
    pick_key(by, [one.id for one in formed], key)
    if codes:
        add_licences_from_pool(by, formed[0].id, codes)
    if typed:
        add_licences(by, formed[0].id, numbers_of(typed))
    return shipment


def costs(document: int) -> tuple[list[Decimal | None], Decimal]:
    """Those of the lines, and the document's."""
    lines = DocumentLine.select().where(DocumentLine.document == document).order_by(DocumentLine.position)
    return [line.cost for line in lines], Document.get_by_id(document).cost


def rows(document: int) -> list[dict[str, Any]]:
    found: Any = DocumentLine.select().where(DocumentLine.document == document).order_by(DocumentLine.id).dicts()
    return [{name: value for name, value in row.items() if name not in ("version", "updated")} for row in found]


def test_a_line_costs_what_its_keys_and_codes_had_cost_until_it_is_cancelled(director: Actor) -> None:
    world = sold(director)
    add_codes(director, world.product, ["C-1"], cost=Decimal("300.10"))
    add_codes(director, world.product, ["C-2", "C-3"], cost=Decimal("310.00"))
    shipment = shipped(director, world, stocked(director))
    before = rows(shipment)
    assert costs(shipment) == NO_COST
    issue_document(director, shipment)
    assert costs(shipment) == ([Decimal("610.10"), Decimal("450.00")], Decimal("1060.10"))
    cancel_document(director, shipment, "не тот день")
    assert (rows(shipment), costs(shipment)) == (before, NO_COST)
    assert list(broken_links()) == []


def test_who_may_not_see_costs_posts_all_the_same(director: Actor) -> None:
    world = sold(director)
    add_codes(director, world.product, ["C-1", "C-2"], cost=Decimal(300))
    shipment = shipped(director, world, stocked(director))
    seller = Actor("boris", "Boris", director.operator_id, director.permissions - {SEE_COST}, "test")
    issue_document(seller, shipment)
    assert costs(shipment) == ([Decimal(600), Decimal(450)], Decimal(1050))


def test_the_catalogues_cost_gives_way_and_a_typed_one_stays(director: Actor) -> None:
    world = sold(director)
    for product in (world.product, world.key_product):
        edit_product(director, product, Product.get_by_id(product).version, {"cost": Decimal(200)})
    add_codes(director, world.product, ["C-1", "C-2"], cost=Decimal(300))
    shipment = shipped(director, world, stocked(director))
    document = Document.get_by_id(shipment)
    lines = [
        {**line_values(line), "id": line.id, "basis_line": line.basis_line_id, "cost": cost}
        for line, cost in zip(
            DocumentLine.select().where(DocumentLine.document == shipment).order_by(DocumentLine.position),
            (Decimal(400), Decimal(77)),
            strict=True,
        )
    ]
    set_lines(director, shipment, document.version, lines)
    issue_document(director, shipment)
    assert costs(shipment) == ([Decimal(600), Decimal(77)], Decimal(677))


@pytest.mark.parametrize(("codes", "typed"), [(1, "GS-100001"), (1, ""), (0, "GS-100001..GS-100002")])
def test_where_the_cost_of_a_part_is_not_known_the_line_keeps_its_own(director: Actor, codes: int, typed: str) -> None:
    world = sold(director)
    add_codes(director, world.product, ["C-1"], cost=Decimal(300))
    shipment = shipped(director, world, stocked(director), codes, typed)
    issue_document(director, shipment)
    assert costs(shipment) == ([None, Decimal(450)], Decimal(450))


def test_codes_and_keys_without_a_cost_change_nothing(director: Actor) -> None:
    world = sold(director)
    add_codes(director, world.product, ["C-1", "C-2"])
    shipment = shipped(director, world, stocked(director, cost=None))
    issue_document(director, shipment)
    assert costs(shipment) == NO_COST


def test_a_key_without_a_line_of_its_own_is_the_cost_of_the_line_that_took_it_first(director: Actor) -> None:
    world = sold(director, with_key=False)
    add_codes(director, world.product, ["C-1", "C-2"], cost=Decimal(300))
    shipment = shipped(director, world, stocked(director))
    issue_document(director, shipment)
    assert costs(shipment) == ([Decimal(1050)], Decimal(1050))


def test_the_clients_own_key_costs_nothing_again(director: Actor) -> None:
    client = a_client(director)
    world = sold(director, with_key=False, client=client)
    add_codes(director, world.product, ["C-1", "C-2"], cost=Decimal(300))
    own = a_key(director, "OWN-1", owner=client)
    ProtectionKey.update(cost=Decimal(450)).where(ProtectionKey.id == own).execute()
    shipment = shipped(director, world, own)
    issue_document(director, shipment)
    assert costs(shipment) == ([Decimal(600)], Decimal(600))
