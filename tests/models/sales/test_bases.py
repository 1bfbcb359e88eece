"""What is made from documents: of several at once, of what their corrections left; why it is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.errors import RuleBroken
from models.sales.actions_answers import cancel_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import correct_document, make_next
from models.sales.bases import offer_next
from models.sales.corrections import lines_in_force
from models.sales.document_queries import open_lines
from models.sales.families import lines_of
from models.writing import Actor
from tests.models.sales.test_documents import TEN, WORK, someone
from tests.models.sales.worlds import DAY, a_draft, an_issued, document, line_ids
from tests.models.worlds import a_client


def test_documents_of_different_clients_make_no_common_one(director: Actor) -> None:
    one = an_issued(director, "order", [WORK], client=a_client(director, "One"))
    other = an_issued(director, "order", [WORK], client=a_client(director, "Other"))
    with pytest.raises(RuleBroken, match="order 26-00001 and order 26-00002 are of different clients"):
        make_next(director, [one, other], "invoice")
    with pytest.raises(RuleBroken, match="different clients"):
        offer_next([one, other], director)


def test_a_document_is_made_from_several_of_one_client(director: Actor) -> None:
    client, user = a_client(director), a_client(director, "User")
    later = an_issued(director, "order", [WORK | {"quantity": TEN}], client=client, end_user=user)
    earlier = an_issued(director, "order", [WORK], client=client, date=DAY - dt.timedelta(days=1))
    offer = offer_next([later, earlier, later], director)
    assert offer.bases == (earlier, later)
    assert offer.unpaid == 1100
    assert offer.kinds == ("invoice", "shipment", "payment_in", "supplier_order")
    invoice = make_next(director, [later, earlier], "invoice", None, {"date": DAY})
    assert document(invoice).basis_id == earlier
    assert document(invoice).end_user_id is None
    assert {(int(line.quantity), line.end_user_id) for line in lines_of([invoice])} == {(1, None), (10, user)}


def test_why_nothing_is_made_from_some_documents_together_is_said(director: Actor) -> None:
    client = a_client(director)
    quote, invoice = (an_issued(director, kind, [WORK], client=client) for kind in ("quote", "invoice"))
    draft = a_draft(director, "order", [WORK], client=client)
    for marked, reason in (
        ([quote, draft], "does not stand"),
        ([invoice, quote], "quote 26-00001 and invoice 26-00001 together"),
        (list(range(1, 102)), "100 others at most"),
    ):
        with pytest.raises(RuleBroken, match=reason):
            offer_next(marked, someone("sales"))


def test_an_invoice_from_a_shipment_is_of_what_its_corrections_left(director: Actor) -> None:
    lines = [WORK | {"quantity": TEN}, WORK | {"description": "other"}]
    shipment = an_issued(director, "shipment", lines)
    one, other = line_ids(shipment)
    issue_document(director, correct_document(director, shipment, {one: {"quantity": Decimal(8)}}, DAY))
    (again,) = [line for line in lines_in_force(document(shipment)) if line.quantity == 8]
    wrong = {again.id: {"price": Decimal(90)}, other: {"quantity": Decimal(0)}}
    correction = correct_document(director, shipment, wrong, DAY)
    issue_document(director, correction)
    (offered,) = open_lines([shipment], "invoice")
    assert (offered.line.id, int(offered.line.price), int(offered.open)) == (one, 90, 8)
    with pytest.raises(RuleBroken, match="only 8 is open"):
        make_next(director, [shipment], "invoice", {one: Decimal(9)})
    with pytest.raises(RuleBroken, match="corrects another"):
        make_next(director, [correction], "invoice")
    invoice = make_next(director, [shipment], "invoice", None, {"date": DAY})
    assert document(invoice).gross == 720
    issue_document(director, invoice)
    assert [line.open for line in open_lines([shipment], "invoice")] == [0]


def test_a_correction_of_what_was_invoiced_already_leaves_nothing_more_to_invoice(director: Actor) -> None:
    shipment = an_issued(director, "shipment", [WORK | {"quantity": TEN}])
    (line,) = line_ids(shipment)
    issue_document(director, make_next(director, [shipment], "invoice", {line: Decimal(5)}, {"date": DAY}))
    issue_document(director, correct_document(director, shipment, {line: {"quantity": Decimal(6)}}, DAY))
    assert [one.open for one in open_lines([shipment], "invoice")] == [1]


def test_what_is_paid_for_a_receipt_is_what_its_corrections_left(director: Actor) -> None:
    receipt = an_issued(director, "receipt", [WORK | {"quantity": TEN}])
    (line,) = line_ids(receipt)
    issue_document(director, correct_document(director, receipt, {line: {"quantity": Decimal(6)}}, DAY))
    assert document(make_next(director, [receipt], "payment_out")).gross == 600


def test_a_correction_takes_back_what_was_wrong_and_states_it_anew(director: Actor) -> None:
    order = an_issued(director, "order", [WORK | {"quantity": TEN}])
    shipment = make_next(director, [order], "shipment", None, {"date": DAY})
    issue_document(director, shipment)
    (line,) = line_ids(shipment)
    correction = correct_document(director, shipment, {line: {"quantity": Decimal(8)}}, DAY)
    issue_document(director, correction)
    assert document(correction).gross == -200
    assert [(one.quantity, one.gross) for one in lines_in_force(document(shipment))] == [(8, 800)]
    assert [one.open for one in open_lines([order], "shipment")] == [2]
    again = correct_document(
        director, shipment, {lines_in_force(document(shipment))[0].id: {"price": Decimal(90)}}, DAY
    )
    issue_document(director, again)
    assert [one.gross for one in lines_in_force(document(shipment))] == [720]
    with pytest.raises(RuleBroken, match="stands on"):
        cancel_document(director, shipment, "a mistake")


def test_of_two_corrections_of_one_line_only_the_first_is_posted(director: Actor) -> None:
    shipment = an_issued(director, "shipment", [WORK | {"quantity": TEN}])
    (line,) = line_ids(shipment)
    first, second = (correct_document(director, shipment, {line: {"quantity": Decimal(n)}}, DAY) for n in (8, 7))
    issue_document(director, first)
    with pytest.raises(RuleBroken, match="corrected or cancelled since"):
        issue_document(director, second)
    assert [one.quantity for one in lines_in_force(document(shipment))] == [8]
