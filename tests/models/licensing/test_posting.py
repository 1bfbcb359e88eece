"""Posting a shipment does all of it or nothing; cancelling takes back exactly that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.audit import AuditEntry, broken_links, rows_changed_behind
from models.base import Record
from models.errors import RuleBroken
from models.keys.actions import edit_key
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.as_of import keys_as_of, licences_as_of
from models.licensing.entering import add_licences
from models.licensing.forming import form_instances
from models.licensing.life import suspend_licence
from models.licensing.picking import pick_key
from models.licensing.tables import ItemInstance, Licence, LicenceEvent, VendorCode
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.balances import client_balance
from models.sales.tables import Document
from models.search.as_of import find_as_of
from models.search.queries import find_keys_and_licences
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.licensing.shipping import (
    DAY,
    KEYED,
    instances,
    key_now,
    licences_on,
    numbered,
    ready,
    shipment_of,
    sold,
)
from tests.models.worlds import a_client, a_key, a_product

_WHAT_IT_TOUCHES: tuple[type[Record], ...] = (
    ProtectionKey, KeyMovement, Licence, LicenceEvent, ItemInstance, VendorCode,
)  # fmt: skip


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of what a shipment touches, as they are told apart by their values."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in _WHAT_IT_TOUCHES:
        rows: Any = table.select().order_by(table.id).dicts()
        found[table.__name__] = [
            {name: value for name, value in row.items() if name not in ("version", "updated")} for row in rows
        ]
    return found


def test_a_posted_shipment_hands_over_the_key_and_issues_the_licences(director: Actor) -> None:
    world = sold(director, term_months=12, maintenance_months=6)
    shipment = ready(director, world)
    issue_document(director, shipment)
    licence = licences_on(instances(shipment)[0].id)[0]
    assert (licence.state, licence.issued, licence.expires) == ("issued", DAY, dt.date(2027, 11, 19))
    assert licence.maintenance_until == dt.date(2027, 5, 19)
    key = key_now(licence.key_id or 0)
    assert (key.state, key.owner_id) == ("issued", world.client)
    assert {one.state for one in instances(shipment)} == {"delivered"}
    movement = KeyMovement.select().order_by(KeyMovement.id.desc()).first()
    assert (movement.kind, movement.from_client_id, movement.to_client_id) == ("hand_over", None, world.client)
    assert (movement.about_kind, movement.about_id) == ("document", shipment)
    assert [event.kind for event in LicenceEvent.select()] == ["issue", "issue"]


def test_any_fragment_finds_the_whole_chain(director: Actor) -> None:
    shipment = ready(director, sold(director))
    issue_document(director, shipment)
    number = Document.get_by_id(shipment).number
    (licence,) = find_keys_and_licences("100002")
    assert (licence.key, licence.owner, licence.client, licence.shipment) == (
        "0A1F-4433", "ООО «Ромашка»", "ООО «Ромашка»", number,
    )  # fmt: skip
    assert licence.instance == instances(shipment)[0].number
    assert [(row.kind, row.shipment) for row in find_keys_and_licences("4433")][-1] == ("key", number)


def test_a_term_that_counts_from_activation_begins_only_then(director: Actor) -> None:
    world = sold(director, term_months=12, term_from="activation")
    shipment = ready(director, world)
    issue_document(director, shipment)
    assert [one.expires for one in licences_on(instances(shipment)[0].id)] == [None, None]


def test_a_key_that_is_sold_has_to_be_picked(director: Actor) -> None:
    shipment = shipment_of(director, sold(director).invoice)
    with pytest.raises(RuleBroken, match="No key is picked"):
        issue_document(director, shipment)
    assert Document.get_by_id(shipment).state == "draft"


def test_a_key_that_was_lost_since_it_was_picked_is_not_handed_over(director: Actor) -> None:
    world = sold(director)
    own = a_key(director, "OWN-1", owner=world.client)
    shipment = shipment_of(director, world.invoice)
    licences, key = instances(shipment)
    pick_key(director, [licences.id], own)
    pick_key(director, [key.id], a_key(director))
    edit_key(director, own, key_now(own).version, {"state": "lost"})
    with pytest.raises(RuleBroken, match="OWN-1"):
        issue_document(director, shipment)
    assert {one.state for one in instances(shipment)} == {"formed"}


def test_a_key_that_is_the_clients_stays_his_and_does_not_move(director: Actor) -> None:
    world = sold(director, with_key=False)
    own = a_key(director, "OWN-1", owner=world.client)
    shipment = shipment_of(director, world.invoice)
    pick_key(director, [instances(shipment)[0].id], own)
    moved = KeyMovement.select().count()
    issue_document(director, shipment)
    assert KeyMovement.select().count() == moved


def test_cancelling_leaves_everything_as_before_the_posting_and_the_key_in_stock(director: Actor) -> None:
    world = sold(director)
    shipment = ready(director, world)
    before, balance = everything(), client_balance(world.client)
    trail = AuditEntry.select().count()
    number = issue_document(director, shipment).number
    assert everything() != before
    cancel_document(director, shipment, "the wrong day")
    document = Document.get_by_id(shipment)
    assert (document.state, document.number) == ("cancelled", number)
    assert client_balance(world.client) == balance
    after = everything()
    (key,) = after["ProtectionKey"]
    assert (key["state"], key["owner"]) == ("in_stock", None)
    assert after["KeyMovement"] == before["KeyMovement"]
    assert after["LicenceEvent"] == []
    assert AuditEntry.select().count() > trail
    assert list(broken_links()) == []
    assert list(rows_changed_behind()) == []


def test_instances_of_the_invoice_keep_their_licences_for_the_next_shipment(director: Actor) -> None:
    world = sold(director)
    form_instances(director, world.invoice)
    shipment = ready(director, world)
    waiting = [one.id for one in instances(shipment)]
    issue_document(director, shipment)
    cancel_document(director, shipment, "the wrong day")
    assert {one.state for one in instances(world.invoice)} == {"formed"}
    again = shipment_of(director, world.invoice)
    assert [one.id for one in instances(again)] == waiting
    assert [(one.number, one.state, one.key_id) for one in licences_on(waiting[0])] == [
        ("GS-100001", "reserved", None), ("GS-100002", "reserved", None),
    ]  # fmt: skip


def test_what_the_shipment_had_formed_itself_goes_with_it(director: Actor) -> None:
    shipment = ready(director, sold(director))
    issue_document(director, shipment)
    cancel_document(director, shipment, "the wrong client")
    assert (ItemInstance.select().count(), Licence.select().count()) == (0, 0)
    assert find_keys_and_licences("100001") == []


def test_cancelling_is_refused_where_a_licence_was_suspended_since(director: Actor) -> None:
    shipment = ready(director, sold(director))
    issue_document(director, shipment)
    licence = licences_on(instances(shipment)[0].id)[0]
    suspend_licence(director, licence.id, dt.date(2026, 11, 21), "not paid")
    with pytest.raises(RuleBroken, match="GS-100001 was changed since"):
        cancel_document(director, shipment, "the wrong day")
    assert Document.get_by_id(shipment).state == "posted"


def test_a_note_on_the_key_stands_in_nobodys_way(director: Actor) -> None:
    shipment = ready(director, sold(director))
    issue_document(director, shipment)
    key = ProtectionKey.get()
    edit_key(director, key.id, key.version, {"note": "a scratch"})
    cancel_document(director, shipment, "the wrong day")
    assert (ProtectionKey.get().state, ProtectionKey.get().note) == ("in_stock", "a scratch")


def test_cancelling_is_refused_where_licences_were_added_since(director: Actor) -> None:
    world = sold(director, 3, protection_method="account")
    shipment = shipment_of(director, world.invoice)
    licences, key = instances(shipment)
    pick_key(director, [key.id], a_key(director))
    issue_document(director, shipment)
    add_licences(director, licences.id, numbered("LATER-1"))
    with pytest.raises(RuleBroken, match="LATER-1"):
        cancel_document(director, shipment, "the wrong day")


def test_a_licence_order_issues_without_a_sale(director: Actor) -> None:
    client, product = a_client(director), a_product(director, "GS-1", **KEYED)
    order = new_document(director, "licence_order", {"client": client, "date": DAY}, [{"product": product}])
    (instance,) = form_instances(director, order)
    pick_key(director, [instance], a_key(director, owner=client))
    add_licences(director, instance, numbered("TRIAL-1"))
    issue_document(director, order)
    assert (licences_on(instance)[0].state, ItemInstance.get().origin) == ("issued", "licence_order")
    assert client_balance(client).balance == 0


def test_as_of_the_day_before_the_key_was_in_stock_and_the_licence_not_there(director: Actor) -> None:
    world = sold(director)
    shipment = ready(director, world)
    issue_document(director, shipment)
    licence = licences_on(instances(shipment)[0].id)[0]
    today = dt.date.today()
    assert keys_as_of([licence.key_id or 0], today)[licence.key_id or 0].owner == world.client
    assert licences_as_of([licence.id], DAY - dt.timedelta(days=1)) == {}
    assert licences_as_of([licence.id], DAY)[licence.id]["client"] == world.client
    assert find_as_of("GS-100001", DAY - dt.timedelta(days=1)) == []
    (found,) = find_as_of("GS-100001", DAY)
    assert (found.number, found.client, found.state) == ("GS-100001", "ООО «Ромашка»", "active")


def test_an_event_that_somebody_damaged_is_passed_over(director: Actor) -> None:
    shipment = ready(director, sold(director))
    issue_document(director, shipment)
    licence = licences_on(instances(shipment)[0].id)[0]
    suspend_licence(director, licence.id, dt.date(2026, 11, 21), "not paid")
    LicenceEvent.update(before="]not JSON").where(LicenceEvent.kind == "suspend").execute()
    assert licences_as_of([licence.id], DAY)[licence.id]["state"] == "suspended"


def test_a_dropped_draft_takes_its_own_licences_along_and_undo_brings_them_back(director: Actor) -> None:
    client, product = a_client(director), a_product(director, "GS-1", **KEYED)
    draft = new_document(director, "shipment", {"client": client, "date": DAY}, [{"product": product, "quantity": 3}])
    (instance,) = form_instances(director, draft)
    pick_key(director, [instance], a_key(director))
    add_licences(director, instance, numbered("GS-1", "GS-2", "GS-3"))
    before = [one.__data__ for one in licences_on(instance)]
    cancel_document(director, draft, "not wanted")
    assert licences_on(instance) == []
    change = last_change(director)
    assert change is not None
    undo(director, change)
    kept = ("id", "number", "key", "instance", "state", "created")
    after = [one.__data__ for one in licences_on(instance)]
    assert [[row[name] for name in kept] for row in after] == [[row[name] for name in kept] for row in before]
    assert list(broken_links()) == list(rows_changed_behind()) == []
