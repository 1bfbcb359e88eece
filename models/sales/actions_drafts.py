"""Drafts: making documents, editing their headers and lines, copying them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.clients.tables import Client
from models.clock import today
from models.company.permissions import READ, SEE_COST
from models.company.regimes import regime_on
from models.errors import RuleBroken
from models.language import _
from models.sales.actions_deals import make_deal
from models.sales.amounts import in_base
from models.sales.events import LinesDropped, LinesSet
from models.sales.families import lines_of, vat_rates
from models.sales.fields import LINE_FIELDS
from models.sales.headers import LINES_DEPEND_ON, edited_header, header_values, kind_named, new_header
from models.sales.lines import Terms, codes_in_regime, computed, entered_lines, insert_lines, store_lines, totals_of
from models.sales.states import require_draft
from models.sales.tables import Deal, Document, DocumentLine
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.writing import Change, action, get

_COPIED = (
    "company", "client", "end_user", "person", "contract", "campaign", "currency", "rate", "prices_include_vat",
    "terms", "note", "form",
)  # fmt: skip
LINE_VALUES = tuple(field.name for field in LINE_FIELDS)


@action("new_document", READ)
def new_document(
    change: Change, kind: str, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]] = ()
) -> int:  # fmt: skip
    """Make a draft of a kind, with its lines; a first document of a sale makes its deal. Returns its id."""
    described = kind_named(kind)
    change.actor.require(described.permission)
    header = new_header(kind, values, change.actor)
    if lines and not described.has_lines:
        raise RuleBroken("lines", _("A payment has no lines."))
    require_cost_right(change, lines)
    document = add_draft(change, kind, header)
    entered = entered_lines(_terms(document), lines) if lines else []
    if described.has_lines:
        store_lines(change, document, entered)
    if described.side == "sale" and document.deal_id is None:
        change.update(document, {"deal": _deal_for(change, document, entered)})
    return int(document.id)


def add_draft(change: Change, kind: str, header: Mapping[str, Any], **more: Any) -> Document:
    """Write the header of a new draft; a payment's amount is its total."""
    document = Document(kind=kind, year=header["date"].year, **header, **more)
    for name, value in money_of(kind, header).items():
        setattr(document, name, value)
    return change.insert(document)


def money_of(kind: str, header: Mapping[str, Any]) -> dict[str, Any]:
    """The totals of a payment, which has no lines."""
    if KINDS_OF_DOCUMENT[kind].has_lines:
        return {}
    gross, rate = header["gross"], header["rate"]
    return {"net": gross, "gross": gross, "net_base": in_base(gross, rate), "gross_base": in_base(gross, rate)}


def _terms(document: Document) -> Terms:
    return Terms.of(document, vat_rates())


def _deal_for(change: Change, document: Document, lines: Sequence[DocumentLine]) -> int:
    """The deal that a first document makes: named by its client and its first line."""
    client = Client.get_or_none(Client.id == document.client_id) if document.client_id else None
    first = next((line.description for line in lines if line.description), "")
    named = [part for part in (client.name if client else "", first) if part]
    values = {
        "title": ": ".join(named)[:200] or _("New deal"), "client": document.client_id,
        "operator": document.operator_id, "campaign": document.campaign_id, "currency": document.currency,
        "rate": document.rate,
    }  # fmt: skip
    return make_deal(change, values)


