"""The fields of deals, contracts, documents, lines and stages."""

from __future__ import annotations

import re

from models.catalogue.vocabulary import VAT_CODES
from models.company.permissions import SEE_COST
from models.errors import RuleBroken
from models.fields import Field
from models.language import N_, NP_, _
from models.sales.vocabulary import CONTRACT_STATES, DOCUMENT_KINDS, FORMS, PURPOSES, SIGNED, STAGE_KINDS, UNMET_REASONS


def check_currency(text: str) -> str:
    """A currency by its code of ISO 4217."""
    code = text.upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise RuleBroken(
            "currency",
            _("“{text}” is no currency.").format(text=text),
            _("Give its code of three letters, as RUB."),
        )
    return code


_COMPANY = Field("company", N_("Company"), "reference", required=True, reference="company")
_CLIENT = Field("client", N_("Client"), "reference", reference="client")
_OPERATOR = Field("operator", N_("Operator"), "reference", reference="operator")
_CAMPAIGN = Field("campaign", N_("Campaign"), "reference", reference="campaign")
_CURRENCY = Field("currency", N_("Currency"), required=True, check=check_currency)
_RATE = Field("rate", N_("Rate"), "quantity", places=6, hint=N_("units of the base currency for one"))
_NOTE = Field("note", N_("Note"), "lines")

DEAL_FIELDS: tuple[Field, ...] = (
    Field("title", N_("Title"), required=True),
    _CLIENT,
    _OPERATOR,
    _CAMPAIGN,
    Field("product", N_("Product"), "reference", reference="product", hint=N_("what it is mostly about")),
    Field("expected", N_("Expected sum"), "money"),
    _CURRENCY,
    _RATE,
    Field("expected_date", N_("Expected on"), "date"),
    Field("competitors", N_("Competitors")),
    Field("external_number", N_("External number"), hint=N_("its number in another program")),
    _NOTE,
)
CONTRACT_FIELDS: tuple[Field, ...] = (
    _COMPANY,
    Field("number", N_("Number"), required=True),
    Field("client", N_("Client"), "reference", required=True, reference="client"),
    Field("subject", NP_("contract", "Subject")),
    Field("date", N_("Date"), "date", required=True),
    Field("start", N_("Start"), "date"),
    Field("end", N_("End"), "date"),
    _CURRENCY,
    Field("total", N_("Total"), "money"),
    Field("vat_code", N_("VAT"), "choice", choices=VAT_CODES),
    Field("responsible", N_("Responsible"), "reference", reference="operator"),
    _CAMPAIGN,
    Field("state", N_("State"), "choice", choices=CONTRACT_STATES),
    _NOTE,
)
DOCUMENT_FIELDS: tuple[Field, ...] = (
    _COMPANY,
    _CLIENT,
    Field("end_user", N_("End user"), "reference", reference="client", hint=N_("where it is not the client")),
    Field("person", N_("Contact person"), "reference", reference="person"),
    Field("contract", N_("Contract"), "reference", reference="contract"),
    Field("deal", N_("Deal"), "reference", reference="deal"),
    _OPERATOR,
    _CAMPAIGN,
    Field("date", N_("Date"), "date", required=True),
    _CURRENCY,
    _RATE,
    Field("prices_include_vat", N_("Prices include VAT"), "flag"),
    Field("valid_until", N_("Valid until"), "date"),
    Field("due", N_("Due"), "date"),
    Field("terms", N_("Terms of payment"), "lines"),
    Field("form", N_("Form"), "choice", choices={"": N_("usual"), **FORMS}),
    Field("purpose", N_("Purpose"), "choice", choices=PURPOSES),
    Field("outside_number", N_("Their number"), hint=N_("the payer's order, the supplier's delivery note")),
    Field("outside_date", N_("Their date"), "date"),
    _NOTE,
)
"""The header of a document of any kind; ``document_fields`` says which of them a kind has."""
AMOUNT_FIELD = Field("gross", N_("Amount"), "money", required=True)
_ONLY: dict[str, frozenset[str]] = {
    "valid_until": frozenset({"quote", "order"}),
    "due": frozenset({"invoice", "order", "supplier_order", "receipt"}),
    "form": frozenset({"shipment"}),
    "purpose": frozenset({"licence_order"}),
    "outside_number": frozenset({"payment_in", "payment_out", "receipt", "supplier_order"}),
    "outside_date": frozenset({"payment_in", "payment_out", "receipt", "supplier_order"}),
}
_NOT_OF_PAYMENTS = frozenset({"end_user", "person", "prices_include_vat", "terms"})


