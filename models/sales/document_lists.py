"""The journal of documents as a list: of all kinds, or of one."""

from __future__ import annotations

from typing import Any

from models.campaigns.tables import Campaign
from models.catalogue.tables import Product
from models.catalogue.vocabulary import VAT_CODES
from models.clients.tables import Client
from models.company.tables import Company, Operator
from models.conditions import Condition, FilterField, contains
from models.language import N_, NP_
from models.listing import Column, Sort
from models.lookup import named
from models.sales.tables import ContractHeader, Deal, Document, DocumentLine, Stage
from models.sales.vocabulary import DOCUMENT_KINDS, DOCUMENT_STATES, KINDS_OF_DOCUMENT, LIVE_STATES, SIGNED
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold

_D = Document


def _with_product(text: str) -> Condition:
    lines = DocumentLine.select(DocumentLine.document).where(named(DocumentLine.product, "product", text))
    return _D.id.in_(lines)


def _in_stage(text: str) -> Condition:
    stages = Stage.select(Stage.id).where(contains(Stage.folded, fold(text)))
    return _D.deal.in_(Deal.select(Deal.id).where(Deal.stage.in_(stages)))


def _of_operator(text: str) -> Condition:
    matching = (Operator.login == text.lower()) | contains(Operator.name, text)
    return _D.operator.in_(Operator.select(Operator.id).where(matching))


def _of_campaign(text: str) -> Condition:
    return _D.campaign.in_(Campaign.select(Campaign.id).where(contains(Campaign.folded, fold(text))))


def _of_company(text: str) -> Condition:
    return _D.company.in_(Company.select(Company.id).where(contains(Company.name, text)))


def _by_contract(text: str) -> Condition:
    return _D.contract.in_(ContractHeader.select(ContractHeader.id).where(contains(ContractHeader.number, text)))


def _is_open(text: str) -> Condition:
    """Whether something is not settled yet."""
    wanted = text.casefold() in ("yes", "true", "1", "да", "д", "y", "+")
    unpaid = (_D.gross > _D.settled) & _D.state.in_(LIVE_STATES)
    return unpaid if wanted else ~unpaid


_COLUMNS: tuple[ListColumn, ...] = (
    ListColumn(Column("kind", N_("Kind"), "state", width=12, sort="none"), _D.kind),
    ListColumn(Column("number", N_("Number"), width=10, sort="fast"), _D.number),
    ListColumn(Column("date", N_("Date"), "date", width=10, sort="fast"), _D.date),
    ListColumn(Column("client", N_("Client"), width=26, sort="slow"), Client.name, Client.sort_name, ("client",)),
    ListColumn(Column("gross", N_("Amount"), "money", width=14, sort="fast"), _D.gross),
    ListColumn(Column("state", N_("State"), "state", width=12), _D.state),
    ListColumn(Column("stage", N_("Stage"), width=14, priority=4), Stage.name),
    ListColumn(Column("settled", N_("Settled"), "money", width=13, priority=5), _D.settled),
    ListColumn(Column("operator", N_("Operator"), width=12, priority=5, sort="slow"), Operator.name,
               joins=("operator",)),
    ListColumn(Column("currency", N_("Currency"), width=4, priority=6), _D.currency),
    ListColumn(Column("due", N_("Due"), "date", width=10, priority=6, sort="slow"), _D.due),
    ListColumn(Column("valid_until", N_("Valid until"), "date", width=10, priority=6, sort="slow"), _D.valid_until),
    ListColumn(Column("signed", N_("Signed original"), "state", width=12, priority=6), _D.signed),
    ListColumn(Column("contract", N_("Contract"), width=12, priority=7, hidden=True), ContractHeader.number),
    ListColumn(Column("campaign", N_("Campaign"), width=16, priority=7, hidden=True), Campaign.name),
    ListColumn(Column("company", N_("Company"), width=18, priority=7, hidden=True), Company.name),
    ListColumn(Column("net", N_("Without VAT"), "money", width=14, priority=7, hidden=True), _D.net),
    ListColumn(Column("vat", N_("VAT"), "money", width=12, priority=7, hidden=True), _D.vat),
    ListColumn(Column("outside_number", N_("Their number"), width=12, priority=7, hidden=True), _D.outside_number),
    ListColumn(Column("reason", N_("Reason"), width=20, priority=8, hidden=True), _D.reason),
    ListColumn(Column("note", N_("Note"), width=20, priority=8, hidden=True), _D.note),
)  # fmt: skip
_FIELDS: tuple[FilterField, ...] = (
    FilterField("kind", "state", _D.kind, values=DOCUMENT_KINDS, title=N_("Kind")),
    FilterField("number", "text", _D.number, title=N_("Number")),
    FilterField("date", "date", _D.date, title=N_("Date")),
    FilterField("client", "text", _D.client, ask=lambda text: named(_D.client, "client", text), title=N_("Client")),
    FilterField("amount", "money", _D.gross, title=N_("Amount")),
    FilterField("state", "state", _D.state, values=DOCUMENT_STATES, title=N_("State")),
    FilterField("stage", "text", _D.deal, ask=_in_stage, title=N_("Stage")),
    FilterField("product", "text", _D.id, ask=_with_product, title=N_("Product")),
    FilterField("operator", "text", _D.operator, ask=_of_operator, title=N_("Operator")),
    FilterField("campaign", "text", _D.campaign, ask=_of_campaign, title=N_("Campaign")),
    FilterField("contract", "text", _D.contract, ask=_by_contract, title=N_("Contract")),
    FilterField("company", "text", _D.company, ask=_of_company, title=N_("Company")),
    FilterField("unpaid", "flag", None, ask=_is_open, title=N_("Unpaid")),
    FilterField("due", "date", _D.due, title=N_("Due")),
    FilterField("valid_until", "date", _D.valid_until, title=N_("Valid until")),
    FilterField("signed", "state", _D.signed, values=SIGNED, title=N_("Signed original")),
    FilterField("currency", "text", _D.currency, title=N_("Currency")),
    FilterField("their_number", "text", _D.outside_number, title=N_("Their number")),
)
_JOINS: dict[str, Join] = {
    "client": Join(Client, _D.client == Client.id),
    "operator": Join(Operator, _D.operator == Operator.id),
    "contract": Join(ContractHeader, _D.contract == ContractHeader.id),
    "campaign": Join(Campaign, _D.campaign == Campaign.id),
    "company": Join(Company, _D.company == Company.id, required=True),
    "deal": Join(Deal, _D.deal == Deal.id),
    "stage": Join(Stage, Deal.stage == Stage.id),
}
_NOT_SHOWN: dict[str, frozenset[str]] = {
    "quote": frozenset({"settled", "due", "signed", "outside_number"}),
    "order": frozenset({"settled", "outside_number"}),
    "invoice": frozenset({"valid_until", "outside_number"}),
    "shipment": frozenset({"settled", "due", "valid_until", "outside_number"}),
    "payment_in": frozenset({"due", "valid_until", "signed", "stage", "net", "vat"}),
    "payment_out": frozenset({"due", "valid_until", "signed", "stage", "net", "vat"}),
    "supplier_order": frozenset({"valid_until", "signed", "stage"}),
    "receipt": frozenset({"valid_until", "stage", "settled"}),
    "licence_order": frozenset({"settled", "due", "valid_until", "outside_number", "stage"}),
}
"""By kind: columns that say nothing there."""


