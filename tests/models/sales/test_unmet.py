"""Unmet demand: what a client asked for and did not buy, recorded by what is done with the quote."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import fn

from models.audit import AuditEntry
from models.errors import NotAllowed, RuleBroken
from models.sales.actions_answers import accept_document, cancel_document, decline_document, expire_quotes
from models.sales.actions_drafts import line_values, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next, revise_document
from models.sales.actions_unmet import state_reason
from models.sales.document_queries import quote_figures
from models.sales.families import lines_of
from models.sales.tables import Deal, UnmetDemand
from models.sales.unmet import QuotedLine, still_open, unmet_of
from models.sales.vocabulary import DOCUMENT_STATES
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_quote_of_four, an_issued, document, line_ids, some_products

_SOME = st.integers(0, 50).map(Decimal)
TEN = Decimal(10)


@given(
    state=st.sampled_from(sorted(DOCUMENT_STATES)), anything=st.booleans(), quoted=_SOME, ordered=_SOME, carried=_SOME
)
def test_ordered_and_open_and_unmet_are_what_was_quoted(
    state: str, anything: bool, quoted: Decimal, ordered: Decimal, carried: Decimal
) -> None:
    line = QuotedLine(quoted, ordered, carried)
    unmet = unmet_of(state, anything, line).quantity
    assert min(ordered, quoted) + still_open(line, unmet) + unmet == quoted
    assert unmet >= 0 and still_open(line, unmet) >= 0


def _entries(*states: str) -> list[Any]:
    query = UnmetDemand.select().order_by(UnmetDemand.quote_line, UnmetDemand.id)
    return [(entry.quantity, entry.cause, entry.state) for entry in query if not states or entry.state in states]


def _order(by: Actor, quote: int, quantities: dict[int, Decimal]) -> int:
    order = make_next(by, [quote], "order", quantities, {"date": DAY})
    issue_document(by, order)
    return order


def test_what_is_left_out_or_reduced_is_provisional_and_withdrawn_when_it_is_ordered_later(director: Actor) -> None:
    quote, (one, two, _three, four) = a_quote_of_four(director)
    _order(director, quote, {one: TEN, two: Decimal(4), four: TEN})
    assert _entries() == [(6, "reduced", "provisional"), (10, "left_out", "provisional")]
    later = _order(director, quote, {two: Decimal(5)})
    assert _entries("provisional") == [(1, "reduced", "provisional"), (10, "left_out", "provisional")]
    assert _entries("withdrawn") == [(5, "reduced", "withdrawn")]
    cancel_document(director, later, "a mistake")
    assert sum(quantity for quantity, _cause, _state in _entries("provisional")) == 16
    assert [figures.open for figures in quote_figures(quote)] == [0, 0, 0, 0]


def test_a_quote_that_is_ordered_whole_leaves_nothing(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    issue_document(director, make_next(director, [quote], "order", None, {"date": DAY}))
    assert document(quote).state == "accepted"
    assert _entries() == []


def test_invoicing_an_order_in_parts_is_no_unmet_demand(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    order = make_next(director, [quote], "order", None, {"date": DAY})
    issue_document(director, order)
    first = line_ids(order)[0]
    issue_document(director, make_next(director, [order], "invoice", {first: Decimal(3)}, {"date": DAY}))
    assert _entries() == []


def test_what_a_revision_drops_is_final_and_what_it_carries_on_is_not(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    revision = revise_document(director, quote)
    kept = [{"id": line.id} | line_values(line) for line in lines_of([revision])]
    kept[0]["quantity"] = Decimal(7)
    set_lines(director, revision, document(revision).version, kept[:3])
    issue_document(director, revision)
    assert _entries() == [(3, "revision", "final"), (10, "revision", "final")]
    assert [figures.open for figures in quote_figures(quote)] == [7, 10, 10, 0]


def test_what_is_declined_is_unmet_with_its_reason_and_the_deal_is_lost(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    recorded = decline_document(director, quote, "competitor", "Вектор")
    assert len(recorded) == 4
    assert {(entry.reason, entry.competitor, entry.state) for entry in UnmetDemand.select()} == {
        ("competitor", "Вектор", "final")
    }
    deal = Deal.get()
    assert (deal.state, deal.lost_reason, deal.competitors) == ("lost", "competitor", "Вектор")


def test_a_quote_expires_after_its_last_day_with_what_nobody_ordered(director: Actor) -> None:
    quote, (one, *_rest) = a_quote_of_four(director, valid_until=DAY)
    _order(director, quote, {one: TEN})
    assert expire_quotes(director, DAY) == 0
    assert expire_quotes(director, DAY + dt.timedelta(days=1)) == 1
    assert document(quote).state == "expired"
    assert {state for _quantity, _cause, state in _entries()} == {"final"}
    assert expire_quotes(director, DAY + dt.timedelta(days=1)) == 0


def test_a_quote_that_was_accepted_or_ordered_whole_expires_no_more(director: Actor) -> None:
    lines = [{"description": "work", "price": Decimal(1), "quantity": TEN}]
    ordered, accepted = (an_issued(director, "quote", lines, valid_until=DAY) for _number in range(2))
    _order(director, ordered, dict.fromkeys(line_ids(ordered), TEN))
    accept_document(director, accepted)
    assert expire_quotes(director, DAY + dt.timedelta(days=1)) == 0
    assert [document(one).state for one in (ordered, accepted)] == ["accepted"] * 2
    assert _entries() == []


def test_that_quotes_expire_is_no_change_of_the_operators_to_be_taken_back(director: Actor) -> None:
    a_quote_of_four(director, valid_until=DAY)
    own = last_change(director)
    expire_quotes(director, DAY + dt.timedelta(days=1))
    assert last_change(director) == own
    with pytest.raises(RuleBroken, match="next revision"):
        undo(director, int(AuditEntry.select(fn.MAX(AuditEntry.change_id)).scalar()))


def test_only_one_who_may_edit_sales_lets_quotes_expire(director: Actor) -> None:
    a_quote_of_four(director, valid_until=DAY)
    auditor = director._replace(permissions=frozenset())
    with pytest.raises(NotAllowed):
        expire_quotes(auditor, DAY + dt.timedelta(days=1))


def test_a_cancelled_quote_was_a_mistake_and_nothing_is_missed(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    decline_document(director, quote)
    cancel_document(director, quote, "sent to the wrong client")
    assert {state for _quantity, _cause, state in _entries()} == {"withdrawn"}


def test_a_substitute_is_linked_and_optional_lines_are_flagged(director: Actor) -> None:
    first, second, other, _last = some_products(director)
    lines = [{"product": first, "quantity": TEN}, {"product": second, "quantity": TEN, "optional": True}]
    quote = an_issued(director, "quote", lines)
    assert document(quote).gross == 10_000
    wanted, _optional = line_ids(quote)
    order = make_next(director, [quote], "order", {wanted: Decimal(1)}, {"date": DAY})
    kept = [{"id": line.id} | line_values(line) for line in lines_of([order])]
    substitute = {"product": other, "quantity": Decimal(9), "substitutes": wanted}
    set_lines(director, order, document(order).version, [*kept, substitute])
    issue_document(director, order)
    entries = list(UnmetDemand.select().order_by(UnmetDemand.quote_line))
    assert [(entry.optional, entry.substitute_line_id) for entry in entries] == [
        (False, line_ids(order)[1]),
        (True, None),
    ]


def test_reasons_are_given_later_for_many(director: Actor) -> None:
    quote, (one, *_rest) = a_quote_of_four(director)
    _order(director, quote, {one: TEN})
    entries = [entry.id for entry in UnmetDemand.select()]
    assert state_reason(director, entries, "price", "Вектор") == 3
    assert state_reason(director, entries, "price", "Вектор") == 0
    assert {(entry.reason, entry.competitor) for entry in UnmetDemand.select()} == {("price", "Вектор")}


@pytest.mark.parametrize("more", [Decimal(11), Decimal(20)])
def test_more_than_was_quoted_may_be_ordered(director: Actor, more: Decimal) -> None:
    quote, (one, *_rest) = a_quote_of_four(director)
    _order(director, quote, {one: more})
    assert quote_figures(quote)[0].ordered == 10
