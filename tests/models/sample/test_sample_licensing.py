"""The sample's licences and keys: what was true on past days, what is prepared today, and that it can be posted."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import opening
from models.base import database, tuples
from models.catalogue.tables import Product
from models.checking import CHECKS, problems_of
from models.clients.tables import Client
from models.company.permissions import ROLE_PERMISSIONS
from models.database import DatabaseURL
from models.errors import RuleBroken
from models.keys.queries import overdue_keys
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.as_of import day_of, keys_as_of, licences_as_of
from models.licensing.pools import low_pools, pools
from models.licensing.renewal_rate import renewal_rate
from models.licensing.reservations import reserved_by
from models.licensing.tables import ItemInstance, Licence, LicenceEvent, ReceivedNumber, VendorCode
from models.licensing.transitions import lacks_key
from models.periods import Period
from models.reminders.tables import Reminder
from models.sales.actions_answers import cancel_document
from models.sales.actions_issue import issue_document
from models.sales.tables import Document, DocumentLine
from models.search.queries import find_keys_and_licences
from models.writing import Actor
from tests.models.sample.samples import TODAY, made


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A small sample that tests may read."""
    return made(tmp_path_factory.mktemp("sample") / "sample.db", sqlite_template, seed=1)


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Any]:
    """The small sample, open."""
    opening.open_database(DatabaseURL.of_path(sample_file))
    yield database
    opening.close_database()


def test_what_a_shipment_handed_over_is_tied_to_its_lines(sample: Any) -> None:
    shipped = DocumentLine.select(DocumentLine.id, DocumentLine.quantity, Document.state, Document.client).join(
        Document
    )
    lines = {i: rest for i, *rest in tuples(shipped.where(Document.kind.in_(("shipment", "licence_order"))))}
    tied = list(ItemInstance.select().where(ItemInstance.shipment_line.is_null(False)))
    assert len(tied) > 100
    for one in tied:
        quantity, state, client = lines[one.shipment_line_id or 0]
        assert (one.quantity, one.client_id) == (quantity, client)
        assert one.state == ("delivered" if state == "posted" else "formed")
        assert (one.product.kind == "key") <= (one.key_id is not None)
        if one.origin != "invoice":
            assert one.line_id == one.shipment_line_id
    kinds = {
        (origin, kind)
        for origin, kind in tuples(
            ItemInstance.select(ItemInstance.origin, Document.kind)
            .join(DocumentLine, on=ItemInstance.line)
            .join(Document, on=DocumentLine.document)
        )
    }
    assert kinds == {("invoice", "invoice"), ("shipment", "shipment"), ("licence_order", "licence_order")}


def test_an_issue_is_told_by_its_shipment_on_its_day(sample: Any) -> None:
    issues = list(LicenceEvent.select().where(LicenceEvent.kind == "issue"))
    assert len(issues) > 100
    for event in issues:
        licence = event.licence
        line = licence.instance.shipment_line
        assert line is not None
        assert (event.document_id, event.day) == (line.document_id, licence.issued)


def test_events_follow_each_other_in_time(sample: Any) -> None:
    kinds = {kind for (kind,) in tuples(LicenceEvent.select(LicenceEvent.kind).distinct())}
    assert kinds == {
        "issue", "activate", "renew", "upgrade", "transfer", "suspend", "reinstate", "revoke", "move"
    }  # fmt: skip
    last: dict[int, dt.date] = {}
    moments = []
    for event in LicenceEvent.select().order_by(LicenceEvent.id):
        moments.append(event.moment)
        assert last.get(event.licence_id, event.day) <= event.day <= TODAY
        last[event.licence_id] = event.day
    assert moments == sorted(moments)


@pytest.mark.parametrize("days", [0, 1, 30, 200, 700, 1500, 2500])
def test_what_was_true_on_a_past_day_keeps_the_rules_too(sample: Any, days: int) -> None:
    day = TODAY - dt.timedelta(days=days)
    products = {product.id: product for product in Product.select()}
    rows = {row.id: row for row in Licence.select()}
    groups = dict(tuples(Client.select(Client.id, Client.group)))
    superseded = {row.supersedes_id for row in rows.values() if row.issued is not None and row.issued <= day}
    then = licences_as_of(list(rows), day)
    keys = keys_as_of([row.id for row in ProtectionKey.select(ProtectionKey.id)], day)
    assert {number for number, row in rows.items() if row.issued is not None and row.issued <= day} == {
        number for number, values in then.items() if values["state"] != "reserved"
    }
    for number, values in then.items():
        assert not lacks_key(products[rows[number].product_id], values)
        assert (values["state"] == "superseded") == (number in superseded)
        for name in ("issued", "activated"):
            assert values[name] is None or values[name] <= day
        if values["key"] is not None and values["state"] == "issued":
            owner = keys[values["key"]].owner
            assert owner == values["client"] or groups[owner] == groups[values["client"]] is not None


