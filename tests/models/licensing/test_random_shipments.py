"""Random shipments with keys and licences: whatever is picked, entered, posted and cancelled, nothing is handed over
twice, no reservation outlives its draft, and what was taken back is as it was. On both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from models.audit import change_marker, rows_changed_behind
from models.clock import today
from models.errors import RuleBroken
from models.keys.tables import ProtectionKey
from models.licensing import checks
from models.licensing.blocks import Numbered
from models.licensing.entering import add_licences, add_licences_from_pool, take_out_licences
from models.licensing.exchange import replace_key
from models.licensing.forming import HAS_INSTANCES, form_instances, one_per_unit
from models.licensing.life import suspend_licence
from models.licensing.picking import pick_key
from models.licensing.pools import add_codes
from models.licensing.reservations import reserved_by
from models.licensing.tables import ItemInstance, Licence, VendorCode
from models.licensing.transitions import needs_key
from models.sales.actions_answers import cancel_document
from models.sales.actions_drafts import line_values, new_document, set_lines
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.families import lines_of
from models.sales.tables import Document
from models.sales.vocabulary import LIVE_STATES
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.licensing.shipping import KEYED
from tests.models.random_lives import RandomLife, live, short_and_long
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_client, a_key, a_product

_PICK = st.integers(0, 10_000)
_SOME = st.sampled_from([None, None, 1, 2, 3])


class Warehouse(RandomLife):
    """Invoices that are handed over in all ways that come to mind; refusals are fine, broken rules are not."""

    def __init__(self) -> None:
        super().__init__()
        self.clients = [a_client(self.by, f"Client {n}") for n in range(2)]
        self.products = [
            a_product(self.by, "KEYED", **KEYED),
            a_product(self.by, "FREE", price=Decimal(10), protection_method="activation_code", term_months=12),
            a_product(self.by, "ONE", price=Decimal(10), unique_items=True, term_from="activation", term_months=6),
            a_product(self.by, "DONGLE", kind="key", price=Decimal(10)),
        ]
        for number in range(6):
            a_key(self.by, f"K-{number}", **({"owner": self.clients[number % 2]} if number > 3 else {}))
        add_codes(self.by, self.products[1], [f"C-{number}" for number in range(8)])
        self.numbers = 0
        self.invoice([4, 3, 2, 2], 0)
        self.founded = change_marker()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleBroken:
            return

    def _one(self, table: Any, pick: int, *conditions: Any) -> int:
        ids = [row.id for row in table.select(table.id).where(table.id > 0, *conditions).order_by(table.id)]
        return ids[pick % len(ids)] if ids else 0

    @rule(quantities=st.lists(st.integers(0, 4), min_size=4, max_size=4), client=st.integers(0, 1))
    def invoice(self, quantities: list[int], client: int) -> None:
        lines = [
            {"product": product, "quantity": Decimal(quantity)}
            for product, quantity in zip(self.products, quantities, strict=True)
            if quantity
        ]
        if lines:
            an_issued(self.by, "invoice", lines, client=self.clients[client], date=today())

    @rule(pick=_PICK)
    def form(self, pick: int) -> None:
        self._try(lambda: form_instances(self.by, self._one(Document, pick, Document.kind.in_(sorted(HAS_INSTANCES)))))

    @rule(pick=_PICK, each=_SOME)
    def shipment(self, pick: int, each: int | None) -> None:
        invoice = self._one(Document, pick, Document.kind == "invoice")
        parts = None if each is None else {line.id: Decimal(each) for line in lines_of([invoice])}

        def make() -> None:
            made = make_next(self.by, [invoice], "shipment", parts, {"date": today()})
            form_instances(self.by, made)

        self._try(make)

    @rule(client=st.integers(0, 1), product=st.integers(0, 3), quantity=st.integers(1, 2))
    def licence_order(self, client: int, product: int, quantity: int) -> None:
        line = {"product": self.products[product], "quantity": Decimal(quantity)}
        made = new_document(self.by, "licence_order", {"client": self.clients[client], "date": today()}, [line])
        form_instances(self.by, made)

    @rule(pick=_PICK, line=_PICK, quantity=st.integers(0, 5))
    def change_a_line(self, pick: int, line: int, quantity: int) -> None:
        draft = self._one(Document, pick, Document.state == "draft")
        lines = lines_of([draft])
        if not lines:
            return
        values = [line_values(one) | {"id": one.id} for one in lines]
        place = line % len(values)
        values[place : place + 1] = [values[place] | {"quantity": Decimal(quantity)}] if quantity else []
        self._try(lambda: set_lines(self.by, draft, Document.get_by_id(draft).version, values))

    @rule(pick=_PICK, key=_PICK, take_away=st.integers(0, 4), reason=st.sampled_from(["", "they share it"]))
    def key(self, pick: int, key: int, take_away: int, reason: str) -> None:
        instance = self._one(ItemInstance, pick, ItemInstance.state == "formed")
        picked = self._one(ProtectionKey, key) if take_away else None
        self._try(lambda: pick_key(self.by, [instance], picked, reason) if instance else None)

    @rule(pick=_PICK, count=st.integers(1, 3), from_pool=st.booleans())
    def enter(self, pick: int, count: int, from_pool: bool) -> None:
        instance = self._one(ItemInstance, pick)
        if not instance:
            return
        if from_pool:
            self._try(lambda: add_licences_from_pool(self.by, instance, count))
            return
        self.numbers += count
        block = [Numbered(n, f"L-{self.numbers - n}") for n in range(count)]
        self._try(lambda: add_licences(self.by, instance, block))

    @rule(pick=_PICK)
    def take_out(self, pick: int) -> None:
        licence = self._one(Licence, pick)
        self._try(lambda: take_out_licences(self.by, [licence]) if licence else None)

    @rule(pick=_PICK)
    def post(self, pick: int) -> None:
        draft = self._one(Document, pick, Document.state == "draft")
        self._try(lambda: issue_document(self.by, draft) if draft else None)

    @rule(pick=_PICK)
    def cancel(self, pick: int) -> None:
        document = self._one(Document, pick, Document.kind != "invoice")
        self._try(lambda: cancel_document(self.by, document, "a mistake") if document else None)

    @rule(pick=_PICK)
    def suspend(self, pick: int) -> None:
        licence = self._one(Licence, pick, Licence.state == "issued")
        self._try(lambda: suspend_licence(self.by, licence, today(), "unpaid") if licence else None)

    @rule(old=_PICK, new=_PICK)
    def exchange(self, old: int, new: int) -> None:
        keys = self._one(ProtectionKey, old), self._one(ProtectionKey, new)
        self._try(lambda: replace_key(self.by, *keys, "broken", today()))

    @rule()
    def take_back(self) -> None:
        change = last_change(self.by)
        if change is not None and change > self.founded:
            self._try(lambda: undo(self.by, change))

    @invariant()
    def of_each_invoiced_line_there_are_at_most_as_many_instances(self) -> None:
        formed: Counter[int | None] = Counter()
        for one in ItemInstance.select().where(ItemInstance.line.is_null(False)):
            formed[one.line_id] += one.quantity
            assert one.quantity > 0
            if one_per_unit(one.product):
                assert one.quantity <= 1
        for document in Document.select().where(Document.kind.in_(sorted(HAS_INSTANCES))):
            for line in lines_of([document.id]):
                assert formed[line.id] <= line.quantity, f"more instances than line #{line.id} says"

    @invariant()
    def what_is_posted_is_delivered_and_nothing_else_is(self) -> None:
        for one in ItemInstance.select():
            by = one.shipment_line.document if one.shipment_line is not None else None
            assert (one.state == "delivered") == (by is not None and by.state in LIVE_STATES), one.number
            assert by is None or by.state != "cancelled", one.number
        for document in Document.select().where(Document.state == "posted"):
            for line in lines_of([document.id]):
                own = ItemInstance.select().where(ItemInstance.shipment_line == line.id)
                assert sum(one.quantity for one in own) == line.quantity

    @invariant()
    def a_key_is_reserved_exactly_while_a_draft_holds_it(self) -> None:
        for key in ProtectionKey.select():
            holder = reserved_by(key.id)
            assert (key.state == "reserved") <= (holder is not None), key.number
            assert holder is None or key.state != "in_stock", key.number

    @invariant()
    def a_licence_is_issued_exactly_when_its_instance_is_delivered(self) -> None:
        for licence in Licence.select():
            delivered = licence.instance.state == "delivered"
            assert (licence.state != "reserved") == delivered, licence.number
            if licence.state == "issued" and needs_key(licence.product):
                assert licence.key_id is not None, licence.number
        for instance in ItemInstance.select():
            assert Licence.select().where(Licence.instance == instance.id).count() <= instance.quantity

    @invariant()
    def a_code_is_taken_exactly_for_its_licence(self) -> None:
        for code in VendorCode.select():
            there = Licence.get_or_none((Licence.number_folded == code.folded) & (Licence.product == code.product_id))
            assert (code.state == "taken") == (there is not None), code.code
            assert code.licence_id == (there.id if there is not None else None)

    @invariant()
    def history_and_trail_agree(self) -> None:
        assert [*checks.lives(), *checks.movements(), *checks.owners(), *checks.codes()] == []

    def teardown(self) -> None:
        ours = ("key", "licence", "instance", "vendor_code", "document")
        assert [one for one in rows_changed_behind() if one.place.startswith(ours)] == []


@short_and_long
def test_whatever_is_handed_over_and_taken_back_the_rules_hold(director: Actor, size: str) -> None:
    live(Warehouse, director, size)
