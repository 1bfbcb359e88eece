"""Taking orders from outside, each with its lines: found by the number that the other program gave them.

The values of a row are the order's, with ``lines``: a tuple of mappings with ``product`` or ``product_code``,
``description``, ``quantity``, ``price``, ``discount``. A new order is issued on its day and makes its deal; one that is
there stays as it is, for issued documents do not change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from models.actor import Actor
from models.catalogue.directory import ProductDirectory
from models.clients.directory import ClientDirectory
from models.clock import today
from models.company.permissions import EDIT_SALES
from models.company.tables import Company
from models.errors import RuleBroken
from models.importing import Incoming, Plan, Rehearsal, Said
from models.language import _
from models.sales.actions_deals import make_deal, move_forward
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.deal_references import DealReferences
from models.sales.tables import Deal, Document, DocumentLine
from models.text import fold
from models.writing import Change, get

_PLAIN = ("date", "due", "currency", "rate", "prices_include_vat", "note")
_LINE = ("description", "quantity", "price", "discount", "vat_code", "unit")


@dataclass(slots=True)
class _Order:
    """An order with what it refers to."""

    number: str
    header: dict[str, Any]
    lines: list[dict[str, Any]]
    title: str
    shipped: dt.date | None


class OrderIntake:
    """Orders from outside."""

    action = "import_orders"
    permission = EDIT_SALES
    kinds = frozenset({"client", "product", "product_alias", "operator", "campaign", "company", "document"})
    rows_at_once = 50

    def __init__(self, actor: Actor, dry_run: bool = False) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._clients = ClientDirectory()
        self._products = ProductDirectory()
        self._references = DealReferences(actor)
        self._said = Said()

    def forget(self) -> None:
        """Read again what rows refer to."""
        self._clients.forget()
        self._products.forget()
        self._references.forget()

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge all of the rows."""
        plan = Plan(rows=len(rows))
        given = [row.values for row in rows]
        self._clients.prepare([(values.get("client_inn") or "", values.get("client") or "") for values in given])
        existing = _existing([str(values.get("number") or "") for values in given])
        for row in rows:
            try:
                self._judge(row, existing, plan)
            except RuleBroken as error:
                plan.refuse(row.number, error)
        return plan

    def _judge(self, row: Incoming, existing: Mapping[str, Document], plan: Plan) -> None:
        order = self._resolved(row.values)
        known = existing.get(order.number)
        if known is not None:
            _refuse_another(order, known)
        else:
            new_document(self._rehearsal, "order", order.header, order.lines)
        said = Incoming(row.number, {**row.values, "lines": str(row.values.get("lines"))})
        if self._said.again(said, order.number) or known is not None:
            plan.unchanged += 1
            return
        plan.write(partial(_write, order), row.number, adds=True)

    def _resolved(self, given: Mapping[str, Any]) -> _Order:
        number = given.get("number") or ""
        if not number:
            raise RuleBroken("number", _("The number is missing."), _("Fill it in."))
        if not given.get("lines"):
            raise RuleBroken("", _("There are no lines."), _("Add at least one."))
        client = self._clients.find(given.get("client_inn") or "", given.get("client") or "")
        header: dict[str, Any] = {name: given[name] for name in _PLAIN if given.get(name) is not None}
        header["client"] = client.id
        if name := given.get("operator"):
            header["operator"] = self._references.known_operator(name)
        if given.get("campaign"):
            header["campaign"] = self._references.campaign(given["campaign"])
        if given.get("company"):
            header["company"] = _company(given["company"])
        lines = [self._line(line) for line in given["lines"]]
        title = _("{client}: order {number}").format(client=client.name, number=number)
        return _Order(number, header, lines, title, given.get("shipped"))

    def _line(self, given: Mapping[str, Any]) -> dict[str, Any]:
        line: dict[str, Any] = {name: given[name] for name in _LINE if given.get(name) is not None}
        if given.get("product") or given.get("product_code"):
            line["product"] = self._products.find(given.get("product_code") or "", given.get("product") or "").id
        return line


def _existing(numbers: Sequence[str]) -> dict[str, Document]:
    """The orders of these numbers of another program; cancelled ones are none."""
    wanted = [number for number in numbers if number]
    query = Document.select().where(
        (Document.kind == "order") & (Document.outside_number.in_(wanted)) & (Document.state != "cancelled")
    )
    return {document.outside_number: document for document in query.order_by(Document.id)}


def _company(name: str) -> int:
    found = [row.id for row in Company.select() if fold(row.name) == fold(name)]
    if not found:
        raise RuleBroken("company", _("There is no company “{name}” of ours.").format(name=name))
    return int(found[0])


def _refuse_another(order: _Order, known: Document) -> None:
    """Issued documents do not change: what the file says otherwise is told, not followed."""
    stored = [
        (line.product_id, line.quantity, line.price, line.discount)
        for line in DocumentLine.select().where(DocumentLine.document == known.id).order_by(DocumentLine.position)
    ]
    said = [
        (line.get("product"), line.get("quantity", Decimal(1)), line.get("price"), line.get("discount", Decimal(0)))
        for line in order.lines
    ]
    same_lines = len(stored) == len(said) and all(
        before[:2] == after[:2] and after[2] in (None, before[2]) and before[3] == after[3]
        for before, after in zip(stored, said, strict=True)
    )
    if (
        not same_lines
        or known.client_id != order.header["client"]
        or known.date != order.header.get("date", known.date)
    ):
        raise RuleBroken(
            "number",
            _("The order is here already, as {number}, and it is another one.").format(number=known.number),
            _("What was issued does not change: revise it, or cancel it and import it again."),
        )


def _write(order: _Order, change: Change) -> None:
    day = min(order.header.get("date") or today(), today())
    of_deal: dict[str, Any] = {"title": order.title, "external_number": order.number}
    of_deal |= {name: value for name, value in order.header.items() if name in ("client", "operator", "campaign")}
    deal = make_deal(change, of_deal, None, day)
    document = new_document(change, "order", {**order.header, "deal": deal}, order.lines)
    change.update(get(Document, document), {"outside_number": order.number})
    issue_document(change, document)
    if order.shipped is not None:
        move_forward(change, get(Deal, deal), "won", order.shipped)
