"""The fields of clients and of contact persons."""

from __future__ import annotations

import re

from models.clients.vocabulary import CLIENT_KINDS, CLIENT_STATUSES
from models.errors import RuleBroken
from models.fields import Field
from models.language import N_, NP_, _
from models.reading import read_phone
from models.requisites import check_inn, check_kpp, check_ogrn

_IDENTITY, _TAX, _CONTACT, _WORK = N_("Client"), N_("Tax ids"), N_("Reached at"), N_("Our work")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]{2,}")


def check_email(text: str) -> str:
    """An e-mail address: one ``@``, no spaces, a domain with a point."""
    address = text.strip().removeprefix("mailto:").strip("<>")
    if not _EMAIL.fullmatch(address):
        raise RuleBroken(
            "emails", _("“{text}” is no e-mail address.").format(text=text), _("It is written as name@company.ru.")
        )
    return address


def check_country(text: str) -> str:
    """A country by its two letters (ISO 3166)."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise RuleBroken(
            "country", _("“{text}” is no country.").format(text=text), _("Write its two letters, as RU, KZ or BY.")
        )
    return code


def check_phone(text: str) -> str:
    """A phone number as written."""
    return read_phone(text, "phones")


CLIENT_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Name"), required=True, group=_IDENTITY),
    Field("legal_name", N_("Legal name"), group=_IDENTITY),
    Field("kind", N_("Kind"), "choice", choices=CLIENT_KINDS, group=_IDENTITY),
    Field("status", N_("Status"), "choice", choices=CLIENT_STATUSES, group=_IDENTITY),
    Field("is_supplier", N_("Supplier"), "flag", group=_IDENTITY),
    Field("group", N_("Group of companies"), "reference", reference="client_group", group=_IDENTITY),
    Field("external_code", N_("Code"), group=_IDENTITY, hint=N_("how another program names it")),
    Field("inn", N_("INN"), check=check_inn, group=_TAX),
    Field("kpp", N_("KPP"), check=check_kpp, group=_TAX),
    Field("ogrn", N_("OGRN"), check=check_ogrn, group=_TAX),
    Field("country", N_("Country"), check=check_country, group=_TAX, hint=N_("two letters, as RU")),
    Field("foreign_tax_id", N_("Foreign tax id"), group=_TAX),
    Field("phones", N_("Phones"), "texts", check=check_phone, group=_CONTACT),
    Field("emails", N_("E-mail"), "texts", check=check_email, group=_CONTACT),
    Field("website", N_("Web site"), group=_CONTACT),
    Field("legal_address", N_("Legal address"), group=_CONTACT),
    Field("postal_address", N_("Postal address"), group=_CONTACT),
    Field(
        "bank_accounts",
        N_("Bank accounts"),
        "texts",
        group=_TAX,
        hint=N_("account, BIK and bank with spaces between, one per line"),
    ),
    Field("responsible", N_("Responsible"), "reference", reference="operator", group=_WORK),
    Field("source", N_("Source"), group=_WORK),
    Field("tags", N_("Tags"), "texts", group=_WORK),
    Field("signatory", N_("Signatory"), group=_TAX),
    Field("signatory_position", N_("Signatory's position"), group=_TAX),
    Field("signatory_basis", N_("Acts on the basis of"), group=_TAX),
    Field("note", N_("Note"), "lines", group=_WORK),
    Field("archived", N_("Archived"), "flag", group=_WORK),
)

PERSON_FIELDS: tuple[Field, ...] = (
    Field("name", NP_("person", "Name"), required=True),
    Field("client", N_("Client"), "reference", reference="client", required=True),
    Field("position", N_("Position")),
    Field("phones", N_("Phones"), "texts", check=check_phone),
    Field("emails", N_("E-mail"), "texts", check=check_email),
    Field("birthday", N_("Birthday"), "date"),
    Field("note", N_("Note"), "lines"),
)
