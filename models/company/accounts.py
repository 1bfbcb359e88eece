"""The bank accounts of our legal entities, each entered as one line of text; the first is the one that forms name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.company.tables import CompanyAccount
from models.errors import RuleBroken
from models.language import _
from models.requisites import check_account, check_bik, check_correspondent
from models.writing import Change

FIELD = "bank_accounts"
_Entered = tuple[str, str, str, str]


def account_texts(company_id: int) -> tuple[str, ...]:
    """The accounts of a legal entity, each as a line of its form."""
    return tuple(_text(_entered(row)) for row in accounts_of(company_id))


def accounts_of(company_id: int) -> list[CompanyAccount]:
    """The accounts of a legal entity in their order."""
    return list(CompanyAccount.select().where(CompanyAccount.company == company_id).order_by(CompanyAccount.id))


def set_accounts(change: Change, company_id: int, texts: Sequence[str]) -> bool:
    """Bring the accounts of a legal entity to what the lines say, in their order; returns whether any changed."""
    wanted = list(dict.fromkeys(read_account(text) for text in texts if text.strip()))
    rows = accounts_of(company_id)
    if [_entered(row) for row in rows] == wanted:
        return False
    for row, entered in zip(rows, wanted, strict=False):
        account, bik, correspondent, bank = entered
        change.update(row, {"account": account, "bik": bik, "correspondent": correspondent, "bank": bank})
    for row in rows[len(wanted) :]:
        change.delete(row)
    for account, bik, correspondent, bank in wanted[len(rows) :]:
        change.insert(
            CompanyAccount(company=company_id, account=account, bik=bik, correspondent=correspondent, bank=bank)
        )
    return True


def read_account(text: str) -> _Entered:
    """Account, BIK, correspondent account, bank: what a line says; checked together. Raises ``RuleBroken``."""
    found = re.match(r"(\S+)\s+([0-9]{9})\b(?:\s+([0-9]{20})\b)?\s*(.*)", text.strip())
    if found is None:
        raise RuleBroken(
            FIELD,
            _("“{text}” is no bank account of ours.").format(text=text.strip()),
            _("Write account, BIK, correspondent account and bank with spaces between."),
        )
    bik = check_bik(found[2], FIELD)
    correspondent = check_correspondent(found[3] or "", bik, FIELD)
    return check_account(found[1], bik, FIELD), bik, correspondent, found[4]


def _entered(row: CompanyAccount) -> _Entered:
    return row.account, row.bik, row.correspondent, row.bank


def _text(entered: _Entered) -> str:
    account, bik, correspondent, bank = entered
    return " ".join(part for part in (account, bik, correspondent, bank) if part)
