"""Documents: who may write which, what never changes, what stands on what, how they are made and corrected."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models import events
from models.clients.actions import add_person
from models.clients.tables import Client
from models.company.permissions import ROLE_PERMISSIONS
from models.errors import Conflict, NotAllowed, RuleBroken
from models.events import handle
from models.sales.actions_answers import accept_document, cancel_document, decline_document, note_signed
from models.sales.actions_contracts import add_contract, edit_contract
from models.sales.actions_deals import add_stage, edit_stage, move_deal, new_deal
from models.sales.actions_drafts import copy_document, edit_document, line_values, new_document, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next, revise_document
from models.sales.actions_payments import record_payment
from models.sales.chains import chain
from models.sales.document_queries import open_lines, preview, read_document
from models.sales.events import DocumentCancelled, DocumentIssued, ShipmentPosted
from models.sales.families import lines_of
from models.sales.states import possible
from models.sales.tables import Deal, Document, DocumentLine, Stage, StageChange
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_draft, a_quote_of_four, an_issued, document, line_ids, some_products
from tests.models.worlds import a_client

TEN = Decimal(10)
WORK: dict[str, Any] = {"description": "work", "price": Decimal(100)}


def someone(role: str) -> Actor:
    """An actor of one role."""
    return Actor(role, role, None, ROLE_PERMISSIONS[role], "test")


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("sales", {"quote", "order", "invoice", "supplier_order", "receipt"}),
        ("licensing", {"shipment", "licence_order", "supplier_order", "receipt"}),
        ("accountant", {"payment_in", "payment_out"}),
        ("engineer", set()),
        ("auditor", set()),
        ("director", set(KINDS_OF_DOCUMENT)),
    ],
)
def test_who_writes_which_documents(director: Actor, role: str, kinds: set[str]) -> None:
    client, by = a_client(director), someone(role)
    allowed = set()
    for kind in KINDS_OF_DOCUMENT:
        try:
            new_document(by, kind, {"client": client, "gross": TEN} if "payment" in kind else {"client": client})
            allowed.add(kind)
        except NotAllowed:
            continue
    assert allowed == kinds


def test_who_may_not_issue_sees_no_key_for_it(director: Actor) -> None:
    draft = document(a_draft(director, "shipment", [WORK]))
    assert [step.name for step in possible(draft, someone("licensing"))] == ["issue", "cancel"]
    assert possible(draft, someone("sales")) == []
    with pytest.raises(NotAllowed):
        issue_document(someone("sales"), draft.id)


@pytest.mark.parametrize("kind", sorted(KINDS_OF_DOCUMENT))
def test_without_a_client_or_lines_nothing_is_issued(director: Actor, kind: str) -> None:
    draft = a_draft(director, kind, [], client=None, **({"gross": TEN} if kind.startswith("payment") else {}))
    with pytest.raises(RuleBroken):
        issue_document(director, draft)
    assert document(draft).state == "draft"


def test_an_issued_document_no_longer_changes(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    for attempt in (
        lambda: edit_document(director, quote, document(quote).version, {"note": "changed"}),
        lambda: set_lines(director, quote, document(quote).version, []),
        lambda: issue_document(director, quote),
    ):
        with pytest.raises(RuleBroken, match="issued"):
            attempt()


def test_who_saves_over_a_newer_version_is_shown_the_other(director: Actor) -> None:
    draft = a_draft(director, "quote", [WORK])
    seen = document(draft).version
    edit_document(director, draft, seen, {"note": "one"})
    with pytest.raises(Conflict):
        edit_document(director, draft, seen, {"note": "two"})
    with pytest.raises(Conflict):
        set_lines(director, draft, seen, [WORK])
    with pytest.raises(Conflict):
        issue_document(director, draft, version=seen)


def test_lines_are_set_as_a_whole_and_keep_their_identity(director: Actor) -> None:
    one, two, *_rest = some_products(director)
    draft = a_draft(director, "quote", [{"product": one}, WORK])
    first, second = line_ids(draft)
    lines = [{"product": two, "quantity": Decimal(2)}, {"id": first, "discount": TEN}]
    assert set_lines(director, draft, document(draft).version, lines)
    stored = lines_of([draft])
    assert [(line.description, line.gross) for line in stored] == [("Гранд-Смета P-2", 4000), ("Гранд-Смета P-1", 900)]
    assert stored[1].id == first and second not in {line.id for line in stored}
    assert document(draft).gross == 4900
    unchanged = [{"id": line.id} | line_values(line) for line in stored]
    assert not set_lines(director, draft, document(draft).version, unchanged)


def test_totals_are_known_while_one_types(director: Actor) -> None:
    draft = a_draft(director)
    amounts, whole = preview(draft, [WORK, WORK | {"optional": True}])
    assert [own.gross for own in amounts] == [100, 100]
    assert whole.gross == 100
    assert not DocumentLine.select().exists()


@pytest.mark.parametrize("quantity", [Decimal(0), Decimal(-1)])
def test_a_line_needs_a_quantity_a_price_and_a_name(director: Actor, quantity: Decimal) -> None:
    for line in (WORK | {"quantity": quantity}, {"price": TEN}, {"description": "work"}, WORK | {"price": -TEN}):
        with pytest.raises(RuleBroken):
            a_draft(director, "quote", [line])


def test_costs_are_set_only_by_who_sees_them(director: Actor) -> None:
    with pytest.raises(NotAllowed):
        a_draft(someone("sales"), "quote", [WORK | {"cost": TEN}], client=a_client(director))
    (product,) = some_products(director, 1)
    quote = a_draft(someone("sales"), "quote", [{"product": product, "quantity": Decimal(3)}], client=Client.get().id)
    assert document(quote).cost == 1800


def test_references_of_a_header_agree(director: Actor) -> None:
    ours, others = a_client(director, "Ours"), a_client(director, "Others")
    person = add_person(director, {"client": others, "name": "Ivan"})
    contract = add_contract(director, {"client": others, "number": "7"})
    deal = new_deal(director, {"title": "Deal", "client": others})
    wrong: list[dict[str, Any]] = [
        {"person": person}, {"contract": contract}, {"deal": deal}, {"valid_until": DAY - dt.timedelta(days=1)},
        {"currency": "USD", "rate": None}, {"currency": "dollars"},
    ]  # fmt: skip
    for values in wrong:
        with pytest.raises(RuleBroken) as broken:
            a_draft(director, "quote", client=ours, **values)
        assert broken.value.field in values


def test_a_foreign_currency_is_counted_in_the_base_one(director: Actor) -> None:
    quote = document(an_issued(director, "quote", [WORK], currency="usd", rate=Decimal("92.3456")))
    assert (quote.currency, quote.gross, quote.gross_base) == ("USD", 100, Decimal("9234.56"))
    assert Deal.get().expected_base == Decimal("9234.56")


def test_the_same_quantity_is_not_shipped_by_two_ways(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    order = make_next(director, [quote], "order", None, {"date": DAY})
    issue_document(director, order)
    invoice = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, invoice)
    from_order = make_next(director, [order], "shipment", None, {"date": DAY})
    from_invoice = make_next(director, [invoice], "shipment", None, {"date": DAY})
    issue_document(director, from_invoice)
    with pytest.raises(RuleBroken, match="exceed"):
        issue_document(director, from_order)
    assert {line.open for line in open_lines([order], "shipment")} == {0}
    with pytest.raises(RuleBroken, match="Nothing is open"):
        make_next(director, [invoice], "shipment")


def test_parts_together_are_the_whole_to_the_kopeck(director: Actor) -> None:
    line = WORK | {"quantity": Decimal(3), "price": Decimal("33.33"), "discount": Decimal("12.5")}
    order = an_issued(director, "order", [line])
    for _part in range(3):
        made = make_next(director, [order], "invoice", {line_ids(order)[0]: Decimal(1)}, {"date": DAY})
        issue_document(director, made)
    invoices = Document.select().where(Document.kind == "invoice")
    assert sum(invoice.gross for invoice in invoices) == document(order).gross == Decimal("87.49")


def test_what_others_stand_on_is_not_cancelled(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    order = make_next(director, [quote], "order", None, {"date": DAY})
    issue_document(director, order)
    invoice = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, invoice)
    with pytest.raises(RuleBroken, match="stands on"):
        cancel_document(director, order, "a mistake")
    payment = record_payment(director, {"date": DAY}, basis=[invoice]).id
    with pytest.raises(RuleBroken, match="pays"):
        cancel_document(director, invoice, "a mistake")
    cancel_document(director, payment, "came back")
    with pytest.raises(RuleBroken, match="reason"):
        cancel_document(director, invoice, "  ")
    cancel_document(director, invoice, "a mistake")
    cancel_document(director, order, "a mistake")
    stands = document(invoice)
    assert (stands.state, stands.number, stands.reason) == ("cancelled", "26-00001", "a mistake")
    assert document(quote).state == "issued"


def test_a_draft_whose_basis_went_is_not_issued(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    draft = make_next(director, [quote], "order")
    decline_document(director, quote, "price")
    with pytest.raises(RuleBroken, match="no longer stands"):
        issue_document(director, draft)


def test_a_revised_invoice_gets_a_number_of_its_own_and_a_paid_one_is_not_revised(director: Actor) -> None:
    invoice = an_issued(director, "invoice", [WORK])
    revision = revise_document(director, invoice)
    issue_document(director, revision)
    assert (document(invoice).state, document(revision).number) == ("superseded", "26-00002")
    record_payment(director, {"date": DAY}, basis=[revision])
    with pytest.raises(RuleBroken):
        revise_document(director, revision)


def test_of_two_drafts_that_revise_a_quote_only_the_first_is_issued(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    first, second = revise_document(director, quote), revise_document(director, quote)
    issue_document(director, first)
    with pytest.raises(RuleBroken, match="no longer stands"):
        issue_document(director, second)
    assert (document(second).state, document(second).number) == ("draft", "")
    assert document(first).number == f"{document(quote).number}/2"


def test_a_copy_is_a_new_draft_of_another_deal(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    made = copy_document(director, quote)
    assert (document(made).state, document(made).gross) == ("draft", document(quote).gross)
    assert document(made).deal_id != document(quote).deal_id


def test_the_chain_of_any_document_is_the_whole_chain(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    revision = revise_document(director, quote)
    issue_document(director, revision)
    order = make_next(director, [revision], "order", None, {"date": DAY})
    issue_document(director, order)
    invoice = make_next(director, [order], "invoice", None, {"date": DAY})
    issue_document(director, invoice)
    payment = record_payment(director, {"date": DAY}, basis=[invoice]).id
    shipment = make_next(director, [invoice], "shipment", None, {"date": DAY})
    whole = [quote, revision, order, invoice, shipment, payment]
    for one in whole:
        links = {link.id: set(link.comes_from) for link in chain(one)}
        assert links == {
            quote: set(), revision: {quote}, order: {revision}, invoice: {order}, payment: {invoice},
            shipment: {invoice},
        }  # fmt: skip


def test_the_signed_original_comes_back(director: Actor) -> None:
    order = an_issued(director, "order", [WORK])
    shipment = make_next(director, [order], "shipment", None, {"date": DAY})
    with pytest.raises(RuleBroken):
        note_signed(director, shipment, "paper")
    issue_document(director, shipment)
    note_signed(director, shipment, "paper", DAY)
    shown = read_document(shipment)
    assert (shown.signed, shown.signed_on, shown.stage) == ("paper", DAY, "Won")


def test_a_number_that_was_given_is_not_taken_back_but_a_quote_is(director: Actor) -> None:
    invoice = a_draft(director, "invoice", [WORK])
    issue_document(director, invoice)
    change = last_change(director)
    assert change is not None
    with pytest.raises(RuleBroken, match="26-00001"):
        undo(director, change)
    candidate = a_client(director, "Candidate")
    quote = a_draft(director, "quote", [WORK], client=candidate)
    issue_document(director, quote)
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert (document(quote).state, document(quote).number) == ("draft", "")
    assert Client.get_by_id(candidate).status == "candidate"


def test_others_are_told_of_what_was_issued_and_cancelled(
    director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(events, "_handlers", {event: list(all_) for event, all_ in vars(events)["_handlers"].items()})
    told: list[Any] = []
    for event in (DocumentIssued, ShipmentPosted, DocumentCancelled):
        handle(event, lambda _change, one: told.append(one))
    shipment = an_issued(director, "shipment", [WORK])
    cancel_document(director, shipment, "a mistake")
    assert told == [
        DocumentIssued(shipment, "shipment"), ShipmentPosted(shipment), DocumentCancelled(shipment, "shipment"),
    ]  # fmt: skip


def test_an_order_to_a_supplier_is_made_from_what_was_sold(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    order = make_next(director, [quote], "order", None, {"date": DAY})
    issue_document(director, order)
    supplier = a_client(director, "Vendor", is_supplier=True)
    bought = make_next(director, [order], "supplier_order", None, {"client": supplier, "date": DAY})
    issue_document(director, bought)
    assert [(line.price, line.quantity) for line in lines_of([bought])][:2] == [(600, 10), (1200, 10)]
    receipt = make_next(director, [bought], "receipt", {line_ids(bought)[0]: Decimal(4)}, {"date": DAY})
    issue_document(director, receipt)
    assert (document(receipt).net, document(receipt).cost) == (2400, 2400)
    assert [one.open for one in open_lines([bought], "receipt")][:2] == [6, 10]
    assert [one.open for one in open_lines([order], "shipment")][:2] == [10, 10]


def test_the_first_sale_is_the_first_that_was_not_taken_back(director: Actor) -> None:
    client = a_client(director)
    first, second = (an_issued(director, "shipment", [WORK], client=client) for _n in range(2))
    assert Client.get_by_id(client).first_sale_at == document(first).issued_at
    cancel_document(director, first, "a mistake")
    assert Client.get_by_id(client).first_sale_at == document(second).issued_at
    cancel_document(director, second, "a mistake")
    assert Client.get_by_id(client).first_sale_at is None


def test_a_contract_keeps_its_client_while_documents_go_by_it(director: Actor) -> None:
    client, other = a_client(director), a_client(director, "Other")
    contract = add_contract(director, {"client": client, "number": "7", "date": DAY})
    an_issued(director, "invoice", [WORK], client=client, contract=contract)
    with pytest.raises(RuleBroken, match="go by this contract"):
        edit_contract(director, contract, 1, {"client": other})
    with pytest.raises(RuleBroken, match="already"):
        add_contract(director, {"client": client, "number": "7", "date": DAY})


def test_a_deal_is_moved_and_every_move_is_kept(director: Actor) -> None:
    deal = new_deal(director, {"title": "Deal", "expected": Decimal(500)}, day=DAY)
    stage = {stage.code: stage.id for stage in Stage.select()}
    move_deal(director, deal, stage["negotiation"], day=DAY + dt.timedelta(days=5))
    move_deal(director, deal, stage["lost"], reason="price", day=DAY + dt.timedelta(days=7))
    assert not move_deal(director, deal, stage["lost"])
    moves = [(move.days, move.amount) for move in StageChange.select().order_by(StageChange.id)]
    assert moves == [(None, 500), (5, 500), (2, 500)]
    lost = Deal.get_by_id(deal)
    assert (lost.state, lost.closed, lost.lost_reason) == ("lost", DAY + dt.timedelta(days=7), "price")
    move_deal(director, deal, stage["negotiation"])
    assert (Deal.get_by_id(deal).state, Deal.get_by_id(deal).closed) == ("open", None)


def test_stages_are_data(director: Actor) -> None:
    made = add_stage(director, {"name": "Pilot", "probability": 70, "rot_days": 30})
    with pytest.raises(RuleBroken, match="already"):
        add_stage(director, {"name": "pilot"})
    new_deal(director, {"title": "Deal"}, stage=made)
    with pytest.raises(RuleBroken, match="stand in this stage"):
        edit_stage(director, made, 1, {"kind": "lost"})
    with pytest.raises(NotAllowed):
        add_stage(someone("sales"), {"name": "Other"})


def test_an_accepted_order_is_delivered_from(director: Actor) -> None:
    order = an_issued(director, "order", [WORK])
    accept_document(director, order)
    with pytest.raises(RuleBroken, match="accepted"):
        accept_document(director, order)
    issue_document(director, make_next(director, [order], "shipment", None, {"date": DAY}))
