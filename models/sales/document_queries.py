"""Reading one document whole: its header, lines, what is open of them, the figures of a quote, totals as one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from peewee import JOIN

from models.base import tuples
from models.campaigns.tables import Campaign
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.sales.amounts import Amounts, total
from models.sales.corrections import LineInForce, in_force
from models.sales.families import family_of, lines_of, vat_rates
from models.sales.headers import header_values
from models.sales.lines import Terms, entered_lines, price_in
from models.sales.tables import Deal, Document, DocumentLine, Stage
from models.sales.unmet import QuotedLine, still_open
from models.sales.unmet_recording import taken_of, unmet_by_line
from models.sales.vat import usual_code
from models.writing import get

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as a screen or a form prints it."""

    id: int
    position: int
    product: int | None
    code: str
    description: str
    unit: str
    quantity: Decimal
    price: Decimal
    price_includes_vat: bool
    discount: Decimal
    vat_code: str
    vat_rate: int
    net: Decimal
    vat: Decimal
    gross: Decimal
    cost: Decimal | None
    optional: bool
    end_user: int | None
    campaign: int | None
    basis_line: int | None
    substitutes: int | None
    end_user_name: str = ""
    campaign_name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document as a screen shows it: the values of its fields, its totals, its lines, where its deal stands."""

    id: int
    kind: str
    version: int
    state: str
    number: str
    values: Mapping[str, Any]
    totals: Amounts
    settled: Decimal
    signed: str
    signed_on: dt.date | None
    reason: str
    basis: int | None
    supersedes: int | None
    corrects: int | None
    stage: str
    """The name of the stage of its deal; empty without a deal."""
    stage_id: int | None
    lines: tuple[LineShown, ...]


def read_document(document_id: int) -> DocumentShown:
    """A document whole; raises ``NotFound``."""
    document = get(Document, document_id)
    stage = Stage.select().join(Deal).where(Deal.id == document.deal_id).first() if document.deal_id else None
    return DocumentShown(
        document.id, document.kind, document.version, document.state, document.number, header_values(document),
        Amounts(document.net, document.vat, document.gross), document.settled, document.signed, document.signed_on,
        document.reason, document.basis_id, document.supersedes_id, document.corrects_id,
        stage.name if stage else "", stage.id if stage else None, tuple(lines_shown(document_id)),
    )  # fmt: skip


def lines_shown(document_id: int) -> list[LineShown]:
    """The lines of a document, in their order."""
    line = DocumentLine
    columns = (
        line.id, line.position, line.product, Product.code, line.description, line.unit, line.quantity, line.price,
        line.price_includes_vat, line.discount, line.vat_code, line.vat_rate, line.net, line.vat, line.gross, line.cost,
        line.optional, line.end_user, line.campaign, line.basis_line, line.substitutes, Client.name, Campaign.name,
    )  # fmt: skip
    query = line.select(*columns).where(line.document == document_id)
    for table, reference in ((Product, line.product), (Client, line.end_user), (Campaign, line.campaign)):
        query = query.join_from(line, table, JOIN.LEFT_OUTER, on=(reference == table.id))
    rows = [list(row) for row in tuples(query.order_by(line.position, line.id))]
    return [LineShown(*[*row[:3], row[3] or "", *row[4:-2], row[-2] or "", row[-1] or ""]) for row in rows]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that the next document may be made from, with how much of it is open for that."""

    line: LineShown
    document: int
    open: Decimal


def open_lines(documents: Sequence[int], kind: str) -> list[OpenLine]:
    """The lines of documents as they are in force, with what is open of each for a kind; also where nothing is."""
    lines = in_force(documents)
    family, shown = family_of(one.id for one in lines), _shown(lines)
    return [OpenLine(replace(shown[one.line.id], id=one.id), one.document, family.open(one.id, kind)) for one in lines]


def lines_to_correct(document_id: int) -> list[LineShown]:
    """The lines of a document that a correction may name: as they are in force."""
    lines = in_force([document_id])
    shown = _shown(lines)
    return [shown[one.line.id] for one in lines]


def _shown(lines: Sequence[LineInForce]) -> dict[int, LineShown]:
    return {line.id: line for document in {one.line.document_id for one in lines} for line in lines_shown(document)}


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Of a quoted line: ordered + still open + unmet = quoted; what was ordered beyond that is not counted."""

    line: int
    quoted: Decimal
    ordered: Decimal
    open: Decimal
    unmet: Decimal


def quote_figures(quote_id: int) -> list[LineFigures]:
    """What became of each line of a quote."""
    lines = lines_of([quote_id])
    taken, unmet = taken_of([line.id for line in lines]), unmet_by_line(quote_id)
    figures = []
    for line in lines:
        ordered = min(taken.get(line.id, NOTHING), line.quantity)
        missed = unmet.get(line.id, NOTHING)
        left = still_open(QuotedLine(line.quantity, ordered), missed)
        figures.append(LineFigures(line.id, line.quantity, ordered, left, missed))
    return figures


def preview(document_id: int, lines: Sequence[Mapping[str, Any]]) -> tuple[list[Amounts], Amounts]:
    """The amounts of lines as they are being typed, and the document's; nothing is written. Raises ``RuleBroken``."""
    entered = entered_lines(Terms.of(get(Document, document_id), vat_rates()), lines)
    amounts = [Amounts(line.net, line.vat, line.gross) for line in entered]
    counted = (own for own, line in zip(amounts, entered, strict=True) if not line.optional)
    return amounts, total(counted)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a product is usually offered at in a document."""

    description: str
    unit: str
    price: Decimal | None
    vat_code: str
    discount: Decimal


def offer_of(document_id: int, product_id: int) -> Offer:
    """What a new line of a product begins with; the discount is that of the document's campaign."""
    document, product = get(Document, document_id), get(Product, product_id)
    terms = Terms.of(document, ())
    code = usual_code(product.vat_code, terms.tax_regime)
    discount = campaign_discount(document.campaign_id, product.vendor_id, document.date)
    return Offer(product.name, product.unit, price_in(terms, product), code, discount)


def campaign_discount(campaign_id: int | None, vendor_id: int | None, day: dt.date) -> Decimal:
    """The discount that a campaign gives on a vendor's products on a day; 0 where it gives none."""
    campaign = Campaign.get_or_none(Campaign.id == campaign_id) if campaign_id else None
    if campaign is None or campaign.vendor_id not in (None, vendor_id):
        return NOTHING
    begun = campaign.start is None or campaign.start <= day
    over = campaign.end is not None and campaign.end < day
    return Decimal(campaign.discount) if begun and not over else NOTHING


def kind_of_document(document_id: int) -> str:
    """Of which kind a document is; that of a quote where there is none of this id, so that a screen can say so."""
    return str(Document.select(Document.kind).where(Document.id == document_id).scalar() or "quote")
