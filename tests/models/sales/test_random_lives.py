"""Random sequences of actions: after every step, all that has to hold of sales holds, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from models.audit import change_marker
from models.errors import RuleBroken
from models.sales import actions_answers as answers
from models.sales.actions_drafts import copy_document, edit_document, line_values, new_document, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import correct_document, make_next, revise_document
from models.sales.actions_payments import allocate_payment, record_payment
from models.sales.actions_unmet import state_reason
from models.sales.corrections import lines_in_force
from models.sales.families import lines_of
from models.sales.tables import Document, UnmetDemand
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, UNPAID_STATES
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.random_lives import RandomLife, live, short_and_long
from tests.models.sales.rules import broken_rules, content_of
from tests.models.sales.worlds import an_issued, some_products
from tests.models.worlds import a_client

_DAYS = st.dates(dt.date(2025, 11, 1), dt.date(2026, 2, 28))
_QUANTITIES = st.decimals(Decimal("0.001"), Decimal(9), places=3)
_PRICES = st.decimals(Decimal(0), Decimal("2000"), places=2)
_LINES = st.fixed_dictionaries(
    {
        "product": st.integers(0, 3),
        "quantity": _QUANTITIES,
        "price": _PRICES,
        "price_includes_vat": st.booleans(),
        "discount": st.sampled_from([Decimal(0), Decimal(5), Decimal("12.5"), Decimal(100)]),
        "optional": st.booleans(),
    }
)
_KINDS = tuple(KINDS_OF_DOCUMENT)
_PAYMENTS = ("payment_in", "payment_out")
_PICK = st.integers(0, 10_000)
_NEXT = st.sampled_from([kind for kind in _KINDS if KINDS_OF_DOCUMENT[kind].follows] + ["order", "shipment"])
_PARTS = st.sampled_from([None, Decimal(0), Decimal("0.333"), Decimal(1), Decimal(2), Decimal(9)])
_MOSTLY = st.sampled_from([True, True, True, False])


class Dealership(RandomLife):
    """A dealership whose operators do whatever comes to mind; refusals are fine, broken rules are not."""

    def __init__(self) -> None:
        super().__init__()
        self.clients = [a_client(self.by, f"Client {n}", is_supplier=n == 1) for n in range(2)]
        self.products = some_products(self.by)
        self.issued: dict[int, Any] = {}
        lines = [{"product": product, "quantity": Decimal(4)} for product in self.products]
        for client in self.clients:
            an_issued(
                self.by, "quote", lines, client=client, date=dt.date(2025, 12, 1), valid_until=dt.date(2026, 1, 15)
            )
        self.founded = change_marker()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleBroken:
            return

    def _one(self, pick: int, *conditions: Any) -> int | None:
        ids = [one.id for one in Document.select(Document.id).where(Document.id > 0, *conditions).order_by(Document.id)]
        return ids[pick % len(ids)] if ids else None

    def _lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [line | {"product": self.products[line["product"]]} for line in lines]

    @rule(lines=st.lists(_LINES, min_size=1, max_size=4), client=st.integers(0, 1), day=_DAYS, valid=st.booleans())
    def quote(self, lines: list[dict[str, Any]], client: int, day: dt.date, valid: bool) -> None:
        header = {"client": self.clients[client], "date": day, "valid_until": day if valid else None}
        self._try(lambda: issue_document(self.by, new_document(self.by, "quote", header, self._lines(lines))))

    @rule(kind=st.sampled_from(_KINDS), lines=st.lists(_LINES, min_size=1, max_size=2), day=_DAYS)
    def draft(self, kind: str, lines: list[dict[str, Any]], day: dt.date) -> None:
        if KINDS_OF_DOCUMENT[kind].has_lines:
            header = {"client": self.clients[0], "date": day}
            self._try(lambda: new_document(self.by, kind, header, self._lines(lines)))

    @precondition(lambda self: Document.select().exists())
    @rule(pick=_PICK)
    def issue(self, pick: int) -> None:
        if found := self._one(pick, Document.state == "draft"):
            self._try(lambda: issue_document(self.by, found))

    @rule(pick=_PICK, kind=_NEXT, day=_DAYS, net=st.booleans(), at_once=_MOSTLY)
    def make_all(self, pick: int, kind: str, day: dt.date, net: bool, at_once: bool) -> None:
        self._make(pick, kind, None, day, net, at_once)

    @rule(
        pick=_PICK, kind=_NEXT, day=_DAYS, net=st.booleans(), at_once=_MOSTLY,
        parts=st.lists(_PARTS, min_size=4, max_size=4),
    )  # fmt: skip
    def make_part(
        self, pick: int, kind: str, day: dt.date, net: bool, at_once: bool, parts: list[Decimal | None]
    ) -> None:  # fmt: skip
        self._make(pick, kind, parts, day, net, at_once)

    def _make(
        self, pick: int, kind: str, parts: list[Decimal | None] | None, day: dt.date, net: bool, at_once: bool
    ) -> None:
        basis = self._one(pick, Document.state.in_(LIVE_STATES), Document.kind.in_(KINDS_OF_DOCUMENT[kind].follows))
        if basis is None:
            return
        quantities = None
        if parts is not None:
            shares = zip(lines_of([basis]), parts, strict=False)
            quantities = {line.id: line.quantity if part is None else part for line, part in shares}
        values: dict[str, Any] = {"date": day}
        if KINDS_OF_DOCUMENT[kind].side == "purchase":
            values["client"] = self.clients[1]

        def act() -> None:
            made = make_next(self.by, [basis], kind, quantities, values, "net" if net else "gross")
            if at_once:
                issue_document(self.by, made)

        self._try(act)

    @rule(pick=_PICK, at_once=_MOSTLY, dropped=st.integers(0, 2), less=st.booleans())
    def revise(self, pick: int, at_once: bool, dropped: int, less: bool) -> None:
        found = self._one(pick, Document.kind.in_(("quote", "order", "invoice")), Document.issued_at.is_null(False))
        if found is None:
            return

        def act() -> None:
            made = revise_document(self.by, found)
            kept = [{"id": line.id} | line_values(line) for line in lines_of([made])][dropped:]
            if less and kept:
                kept[0]["quantity"] = max(kept[0]["quantity"] / 2, Decimal(1)).quantize(Decimal("0.001"))
            set_lines(self.by, made, Document.get_by_id(made).version, kept)
            if at_once:
                issue_document(self.by, made)

        self._try(act)

    @rule(pick=_PICK, day=_DAYS, reason=st.sampled_from(["price", "not_stated"]))
    def decline(self, pick: int, day: dt.date, reason: str) -> None:
        if found := self._one(pick, Document.kind.in_(("quote", "order")), Document.state.in_(LIVE_STATES)):
            self._try(lambda: answers.decline_document(self.by, found, reason))

    @rule(pick=_PICK)
    def accept(self, pick: int) -> None:
        if found := self._one(pick, Document.kind.in_(("quote", "order")), Document.state.in_(LIVE_STATES)):
            self._try(lambda: answers.accept_document(self.by, found))

    @rule(day=_DAYS)
    def expire(self, day: dt.date) -> None:
        answers.expire_quotes(self.by, day)

    @rule(pick=_PICK)
    def cancel(self, pick: int) -> None:
        if found := self._one(pick):
            self._try(lambda: answers.cancel_document(self.by, found, "a mistake"))

    @rule(amount=st.decimals(Decimal("0.01"), Decimal(9000), places=2), client=st.integers(0, 1), day=_DAYS)
    def pay(self, amount: Decimal, client: int, day: dt.date) -> None:
        self._try(lambda: record_payment(self.by, {"client": self.clients[client], "gross": amount, "date": day}))

    @rule(pick=_PICK)
    def pay_one(self, pick: int) -> None:
        if found := self._one(pick, Document.kind == "invoice", Document.state.in_(UNPAID_STATES)):
            self._try(lambda: record_payment(self.by, {"date": dt.date(2026, 3, 1)}, basis=[found]))

    @rule(pick=_PICK, nothing=st.booleans())
    def allocate_anew(self, pick: int, nothing: bool) -> None:
        if found := self._one(pick, Document.kind == "payment_in", Document.state == "posted"):
            self._try(lambda: allocate_payment(self.by, found, [] if nothing else None))

    @rule(pick=_PICK, price=_PRICES, quantity=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(3)]))
    def correct(self, pick: int, price: Decimal, quantity: Decimal) -> None:
        if found := self._one(pick, Document.kind.in_(("shipment", "receipt")), Document.state == "posted"):
            lines = lines_in_force(Document.get_by_id(found))
            if lines:
                wrong = {lines[pick % len(lines)].id: {"price": price, "quantity": quantity}}
                self._try(lambda: issue_document(self.by, correct_document(self.by, found, wrong)))

    @rule(pick=_PICK, day=_DAYS)
    def edit(self, pick: int, day: dt.date) -> None:
        if found := self._one(pick, (Document.state == "draft") | (pick % 5 == 0)):
            version = Document.get_by_id(found).version
            self._try(lambda: edit_document(self.by, found, version, {"date": day}))

    @rule(pick=_PICK, lines=st.lists(_LINES, max_size=3))
    def edit_lines(self, pick: int, lines: list[dict[str, Any]]) -> None:
        if found := self._one(pick, Document.kind.not_in(_PAYMENTS), (Document.state == "draft") | (pick % 5 == 0)):
            version = Document.get_by_id(found).version
            self._try(lambda: set_lines(self.by, found, version, self._lines(lines)))

    @rule(pick=_PICK)
    def copy(self, pick: int) -> None:
        if found := self._one(pick, Document.kind == "quote"):
            self._try(lambda: copy_document(self.by, found))

    @rule(pick=_PICK, reason=st.sampled_from(["price", "competitor"]))
    def reason(self, pick: int, reason: str) -> None:
        entries = [entry.id for entry in UnmetDemand.select().order_by(UnmetDemand.id)]
        if entries:
            state_reason(self.by, [entries[pick % len(entries)]], reason)

    @rule()
    def take_back(self) -> None:
        change = last_change(self.by)
        if change is not None and change > self.founded:
            before = set(self.issued)
            self._try(lambda: undo(self.by, change))
            gone = before - {one.id for one in Document.select(Document.id).where(Document.issued_at.is_null(False))}
            for one in gone:
                del self.issued[one]

    @invariant()
    def everything_holds(self) -> None:
        assert broken_rules() == []

    @invariant()
    def nothing_issued_ever_changes(self) -> None:
        for one in Document.select().where(Document.issued_at.is_null(False)):
            content = content_of(one)
            assert self.issued.setdefault(one.id, content) == content


@short_and_long
def test_whatever_operators_do_the_rules_of_sales_hold(director: Actor, size: str) -> None:
    live(Dealership, director, size, short=(4, 20))