@action("edit_document", READ)
def edit_document(
    change: Change, document_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a draft's header; lines are computed anew where they depend on what changed."""
    document = get(Document, document_id)
    require_draft(change, document)
    change.expect(document, version, values, base, header_values)
    cleaned = edited_header(document, values)
    old_campaign, client, regime = document.campaign_id, document.client_id, _terms(document).tax_regime
    if "date" in cleaned:
        cleaned["year"] = cleaned["date"].year
    cleaned |= money_of(document.kind, header_values(document) | cleaned)
    changed = change.update(document, cleaned)
    if cleaned.keys() & (LINES_DEPEND_ON | {"campaign"}):
        _recompute(change, document, old_campaign, regime)
    if document.client_id != client and document.deal_id and document.basis_id is None:
        _give_client_to_deal(change, document)
    return changed


def _recompute(change: Change, document: Document, old_campaign: int | None, old_regime: str) -> None:
    terms, lines = _terms(document), lines_of([document.id])
    codes = codes_in_regime([(line.product_id, line.vat_code) for line in lines], old_regime, terms.tax_regime)
    for line, code in zip(lines, codes, strict=True):
        after = _copy_of(line)
        after.vat_code = code
        after = computed(terms, after)
        if after.campaign_id == old_campaign:
            after.campaign_id = document.campaign_id
        change.update(line, _differences(line, after))
    change.update(document, totals_of(document, lines))


def _give_client_to_deal(change: Change, document: Document) -> None:
    """The deal of a first document follows its client while nothing else hangs on it."""
    others = Document.select().where((Document.deal == document.deal_id) & (Document.id != document.id))
    if not others.exists():
        change.update(get(Deal, document.deal_id or 0), {"client": document.client_id})


@action("set_lines", READ)
def set_lines(change: Change, document_id: int, version: int, lines: Sequence[Mapping[str, Any]]) -> bool:
    """Set the lines of a draft as a whole, in their order: those with an ``id`` are changed, others new, the rest go.

    A line that keeps its ``id`` keeps what it was made from. Raises ``RuleBroken``, ``Conflict``.
    """
    document = get(Document, document_id)
    require_draft(change, document)
    change.expect(document, version, {"lines": lines}, None, header_values)
    existing = {line.id: line for line in lines_of([document_id])}
    require_cost_right(change, lines)
    after: list[DocumentLine] = []
    new: list[DocumentLine] = []
    changed = False
    kept = [existing.pop(values.get("id") or 0, None) for values in lines]
    completed = [_kept(line, values) for line, values in zip(kept, lines, strict=True)]
    for line, entered in zip(kept, entered_lines(_terms(document), completed), strict=True):
        if line is None:
            new.append(entered)
        else:
            changed |= change.update(line, _differences(line, entered))
        after.append(line or entered)
    if existing:
        change.emit(LinesDropped(document.id, tuple(existing)))
    for line in existing.values():
        change.delete(line)
    changed |= bool(new or existing)
    insert_lines(change, new)
    change.update(document, totals_of(document, after), touch=changed)
    if changed:
        change.emit(LinesSet(document.id, document.kind))
    return changed


def _kept(line: DocumentLine | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered for a line, with what it keeps: its bases; its amount while nothing that makes it changed."""
    if line is None:
        return {name: value for name, value in values.items() if name != "amount"}
    stored = line_values(line)
    kept = {name: stored[name] for name in LINE_VALUES if name != "cost"} | dict(values)
    kept |= {"basis_line": line.basis_line_id, "revises": line.revises_id}
    kept.setdefault("substitutes", line.substitutes_id)
    same = all(kept[name] == stored[name] for name in ("quantity", "price", "discount", "price_includes_vat"))
    kept["amount"] = line.amount if same else None
    if "cost" not in values and same and kept["product"] == line.product_id:
        kept["cost"] = line.cost
    return kept


def _copy_of(line: DocumentLine) -> DocumentLine:
    return DocumentLine(**line.__data__)


def _differences(line: DocumentLine, after: DocumentLine) -> dict[str, Any]:
    return {
        name: value
        for name, value in after.__data__.items()
        if name not in ("id", "version", "created", "updated") and line.__data__[name] != value
    }


def require_cost_right(change: Change, lines: Sequence[Mapping[str, Any]]) -> None:
    """Who may not see costs may not set them."""
    if any(line.get("cost") is not None for line in lines):
        change.actor.require(SEE_COST)


def line_values(line: DocumentLine) -> dict[str, Any]:
    """All field values of a line."""
    return {name: line.__data__.get(name) for name in LINE_VALUES}


@action("copy_document", READ)
def copy_document(change: Change, document_id: int, values: Mapping[str, Any] | None = None) -> int:
    """Make a new draft of the same kind and lines, for another deal; ``values`` change its header. Returns its id."""
    original = get(Document, document_id)
    copied = {name: value for name, value in header_values(original).items() if name in _COPIED}
    lines = [line_values(line) for line in lines_of([document_id]) if line.quantity > 0]
    day = (values or {}).get("date", today())
    was, now = _terms(original).tax_regime, regime_on(original.company_id, day)
    codes = codes_in_regime([(line["product"], line["vat_code"]) for line in lines], was, now)
    lines = [line | {"vat_code": code} for line, code in zip(lines, codes, strict=True)]
    if not change.actor.may(SEE_COST):
        lines = [{name: value for name, value in line.items() if name != "cost"} for line in lines]
    return new_document(change, original.kind, copied | dict(values or {}), lines)