def document_list(kind: str | None) -> ListDefinition:
    """The journal, or the list of the documents of one kind."""
    if kind is None:
        return _list_of(_COLUMNS, _FIELDS, None)
    hidden = _NOT_SHOWN[kind] | {"kind"}
    columns = tuple(column for column in _COLUMNS if column.column.id not in hidden)
    fields = tuple(field for field in _FIELDS if field.name != "kind")
    return _list_of(columns, fields, _D.kind == KINDS_OF_DOCUMENT[kind].name)


def _list_of(columns: tuple[ListColumn, ...], fields: tuple[FilterField, ...], only: Any) -> ListDefinition:
    return ListDefinition(
        kind="document", table=Document, columns=columns, fields=fields, default_sort=Sort("date", descending=True),
        joins=_JOINS, lookup="document", only=only,
    )  # fmt: skip


NOT_SIGNED: Condition = (
    _D.kind.in_(("shipment", "receipt")) & (_D.signed == "") & (_D.state == "posted") & _D.corrects.is_null()
)
"""Documents whose signed original has not come back: the condition to fix on the list."""

_L = DocumentLine
DOCUMENT_LINES = ListDefinition(
    kind="document_line",
    table=DocumentLine,
    columns=(
        ListColumn(Column("position", NP_("line", "No."), "integer", width=3, sort="slow"), _L.position),
        ListColumn(Column("code", N_("Code"), width=12, priority=3), Product.code),
        ListColumn(Column("description", N_("Description"), width=36), _L.description),
        ListColumn(Column("quantity", N_("Quantity"), "quantity", width=9), _L.quantity),
        ListColumn(Column("unit", N_("Unit"), width=5, priority=4), _L.unit),
        ListColumn(Column("price", N_("Price"), "money", width=12, priority=2), _L.price),
        ListColumn(Column("discount", N_("Discount, %"), "quantity", width=7, priority=3), _L.discount),
        ListColumn(Column("vat_code", N_("VAT"), "state", width=10, priority=3), _L.vat_code),
        ListColumn(Column("net", N_("Without VAT"), "money", width=13, priority=4), _L.net),
        ListColumn(Column("vat", N_("VAT"), "money", width=12, priority=4), _L.vat),
        ListColumn(Column("gross", N_("Amount"), "money", width=13), _L.gross),
        ListColumn(Column("optional", N_("Optional"), "flag", width=6, priority=5), _L.optional),
    ),
    fields=(
        FilterField("description", "text", _L.description, title=N_("Description")),
        FilterField("product", "text", _L.product, ask=lambda text: named(_L.product, "product", text),
                    title=N_("Product")),
        FilterField("vat_code", "state", _L.vat_code, values=VAT_CODES, title=N_("VAT")),
        FilterField("amount", "money", _L.gross, title=N_("Amount")),
    ),
    default_sort=Sort("position"),
    joins={"product": Join(Product, _L.product == Product.id)},
)  # fmt: skip