def test_a_look_up_answers_with_shipment_and_instance(sample: Any) -> None:
    movement = KeyMovement.select().where(KeyMovement.about_kind == "document").order_by(KeyMovement.id.desc()).first()
    shipment = Document.get_by_id(movement.about_id)
    assert day_of(movement) == shipment.date
    found = find_keys_and_licences(movement.key.number, 50)
    assert found[0].kind == "key" and found[0].shipment == shipment.number
    licences = [one for one in found if one.kind == "licence"]
    assert licences and all(one.instance for one in licences)
    assert shipment.number in {one.shipment for one in licences}


def test_pools_have_codes_and_some_are_low(sample: Any) -> None:
    low = low_pools()
    assert 0 < len(low) < len(pools())
    assert all(pool.available > 0 for pool in pools())
    for code in VendorCode.select().where(VendorCode.state == "taken"):
        assert code.licence is not None
        assert (code.licence.number, code.licence.product_id) == (code.code, code.product_id)
    of_a_receipt = VendorCode.select().where(VendorCode.receipt_line.is_null(False))
    assert of_a_receipt.count() > 5


def test_drafts_hold_reserved_keys_and_entered_licences(sample: Any) -> None:
    reserved = list(ProtectionKey.select().where(ProtectionKey.state == "reserved"))
    assert reserved and all(reserved_by(key.id) for key in reserved)
    waiting = (
        Licence.select(Document.state)
        .join(ItemInstance)
        .join(DocumentLine, on=ItemInstance.shipment_line)
        .join(Document, on=DocumentLine.document)
    )
    assert set(tuples(waiting.where(Licence.state == "reserved"))) == {("draft",)}
    lines = {row.line_id for row in ReceivedNumber.select()}
    assert len(lines) == 2
    for line in DocumentLine.select().where(DocumentLine.id.in_(lines)):
        assert 0 < ReceivedNumber.select().where(ReceivedNumber.line == line).count() <= line.quantity
        assert (line.document.kind, line.document.state) == ("receipt", "draft")


def test_lent_keys_are_overdue_and_remembered(sample: Any) -> None:
    _some, count = overdue_keys(TODAY, 10)
    lent = ProtectionKey.select().where(ProtectionKey.state == "lent")
    assert 0 < count < lent.count()
    assert {reminder.about_id for reminder in Reminder.select().where(Reminder.about_kind == "key")} == {
        key.id for key in lent
    }


def test_licences_to_be_tried_go_out_by_a_licence_order(sample: Any) -> None:
    orders = list(Document.select().where(Document.kind == "licence_order"))
    assert orders and {(order.state, order.purpose) for order in orders} == {("posted", "trial")}


def test_renewals_are_told_for_the_report(sample: Any) -> None:
    months = renewal_rate(Period(TODAY - dt.timedelta(days=365), TODAY))
    assert sum(month.figures.renewed for month in months) > 5 < sum(month.figures.lost for month in months)


def test_every_draft_can_be_posted_and_all_stays_whole(sample_file: Path, tmp_path: Path) -> None:
    shutil.copy(sample_file, copy := tmp_path / "copy.db")
    opening.open_database(DatabaseURL.of_path(copy))
    anna = Actor("anna", "Anna", 1, ROLE_PERMISSIONS["director"], "test")
    drafts = [row.id for row in Document.select().where(Document.state == "draft")]
    assert len(drafts) > 4
    for draft in drafts:
        issue_document(anna, draft)
    assert ProtectionKey.select().where(ProtectionKey.state == "reserved").count() == 0
    assert Licence.select().where(Licence.state == "reserved").count() == 0
    assert [problem for check in CHECKS for problem in problems_of(check)] == []
    opening.close_database()


def test_what_came_posted_is_not_cancelled_while_licences_stand_on_it(sample_file: Path, tmp_path: Path) -> None:
    shutil.copy(sample_file, copy := tmp_path / "copy.db")
    opening.open_database(DatabaseURL.of_path(copy))
    anna = Actor("anna", "Anna", 1, ROLE_PERMISSIONS["director"], "test")
    delivered = (
        ItemInstance.select(DocumentLine.document)
        .join(DocumentLine, on=ItemInstance.shipment_line)
        .where(ItemInstance.state == "delivered")
    )
    with pytest.raises(RuleBroken) as refused:
        cancel_document(anna, next(iter(tuples(delivered)))[0], "by mistake")
    assert "came here posted" in refused.value.rule
    nothing = (
        Document.select()
        .where(
            Document.kind == "receipt",
            Document.state == "posted",
            Document.id.not_in(DocumentLine.select(DocumentLine.document).join(VendorCode, on=VendorCode.receipt_line)),
        )
        .first()
    )
    cancel_document(anna, nothing.id, "by mistake")
    assert Document.get_by_id(nothing.id).state == "cancelled"
    opening.close_database()
