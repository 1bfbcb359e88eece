"""The life of a sale, from the first quote to the last payment."""

from __future__ import annotations

from decimal import Decimal

from models.clients.tables import Client
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next, revise_document
from models.sales.actions_payments import record_payment
from models.sales.actions_unmet import state_reason
from models.sales.tables import Deal, Stage, StageChange, UnmetDemand
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_quote_of_four, document, line_ids
from tests.models.worlds import a_client


def test_a_candidate_is_quoted_orders_part_pays_twice_and_is_a_client(director: Actor) -> None:
    candidate = a_client(director)
    quote, _lines = a_quote_of_four(director, client=candidate)
    assert Client.get_by_id(candidate).status == "client"
    revision = revise_document(director, quote)
    issue_document(director, revision)
    assert document(quote).state == "superseded"
    assert document(revision).number == "26-00001/2"

    one, two, three, four = line_ids(revision)
    taken = {one: Decimal(10), two: Decimal(10), three: Decimal(4)}
    order = make_next(director, [revision], "order", taken, {"date": DAY})
    unmet = issue_document(director, order).unmet
    assert document(revision).state == "partly_ordered"
    entries = list(UnmetDemand.select().order_by(UnmetDemand.quote_line))
    assert [(entry.quote_line_id, entry.quantity, entry.cause, entry.state) for entry in entries] == [
        (three, 6, "reduced", "provisional"),
        (four, 10, "left_out", "provisional"),
    ]
    assert set(unmet) == {entry.id for entry in entries}
    state_reason(director, [entries[0].id], "price")

    halves = {line: Decimal(2) for line in line_ids(order)}
    first = make_next(director, [order], "invoice", halves, {"date": DAY})
    issue_document(director, first)
    second = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, second)
    assert document(first).gross + document(second).gross == document(order).gross == 42_000
    shipment = make_next(director, [first, second], "shipment", None, {"date": DAY})
    issue_document(director, shipment)
    assert document(shipment).gross == 42_000

    record_payment(director, {"client": candidate, "gross": Decimal("20000"), "date": DAY})
    assert (document(first).state, document(second).state) == ("paid", "partly_paid")
    record_payment(director, {"client": candidate, "gross": Decimal("22000"), "date": DAY})
    assert (document(first).state, document(second).state) == ("paid", "paid")

    deal = Deal.get_by_id(document(quote).deal_id)
    assert Deal.select().count() == 1
    assert (deal.state, deal.expected, deal.client_id) == ("won", 42_000, candidate)
    codes = {stage.id: stage.code for stage in Stage.select()}
    moves = [codes[move.after_id] for move in StageChange.select().order_by(StageChange.id)]
    assert moves == ["prospecting", "quoted", "ordered", "invoiced", "won"]
    assert UnmetDemand.select().count() == 2
