"""The fields of a client's addresses and bank accounts, as their own cards show them."""

from __future__ import annotations

import re

from models.clients.vocabulary import ADDRESS_KINDS
from models.errors import RuleBroken
from models.fields import Field
from models.language import N_, _
from models.requisites import check_account, check_bik


def check_currency(text: str) -> str:
    """A currency by its three letters (ISO 4217)."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise RuleBroken(
            "currency", _("“{text}” is no currency.").format(text=text), _("Write its three letters, as RUB or EUR.")
        )
    return code


ADDRESS_FIELDS: tuple[Field, ...] = (
    Field("kind", N_("Kind"), "choice", choices=ADDRESS_KINDS),
    Field("text", N_("Address"), required=True),
    Field("postal_code", N_("Postal code")),
    Field("country", N_("Country")),
    Field("region", N_("Region")),
    Field("city", N_("City")),
    Field("client", N_("Client"), "reference", reference="client", required=True),
)
BANK_ACCOUNT_FIELDS: tuple[Field, ...] = (
    Field("account", N_("Account"), required=True, check=lambda text: check_account(text, "")),
    Field("bik", N_("BIK"), check=check_bik),
    Field("bank", N_("Bank")),
    Field("currency", N_("Currency"), check=check_currency, hint=N_("three letters, as RUB")),
    Field("client", N_("Client"), "reference", reference="client", required=True),
)
