"""Making a document from others: the next kind from all or part of what is open, a revision, a correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from models.company.permissions import READ
from models.errors import RuleBroken
from models.language import _
from models.lookup import among
from models.sales.actions_drafts import add_draft, line_values
from models.sales.amounts import entered_amount, rest_of
from models.sales.bases import check_bases, in_order
from models.sales.conversion import Family
from models.sales.corrections import LineInForce, in_force, lines_in_force, unpaid
from models.sales.families import family_of, lines_of, vat_rates
from models.sales.headers import header_values, kind_named, new_header
from models.sales.lines import Terms, codes_in_regime, entered_lines, store_lines
from models.sales.states import name_of
from models.sales.successors import refuse_if_stood_on
from models.sales.tables import Document, DocumentLine
from models.sales.unmet_recording import taken_of
from models.sales.vat import rate_on
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, SUPERSEDE
from models.writing import Change, action, get

Keep = Literal["gross", "net"]
NOTHING = Decimal(0)
_OF_SALE = (
    "company", "client", "end_user", "person", "contract", "deal", "campaign", "currency", "rate",
    "prices_include_vat", "terms",
)  # fmt: skip
_OF_OTHER_SIDE = ("company", "deal", "campaign")
_MAY_DIFFER = ("end_user", "person", "contract", "campaign", "terms")
_REVISED = (*_OF_SALE, "operator", "due", "note", "form")


@action("make_next", READ)
def make_next(
    change: Change,
    basis: Sequence[int],
    kind: str,
    quantities: Mapping[int, Decimal] | None = None,
    values: Mapping[str, Any] | None = None,
    keep: Keep = "gross",
) -> int:
    """Make a draft of a kind from issued documents; returns its id.

    ``quantities`` says by line how much; without it, all that is still open of all lines but the optional ones.
    ``values`` change its header. Where a VAT code has another rate on its date than on its basis', ``keep`` says
    which side of the amounts stays. Raises ``RuleBroken``.
    """
    change.actor.require(kind_named(kind).permission)
    documents = in_order([get(Document, one) for one in dict.fromkeys(basis)])
    check_bases(documents, kind)
    first, has_lines = documents[0], KINDS_OF_DOCUMENT[kind].has_lines
    same_side = KINDS_OF_DOCUMENT[kind].side in (KINDS_OF_DOCUMENT[first.kind].side, "money")
    inherited = _inherited(documents, same_side)
    header = new_header(
        kind, (inherited if has_lines else _paid(documents, inherited)) | dict(values or {}), change.actor
    )
    document = add_draft(change, kind, header, basis=first.id)
    if not has_lines:
        return int(document.id)
    lines = in_force([one.id for one in documents])
    wanted = _wanted(lines, family_of(one.id for one in lines), kind, quantities)
    taken = [one for one in lines if one.id in wanted]
    terms = Terms.of(document, vat_rates())
    if same_side:
        users = {} if "end_user" in (values or {}) else {one.id: one.end_user_id for one in documents}
        users = {basis: user for basis, user in users.items() if user != document.end_user_id}
        next_lines = _sold_lines(taken, wanted, users, terms, keep)
    else:
        next_lines = [_bought_line(one.line, wanted[one.id]) | {"basis_line": one.id} for one in taken]
    store_lines(change, document, entered_lines(terms, next_lines))
    return int(document.id)


def _sold_lines(
    lines: Sequence[LineInForce],
    wanted: Mapping[int, Decimal],
    users: Mapping[int, int | None],
    terms: Terms,
    keep: Keep,
) -> list[dict[str, Any]]:
    """The lines of the same side; ``users``: the end users of bases that are not the new document's."""
    parts, made = _parts_of(wanted), []
    for one, code in zip(lines, _codes(lines, terms), strict=True):
        line, quantity = one.line, wanted[one.id]
        values = _next_line(line, quantity) | {"basis_line": one.id, "vat_code": code}
        values["end_user"] = line.end_user_id or users.get(one.document)
        made.append(values | (_amount_kept(line, code, terms, quantity, keep) or _rest(line, parts[one.id], quantity)))
    return made


def _inherited(bases: Sequence[Document], same_side: bool) -> dict[str, Any]:
    """The header of what is made: that of the first; of the others only what all agree on."""
    first = bases[0]
    names = _OF_SALE if same_side else _OF_OTHER_SIDE
    differ = {name for name in _MAY_DIFFER for basis in bases if basis.__data__[name] != first.__data__[name]}
    if "end_user" in differ:
        differ.add("person")
    return {name: first.__data__[name] for name in names if name not in differ}


