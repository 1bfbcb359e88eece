"""The bank accounts of our legal entities: a line each, checked, in the order in which they are entered."""

from __future__ import annotations

import pytest

from models.company.accounts import account_texts, accounts_of, read_account
from models.company.actions import company_values, edit_company
from models.company.tables import Company
from models.errors import RuleBroken
from models.undo import last_change, undo
from models.writing import Actor

SBER = "40702810438000000019 044525225 30101810400000000225 ПАО Сбербанк"
VTB = "40702810400000000018 044525187 30101810700000000187 Банк ВТБ (ПАО)"


def valid(text: str) -> str:
    """The line with a key that makes its account fit its BIK."""
    from models.requisites import account_remainder

    account, bik, rest = text.split(" ", 2)
    bare = account[:8] + "0" + account[9:]
    return f"{account[:8]}{account_remainder(bare, bik) * 3 % 10}{account[9:]} {bik} {rest}"


def test_accounts_are_entered_as_lines_and_read_back(director: Actor) -> None:
    company = Company.get()
    lines = (valid(SBER), valid(VTB))
    assert edit_company(director, company.id, company.version, {"bank_accounts": lines})
    assert account_texts(company.id) == lines
    company = Company.get()
    assert company_values(company)["bank_accounts"] == lines
    assert not edit_company(director, company.id, company.version, {"bank_accounts": lines})
    assert edit_company(director, company.id, company.version, {"bank_accounts": lines[1:]})
    assert [row.bank for row in accounts_of(company.id)] == ["Банк ВТБ (ПАО)"]


def test_undo_brings_accounts_back(director: Actor) -> None:
    company = Company.get()
    edit_company(director, company.id, company.version, {"bank_accounts": (valid(SBER),)})
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert account_texts(company.id) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("40702810", "no bank account of ours"),
        ("40702810438000000018 044525225 ПАО Сбербанк", "does not fit the BIK"),
        (valid(SBER).replace("30101810400000000225", "30101810500000000225"), "correspondent account"),
    ],
)
def test_what_does_not_fit_together_is_refused(text: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        read_account(text)


@pytest.mark.parametrize(
    ("bik", "account"),
    [("044525225", "30101810400000000225"), ("044525974", "30101810145250000974")],
)
def test_correspondent_accounts_of_real_banks_pass(bik: str, account: str) -> None:
    assert read_account(valid(f"40702810438000000019 {bik} {account} Банк"))[2] == account
