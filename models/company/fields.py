"""The fields of our legal entities and operators."""

from __future__ import annotations

import re

from models.company.permissions import ROLE_TITLES
from models.errors import RuleBroken
from models.fields import Field
from models.language import N_, NP_, _
from models.requisites import check_inn, check_kpp, check_ogrn

TAX_REGIMES = {
    "general": N_("general"),
    "simplified": N_("simplified"),
    "simplified_vat": N_("simplified with VAT"),
}


def check_login(text: str) -> str:
    """A login: Latin letters, digits, point, hyphen, underscore."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}", text):
        raise RuleBroken(
            "login",
            _("“{text}” is no login.").format(text=text),
            _("Use Latin letters, digits, point, hyphen; it begins with a letter or digit."),
        )
    return text


OPERATOR_FIELDS: tuple[Field, ...] = (
    Field("login", N_("Login"), required=True, check=check_login),
    Field("name", NP_("person", "Name"), required=True),
    Field("roles", N_("Roles"), "choices", choices=ROLE_TITLES, required=True),
    Field("system_login", N_("System login"), hint=N_("who logs in to this machine so, is this operator")),
    Field("active", N_("Active"), "flag"),
    Field("weekly_hours", N_("Hours a week"), "integer"),
    Field("hourly_cost", N_("Cost of an hour"), "money"),
)

COMPANY_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Name"), required=True),
    Field("legal_name", N_("Legal name")),
    Field("inn", N_("INN"), check=check_inn),
    Field("kpp", N_("KPP"), check=check_kpp),
    Field("ogrn", N_("OGRN"), check=check_ogrn),
    Field("address", N_("Address")),
    Field("director", N_("Director")),
    Field("accountant", N_("Chief accountant")),
    Field("tax_regime", N_("Tax regime"), "choice", choices=TAX_REGIMES, hint=N_("what it began with")),
    Field(
        "regime_changes",
        N_("Its changes"),
        "texts",
        hint=N_("from which day it has which regime, one change per line: 2026-01-01 simplified with VAT"),
    ),
    Field("active", N_("Active"), "flag"),
    Field(
        "bank_accounts",
        N_("Bank accounts"),
        "texts",
        hint=N_("account, BIK, correspondent account and bank with spaces between, one per line; forms name the first"),
    ),
)
