"""The fields of products and vendors."""

from __future__ import annotations

import re
from functools import cache

from models.catalogue.vocabulary import NUMBER_SCOPES, PRODUCT_KINDS, PROTECTION_METHODS, TERM_STARTS, VAT_CODES
from models.company.permissions import SEE_COST
from models.errors import RuleBroken
from models.fields import Field
from models.language import N_, _

_WHAT, _PRICE, _POLICY = N_("Product"), N_("Price"), N_("Licence policy")


def check_pattern(text: str) -> str:
    """A pattern of licence numbers: ``A`` a letter, ``9`` a digit, ``X`` a hexadecimal digit, ``*`` either; the rest
    stands for itself, a letter that is meant literally after ``\\``."""
    if text.endswith("\\") and not text.endswith("\\\\"):
        raise RuleBroken(
            "number_pattern", _("The pattern ends in a lone “\\”."), _("Write the letter that is meant after it.")
        )
    if len(text) > 100:
        raise RuleBroken("number_pattern", _("The pattern is longer than 100 characters."), _("Shorten it."))
    return text


_PATTERN_SIGNS = {"A": "[A-ZА-Я]", "9": "[0-9]", "X": "[0-9A-F]", "*": "[0-9A-ZА-Я]"}


def pattern_matches(pattern: str, number: str) -> bool:
    """Whether a number has the form of a pattern; case does not matter, an empty pattern takes every number."""
    return not pattern or _compiled(pattern).fullmatch(number) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    signs = iter(pattern)
    for sign in signs:
        parts.append(re.escape(next(signs, "")) if sign == "\\" else _PATTERN_SIGNS.get(sign, re.escape(sign)))
    return re.compile("".join(parts), re.IGNORECASE)


VENDOR_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Name"), required=True),
    Field("website", N_("Web site")),
    Field("note", N_("Note"), "lines"),
)

PRODUCT_FIELDS: tuple[Field, ...] = (
    Field("code", N_("Code"), required=True, group=_WHAT),
    Field("name", N_("Name"), required=True, group=_WHAT),
    Field("aliases", N_("Aliases"), "texts", group=_WHAT, hint=N_("how price lists and old tables spell it")),
    Field("vendor", N_("Vendor"), "reference", reference="vendor", group=_WHAT),
    Field("kind", N_("Kind"), "choice", choices=PRODUCT_KINDS, group=_WHAT),
    Field("unit", N_("Unit"), group=_WHAT),
    Field("active", N_("On sale"), "flag", group=_WHAT),
    Field("price", N_("Price"), "money", group=_PRICE),
    Field("currency", N_("Currency"), group=_PRICE, hint=N_("empty: the company's")),
    Field("cost", N_("Purchase cost"), "money", permission=SEE_COST, group=_PRICE),
    Field("vat_code", N_("VAT"), "choice", choices=VAT_CODES, group=_PRICE),
    Field("register_number", N_("Number in the software register"), group=_PRICE),
    Field("unique_items", N_("One instance per unit"), "flag", group=_POLICY),
    Field("protection_method", N_("Protection"), "choice", choices=PROTECTION_METHODS, group=_POLICY),
    Field("term_months", N_("Term, months"), "integer", group=_POLICY, hint=N_("empty: perpetual"), least=1),
    Field("term_from", N_("Term counts"), "choice", choices=TERM_STARTS, group=_POLICY),
    Field("seats", N_("Seats"), "integer", group=_POLICY, least=1),
    Field("maintenance_months", N_("Maintenance, months"), "integer", group=_POLICY),
    Field(
        "number_pattern",
        N_("Number format"),
        check=check_pattern,
        group=_POLICY,
        hint=N_("A letter, 9 digit, X hexadecimal, * any; the rest as it is"),
    ),
    Field("number_unique_per", N_("Numbers are unique"), "choice", choices=NUMBER_SCOPES, group=_POLICY),
    Field("returnable", N_("Can be returned"), "flag", group=_POLICY),
    Field(
        "pool_low", N_("Codes run low at"), "integer", group=_POLICY, hint=N_("warn when so few are left in the pool")
    ),
    Field("note", N_("Note"), "lines", group=_WHAT),
)
