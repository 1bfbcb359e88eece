"""Tax and bank numbers: what makes each one valid, without a database.

INN and OGRN by python-stdnum; OGRNIP, KPP and the account's check key are ours. Each check takes text as typed and
returns the bare number; an empty text is no number and passes. A bad one raises ``RuleBroken``.
"""

from __future__ import annotations

import re
from typing import Any

from models.errors import RuleBroken
from models.language import _

_ACCOUNT_WEIGHTS = (7, 1, 3) * 7 + (7, 1)


def _digits(text: str) -> str:
    return re.sub(r"[\s\u00a0-]", "", text)


def check_inn(text: str, field: str = "inn") -> str:
    """An INN: 10 digits of an organisation or 12 of a person, with its check digits (order MMV-7-6/435 of the FNS)."""
    number = _digits(text)
    if not number:
        return ""
    from stdnum.ru import inn

    if not inn.is_valid(number) or number.startswith("00"):
        raise RuleBroken(
            field,
            _("“{number}” is no valid INN.").format(number=text.strip()),
            _("An INN has 10 digits (company) or 12 (person), the last are check digits. Look for a mistyped one."),
        )
    return number


def check_ogrn(text: str, field: str = "ogrn") -> str:
    """An OGRN (13 digits) or OGRNIP (15 digits, beginning with 3) with its check digit (order 165n of 2017).

    The check digit of an OGRNIP is the last digit of the remainder by 13; python-stdnum 2.2 refuses the numbers whose
    remainder has two digits.
    """
    number = _digits(text)
    if not number:
        return ""
    from stdnum.ru import ogrn

    if len(number) == 15:
        valid = number.isascii() and number.isdigit() and number[0] == "3"
        valid = valid and int(number[:-1]) % 13 % 10 == int(number[-1])
    else:
        valid = ogrn.is_valid(number)
    if not valid:
        raise RuleBroken(
            field,
            _("“{number}” is no valid OGRN.").format(number=text.strip()),
            _("An OGRN has 13 digits, that of a sole trader 15; the last is a check digit. Look for a mistyped one."),
        )
    return number


def check_kpp(text: str, field: str = "kpp") -> str:
    """A KPP: four digits of the tax office, two digits or capitals A-Z of the reason, three digits."""
    number = _digits(text).upper()
    if number and not re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", number):
        raise RuleBroken(
            field,
            _("“{number}” is no valid KPP.").format(number=text.strip()),
            _("A KPP has 9 characters: 4 digits, 2 digits or Latin letters, 3 digits."),
        )
    return number


def check_bik(text: str, field: str = "bik") -> str:
    """A BIK: nine digits, beginning with Russia's 04 (or 00-02 for the central bank's own and the treasury)."""
    number = _digits(text)
    if number and not re.fullmatch(r"(04|0[0-2])[0-9]{7}", number):
        raise RuleBroken(
            field,
            _("“{number}” is no valid BIK.").format(number=text.strip()),
            _("A BIK has 9 digits and begins with 04."),
        )
    return number


def check_account(account: str, bik: str, field: str = "account") -> str:
    """A Russian bank account of 20 digits whose check key fits its bank's BIK (order 515 of the Bank of Russia, 1997).

    Without a BIK only its form is checked. An account of another country's bank passes as IBAN.
    """
    number = re.sub(r"[\s\u00a0.-]", "", account).upper()
    if not number:
        return ""
    if re.match(r"[A-Z]{2}[0-9]{2}", number):
        return _check_iban(number, account, field)
    if not re.fullmatch(r"[0-9]{5}[0-9A-Z][0-9]{14}|[0-9]{20}", number):
        raise RuleBroken(
            field, _("“{number}” is no bank account.").format(number=account.strip()), _("An account has 20 digits.")
        )
    if bik and account_remainder(number, bik) != 0:
        raise RuleBroken(
            field,
            _("The account {account} does not fit the BIK {bik}.").format(account=number, bik=bik),
            _("One of the two has a mistyped digit."),
        )
    return number


def check_correspondent(account: str, bik: str, field: str = "correspondent") -> str:
    """The account of a bank at the Bank of Russia, whose key goes with the region and clearing centre of the BIK."""
    number = _digits(account)
    if number and bik and account_remainder(number, bik[:6] + "000") != 0:
        raise RuleBroken(
            field,
            _("The correspondent account {account} does not fit the BIK {bik}.").format(account=number, bik=bik),
            _("One of the two has a mistyped digit."),
        )
    return number


def _check_iban(number: str, typed: str, field: str) -> str:
    from stdnum import iban

    if not iban.is_valid(number, check_country=False):
        raise RuleBroken(field, _("“{number}” is no valid IBAN.").format(number=typed.strip()), _("Check its digits."))
    return number


def account_remainder(account: str, bik: str) -> int:
    """The weighted sum of BIK part and account, modulo 10: 0 for a pair that fits.

    A clearing centre's account (BIK ending in 000-002) takes ``0`` and digits 5-6 of the BIK, others the last three.
    """
    prefix = f"0{bik[4:6]}" if bik[-3:] in ("000", "001", "002") else bik[-3:]
    digits = prefix + "".join(c if c.isdigit() else _CURRENCY_LETTERS[c] for c in account)
    return sum(weight * int(digit) for weight, digit in zip(_ACCOUNT_WEIGHTS, digits, strict=True)) % 10


def check_foreign_tax_id(number: str, country: str, field: str = "foreign_tax_id") -> str:
    """A tax id of another country, by any of the forms that python-stdnum knows there; of countries that it does not
    know every number passes."""
    if not number or not country or country == "RU":
        return number
    known = _number_forms(country)
    if known and not any(form.is_valid(number) for form in known):
        raise RuleBroken(
            field,
            _("“{number}” is no valid tax id in {country}.").format(number=number.strip(), country=country),
            _("Look for a mistyped digit, or correct the country."),
        )
    return number


def _number_forms(country: str) -> list[Any]:
    """The modules of python-stdnum for the numbers of a country."""
    from importlib import import_module, util
    from pkgutil import iter_modules

    name = f"stdnum.{country.lower()}"
    name = name if util.find_spec(name) else f"{name}_"
    if not util.find_spec(name):
        return []
    return [import_module(f"{name}.{one.name}") for one in iter_modules(import_module(name).__path__)]


# Accounts in clearing currencies carry a letter at the sixth place; it counts as this digit.
_CURRENCY_LETTERS = dict.fromkeys("DFGIJLNOQRSUVWYZ", "0") | {
    letter: str(number) for number, letter in enumerate("ABCEHKMPTX")
}