def _paid(bases: Sequence[Document], inherited: Mapping[str, Any]) -> dict[str, Any]:
    """The header of a payment: what is still open of all that it pays."""
    kept = {name: value for name, value in inherited.items() if name not in _NOT_OF_PAYMENTS}
    return kept | {"gross": unpaid(bases)}


_NOT_OF_PAYMENTS = frozenset({"end_user", "person", "prices_include_vat", "terms"})


def _wanted(
    lines: Sequence[LineInForce], family: Family, kind: str, quantities: Mapping[int, Decimal] | None
) -> dict[int, Decimal]:
    """How much of each line is wanted; raises where that is more than is open of what limits it."""
    if quantities is None:
        wanted = {one.id: family.open(one.id, kind) for one in lines if not one.line.optional}
    else:
        wanted = dict(quantities)
        _refuse_too_much(lines, family, kind, wanted)
    wanted = {line: quantity for line, quantity in wanted.items() if quantity > 0}
    if not wanted:
        raise RuleBroken("lines", _("Nothing is open any more."), _("Look at what was made from it already."))
    return wanted


def _refuse_too_much(
    lines: Sequence[LineInForce], family: Family, kind: str, wanted: Mapping[int, Decimal]
) -> None:  # fmt: skip
    known = {one.id: one.line for one in lines}
    for line_id, quantity in wanted.items():
        if line_id not in known:
            raise RuleBroken("lines", _("A line is of another document."))
        if quantity > family.open(line_id, kind) and family.nodes[line_id].limits(kind):
            raise RuleBroken(
                "quantity",
                _("Of “{line}” only {quantity} is open.").format(
                    line=known[line_id].description, quantity=f"{family.open(line_id, kind).normalize():f}"
                ),
                _("Reduce the quantity."),
            )


def _next_line(line: DocumentLine, quantity: Decimal) -> dict[str, Any]:
    """A line of the same side made from another: the same on the same terms, and never optional any more."""
    values = line_values(line) | {"quantity": quantity, "optional": False}
    if line.cost is not None:
        values["cost"] = (line.cost * quantity / line.quantity).quantize(Decimal("0.01"))
    return values


def _bought_line(line: DocumentLine, quantity: Decimal) -> dict[str, Any]:
    """A line of a supplier order for what is to be sold: the product at what it costs."""
    unit_cost = (line.cost / line.quantity).quantize(Decimal("0.01")) if line.cost is not None else NOTHING
    kept = {name: line.__data__[name] for name in ("product", "description", "unit", "vat_code")}
    return kept | {"quantity": quantity, "price": unit_cost, "price_includes_vat": False}


def _codes(lines: Sequence[LineInForce], terms: Terms) -> list[str]:
    """The VAT codes of lines that are made from others: our company may have another tax regime by now."""
    regimes = {one.document: Terms.of(get(Document, one.document), ()).tax_regime for one in lines}
    return [
        codes_in_regime([(one.line.product_id, one.line.vat_code)], regimes[one.document], terms.tax_regime)[0]
        for one in lines
    ]


def _amount_kept(line: DocumentLine, code: str, terms: Terms, quantity: Decimal, keep: Keep) -> dict[str, Any]:
    """The amount of the side that stays, where the VAT rate is another one now and the price is of the other side."""
    if rate_on(terms.rates, code, terms.vat_day).permille == line.vat_rate:
        return {}
    if line.price_includes_vat == (keep == "gross"):
        return {}
    side = line.gross if keep == "gross" else line.net
    whole = quantity == line.quantity
    amount = side if whole else (side * quantity / line.quantity).quantize(Decimal("0.01"))
    unit_price = (side / line.quantity).quantize(Decimal("0.01"))
    return {"price_includes_vat": keep == "gross", "price": unit_price, "discount": NOTHING, "amount": amount}


def _parts_of(lines: Mapping[int, Decimal]) -> dict[int, list[DocumentLine]]:
    """By line: what live documents took of it."""
    query = (
        DocumentLine.select()
        .join(Document, on=(DocumentLine.document == Document.id))
        .where(among(DocumentLine.basis_line, list(lines)), Document.state.in_(LIVE_STATES))
    )
    parts: dict[int, list[DocumentLine]] = {line: [] for line in lines}
    for part in query:
        parts[part.basis_line_id or 0].append(part)
    return parts


