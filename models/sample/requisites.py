"""Numbers that pass their checks: INN, KPP, OGRN, bank accounts. They are made up; one may happen to be somebody's."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from models.requisites import account_remainder

_COMPANY_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_PERSON_WEIGHTS_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_PERSON_WEIGHTS_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank by the name and BIK that stand in the central bank's public directory."""

    name: str
    bik: str

    @property
    def correspondent(self) -> str:
        """Its account at the Bank of Russia, as usual: it ends as the BIK does, the ninth digit is a key."""
        number = f"30101810{{key}}00000000{self.bik[-3:]}"
        remainder = account_remainder(number.format(key=0), self.bik[:6] + "000")
        return number.format(key=remainder * 3 % 10)


BANKS = (
    Bank("ПАО Сбербанк", "044525225"),
    Bank("Банк ВТБ (ПАО)", "044525187"),
    Bank("АО «Альфа-Банк»", "044525593"),
    Bank("АО «Райффайзенбанк»", "044525700"),
    Bank("Банк ГПБ (АО)", "044525823"),
    Bank("ПАО «Промсвязьбанк»", "044525555"),
    Bank("АО «Россельхозбанк»", "044525111"),
    Bank("Северо-Западный банк ПАО Сбербанк", "044030653"),
    Bank("Уральский банк ПАО Сбербанк", "046577674"),
    Bank("Сибирский банк ПАО Сбербанк", "045004641"),
)


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 % 10)


def company_inn(random: Random, tax_region: str) -> str:
    """An INN of an organisation: tax office, number, one check digit."""
    digits = f"{tax_region}{random.randrange(1, 60):02d}{random.randrange(100_000):05d}"
    return digits + _check_digit(digits, _COMPANY_WEIGHTS)


def person_inn(random: Random, tax_region: str) -> str:
    """An INN of a person: tax office, number, two check digits."""
    digits = f"{tax_region}{random.randrange(1, 60):02d}{random.randrange(1_000_000):06d}"
    digits += _check_digit(digits, _PERSON_WEIGHTS_11)
    return digits + _check_digit(digits, _PERSON_WEIGHTS_12)


def kpp(inn: str) -> str:
    """The KPP of an organisation at its own tax office."""
    return inn[:4] + "01001"


def company_ogrn(random: Random, year: int, tax_region: str) -> str:
    """An OGRN of an organisation registered in a year (2002 and later)."""
    digits = f"1{year % 100:02d}{tax_region}{random.randrange(10_000_000):07d}"
    return digits + str(int(digits) % 11 % 10)


def person_ogrn(random: Random, year: int, tax_region: str) -> str:
    """An OGRNIP of a sole trader, one that every checker takes: the remainder by 13 has one digit."""
    while True:
        digits = f"3{year % 100:02d}{tax_region}{random.randrange(1_000_000_000):09d}"
        remainder = int(digits) % 13
        if remainder < 10:
            return digits + str(remainder)


def bank_account(random: Random, bank: Bank, balance_account: str) -> str:
    """A rouble account at a bank, its ninth digit the key that fits the BIK."""
    branch_and_number = f"{random.randrange(10_000):04d}{random.randrange(10_000_000):07d}"
    remainder = account_remainder(f"{balance_account}8100{branch_and_number}", bank.bik)
    return f"{balance_account}810{remainder * 3 % 10}{branch_and_number}"
