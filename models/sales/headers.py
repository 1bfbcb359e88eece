"""The header of a document: what is usual where nothing was entered, and what its references have to agree on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.actor import Actor
from models.clients.tables import Client, Person
from models.clock import today
from models.company.settings import setting
from models.company.tables import Company
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.sales.fields import document_fields
from models.sales.tables import ContractHeader, Deal, Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, DocumentKind
from models.writing import get

LINES_DEPEND_ON = frozenset({"date", "rate", "company"})
"""Fields that the amounts of the lines depend on."""
_ONE = Decimal(1)


def kind_named(name: str) -> DocumentKind:
    """The kind of document of a name; raises ``RuleBroken``."""
    if name not in KINDS_OF_DOCUMENT:
        raise RuleBroken("kind", _("There is no kind of document “{name}”.").format(name=name))
    return KINDS_OF_DOCUMENT[name]


def new_header(kind: str, values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The checked header of a new document, with what is usual for what is not given."""
    defaults: dict[str, Any] = {
        "company": _usual_company(values), "operator": actor.operator_id, "date": today(),
        "currency": setting("base_currency"), "rate": _ONE, "prices_include_vat": True, "form": "",
        "purpose": "", "gross": Decimal(0),
    }  # fmt: skip
    fields = document_fields(kind)
    cleaned = with_defaults(fields, values, defaults)
    check_header(cleaned)
    return _with_base_rate(cleaned)


def edited_header(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """The checked changes of a draft's header, checked together with what stays."""
    cleaned = checked(document_fields(document.kind), values)
    after = header_values(document) | cleaned
    check_header(after)
    return cleaned | {name: value for name, value in _with_base_rate(after).items() if name == "rate"}


def _usual_company(values: Mapping[str, Any]) -> int | None:
    """The contract's company, else ours where there is one only."""
    if values.get("contract"):
        return int(get(ContractHeader, values["contract"]).company_id)
    ours = list(Company.select(Company.id).where(Company.active).order_by(Company.id).limit(2))
    return int(ours[0].id) if len(ours) == 1 else None


def _with_base_rate(header: dict[str, Any]) -> dict[str, Any]:
    """The base currency's rate is 1, whatever was entered."""
    if header["currency"] == setting("base_currency"):
        header["rate"] = _ONE
    elif header["rate"] is None or header["rate"] <= 0:
        raise RuleBroken("rate", _("The rate of {currency} is missing.").format(currency=header["currency"]))
    return header


def check_header(header: Mapping[str, Any]) -> None:
    """Raise ``RuleBroken`` where references of a header do not agree with each other, or days are out of order."""
    client = header.get("client")
    if header.get("person") and get(Person, header["person"]).client_id not in (client, header.get("end_user")):
        raise RuleBroken("person", _("This person is of another client."), _("Pick one of the client's people."))
    if header.get("contract"):
        contract = get(ContractHeader, header["contract"])
        if contract.client_id != client:
            raise RuleBroken("contract", _("This contract is with another client."), _("Pick one of the client's."))
        if contract.company_id != header["company"]:
            raise RuleBroken("contract", _("This contract is of another company of ours."))
    if header.get("deal"):
        deal = get(Deal, header["deal"])
        if client and deal.client_id not in (None, client) and not get(Client, client).is_supplier:
            raise RuleBroken("deal", _("This deal is with another client."), _("Pick another deal, or none."))
    if header.get("valid_until") and header["valid_until"] < header["date"]:
        raise RuleBroken("valid_until", _("It would be valid until a day before its date."))
    if header.get("gross") is not None and header["gross"] < 0:
        raise RuleBroken(
            "gross", _("The amount is negative."), _("Enter money that goes the other way as the other kind.")
        )


def header_values(document: Document) -> dict[str, Any]:
    """All field values of a document's header."""
    return {field.name: document.__data__.get(field.name) for field in document_fields(document.kind)}


def check_complete(document: Document) -> None:
    """Raise ``RuleBroken`` for the first field that a document of its kind needs before it is issued."""
    titles = {field.name: field.title for field in document_fields(document.kind)}
    for name in KINDS_OF_DOCUMENT[document.kind].required:
        if not document.__data__.get(name):
            raise RuleBroken(name, _("{field} is missing.").format(field=_(titles[name])), _("Fill it in."))