def _rest(line: DocumentLine, parts: Sequence[DocumentLine], quantity: Decimal) -> dict[str, Any]:
    """The amount of a last part that together with the earlier parts has to be the whole line."""
    if quantity == line.quantity:
        return {} if line.amount is None else {"amount": line.amount}
    if sum((part.quantity for part in parts), quantity) != line.quantity:
        return {}
    side = "gross" if line.price_includes_vat else "net"
    taken = sum((getattr(part, side) for part in parts), NOTHING)
    usual = entered_amount(quantity, line.price, line.discount)
    rest = rest_of(getattr(line, side), taken, usual, len(parts) + 1)
    return {} if rest is None else {"amount": rest}


@action("revise_document", READ)
def revise_document(change: Change, document_id: int, values: Mapping[str, Any] | None = None) -> int:
    """Make the next revision of a quote, order or invoice, as a draft; its issue supersedes this one. Returns its id.

    Of a quote that was ordered from in part, the revision offers the rest.
    """
    old = get(Document, document_id)
    kind = KINDS_OF_DOCUMENT[old.kind]
    change.actor.require(kind.permission)
    superseded = kind.transition(SUPERSEDE)
    if not kind.revisable or superseded is None or old.state not in superseded.before:
        raise RuleBroken("state", _("{document} cannot be revised.").format(document=name_of(old)))
    refuse_if_stood_on(old)
    inherited = {name: value for name, value in header_values(old).items() if name in _REVISED}
    header = new_header(old.kind, inherited | dict(values or {}), change.actor)
    document = add_draft(change, old.kind, header, basis=old.basis_id, supersedes=old.id)
    terms = Terms.of(document, vat_rates())
    lines = lines_of([document_id])
    taken = taken_of([line.id for line in lines]) if old.kind == "quote" else {}
    revised_lines: list[dict[str, Any]] = []
    was = Terms.of(old, ()).tax_regime
    codes = codes_in_regime([(line.product_id, line.vat_code) for line in lines], was, terms.tax_regime)
    for line, code in zip(lines, codes, strict=True):
        left = line.quantity - taken.get(line.id, NOTHING)
        if left > 0:
            revised = _next_line(line, left) | {"optional": line.optional, "basis_line": line.basis_line_id}
            revised |= {"revises": line.id, "substitutes": line.substitutes_id, "vat_code": code}
            revised_lines.append(revised)
    store_lines(change, document, entered_lines(terms, revised_lines))
    return int(document.id)


@action("correct_document", READ)
def correct_document(
    change: Change,
    document_id: int,
    corrections: Mapping[int, Mapping[str, Any]],
    day: dt.date | None = None,
) -> int:
    """Make a correcting document, as a draft: by line, what its fields should have been; a quantity of 0 takes it back.

    The correction takes back each wrong line whole and states it anew, so that sums stay sums. Returns its id.
    """
    original = get(Document, document_id)
    kind = KINDS_OF_DOCUMENT[original.kind]
    change.actor.require(kind.permission)
    if not kind.correctable or original.corrects_id is not None or original.state not in LIVE_STATES:
        raise RuleBroken(
            "state", _("{document} cannot be corrected.").format(document=name_of(original)),
            _("Correct a posted shipment or receipt itself; revise a quote, an order or an invoice."),
        )  # fmt: skip
    inherited = {name: original.__data__[name] for name in _OF_SALE}
    header = new_header(original.kind, inherited | ({"date": day} if day else {}), change.actor)
    document = add_draft(change, original.kind, header, basis=original.basis_id, corrects=original.id)
    lines = {line.id: line for line in lines_in_force(original)}
    if not corrections or corrections.keys() - lines.keys():
        raise RuleBroken("lines", _("Name the lines of the document that are wrong."))
    corrected = entered_lines(Terms.of(document, vat_rates()), list(_corrected(lines, corrections)))
    store_lines(change, document, corrected)
    return int(document.id)


def _corrected(
    lines: Mapping[int, DocumentLine], corrections: Mapping[int, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:  # fmt: skip
    for line_id, right in corrections.items():
        line = lines[line_id]
        links = {"basis_line": line.basis_line_id, "revises": line.id}
        yield _taken_back(line) | links
        if right.get("quantity") != 0:
            stated = line_values(line) | dict(right) | links
            if line.cost is not None:
                stated["cost"] = (line.cost * stated["quantity"] / line.quantity).quantize(Decimal("0.01"))
            yield stated


def _taken_back(line: DocumentLine) -> dict[str, Any]:
    values = line_values(line) | {"quantity": -line.quantity}
    values["cost"] = None if line.cost is None else -line.cost
    values["amount"] = None if line.amount is None else -line.amount
    return values