def document_fields(kind: str) -> tuple[Field, ...]:
    """The fields that the header of a kind of document has."""
    return _FIELDS_OF_KIND.setdefault(kind, tuple(_fields_of(kind)))


def _fields_of(kind: str) -> list[Field]:
    payment = kind.startswith("payment")
    fields = [
        field
        for field in DOCUMENT_FIELDS
        if kind in _ONLY.get(field.name, {kind}) and not (payment and field.name in _NOT_OF_PAYMENTS)
    ]
    return [*fields, AMOUNT_FIELD] if payment else fields


_FIELDS_OF_KIND: dict[str, tuple[Field, ...]] = {}

# A correction takes back what was wrong by a negative quantity; ``lines.py`` refuses it anywhere else.
LINE_FIELDS: tuple[Field, ...] = (
    Field("product", N_("Product"), "reference", reference="product"),
    Field("description", N_("Description")),
    Field("quantity", N_("Quantity"), "quantity", least=-(10**9)),
    Field("unit", N_("Unit")),
    Field("price", N_("Price"), "money"),
    Field("price_includes_vat", N_("With VAT"), "flag"),
    Field("discount", N_("Discount, %"), "quantity", most=100),
    Field("vat_code", N_("VAT"), "choice", choices=VAT_CODES),
    Field("optional", N_("Optional"), "flag", hint=N_("offered, not counted until taken")),
    Field("end_user", N_("End user"), "reference", reference="client"),
    _CAMPAIGN,
    Field("cost", N_("Cost"), "money", hint=N_("of the whole line, in the base currency"), permission=SEE_COST),
)
DEAL_SHOWN: tuple[Field, ...] = (
    Field("number", N_("Number")),
    Field("stage", N_("Stage"), "reference", reference="stage"),
    Field("stage_since", N_("In it since"), "date"),
    Field("opened", N_("Opened"), "date"),
    Field("closed", N_("Closed"), "date"),
    Field("lost_reason", N_("Reason of the loss"), "choice", choices={"": "", **UNMET_REASONS}),
)
"""What of a deal is shown and not edited."""
DOCUMENT_SHOWN: tuple[Field, ...] = (
    Field("kind", N_("Kind"), "choice", choices=DOCUMENT_KINDS),
    Field("number", N_("Number")),
    Field("net", N_("Without VAT"), "money"),
    Field("vat", N_("VAT"), "money"),
    Field("gross", N_("Amount"), "money"),
    Field("settled", N_("Settled"), "money"),
    Field("basis", N_("Basis"), "reference", reference="document"),
    Field("supersedes", NP_("document", "Supersedes"), "reference", reference="document"),
    Field("corrects", NP_("document", "Corrects"), "reference", reference="document"),
    Field("signed", N_("Signed original"), "choice", choices=SIGNED),
    Field("signed_on", N_("Returned on"), "date"),
    Field("reason", N_("Reason")),
)
"""What of a document is shown beside its header."""
STAGE_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Name"), required=True),
    Field("position", N_("Position"), "integer"),
    Field("probability", N_("Probability, %"), "integer", most=100),
    Field("kind", N_("Kind"), "choice", choices=STAGE_KINDS),
    Field("rot_days", N_("Rots after, days"), "integer", hint=N_("days after which a deal in it rots")),
    Field("active", N_("Active"), "flag"),
)
UNMET_FIELDS: tuple[Field, ...] = (
    Field("reason", N_("Reason"), "choice", choices=UNMET_REASONS),
    Field("competitor", N_("Competitor")),
)
