"""Every write to a client's addresses and bank accounts on cards of their own.

They are parts of the client: its version goes up with them, so that its form, where they stand too, is never saved over
what was changed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.clients.detail_fields import ADDRESS_FIELDS, BANK_ACCOUNT_FIELDS
from models.clients.tables import Address, BankAccount, Client
from models.company.permissions import EDIT_CLIENTS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.requisites import check_account
from models.writing import Change, action, get

NEW_ADDRESS: Mapping[str, Any] = {"kind": "delivery"}
NEW_BANK_ACCOUNT: Mapping[str, Any] = {"currency": "RUB"}


@action("add_address", EDIT_CLIENTS)
def add_address(change: Change, values: Mapping[str, Any]) -> int:
    """Make an address of a client; returns its id."""
    return _add(change, Address(**with_defaults(ADDRESS_FIELDS, values, NEW_ADDRESS)))


@action("edit_address", EDIT_CLIENTS)
def edit_address(
    change: Change, address_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of an address."""
    cleaned = checked(ADDRESS_FIELDS, values)
    address = get(Address, address_id)
    change.expect(address, version, values, base, address_values)
    return _edit(change, address, cleaned)


@action("remove_address", EDIT_CLIENTS)
def remove_address(change: Change, address_id: int) -> None:
    """Delete an address: nothing refers to it."""
    _remove(change, get(Address, address_id))


@action("add_bank_account", EDIT_CLIENTS)
def add_bank_account(change: Change, values: Mapping[str, Any]) -> int:
    """Make a bank account of a client; returns its id. Raises ``RuleBroken`` where account and BIK do not fit."""
    cleaned = with_defaults(BANK_ACCOUNT_FIELDS, values, NEW_BANK_ACCOUNT)
    _keep_together(cleaned, None)
    return _add(change, BankAccount(**cleaned))


@action("edit_bank_account", EDIT_CLIENTS)
def edit_bank_account(
    change: Change, account_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a bank account."""
    cleaned = checked(BANK_ACCOUNT_FIELDS, values)
    account = get(BankAccount, account_id)
    change.expect(account, version, values, base, bank_account_values)
    _keep_together(bank_account_values(account) | cleaned, account_id)
    return _edit(change, account, cleaned)


@action("remove_bank_account", EDIT_CLIENTS)
def remove_bank_account(change: Change, account_id: int) -> None:
    """Delete a bank account: nothing refers to it."""
    _remove(change, get(BankAccount, account_id))


def _keep_together(values: Mapping[str, Any], own_id: int | None) -> None:
    """The check key of an account fits its BIK; a client has an account once."""
    check_account(values["account"], values["bik"])
    same = (BankAccount.client == values["client"]) & (BankAccount.account == values["account"])
    found = BankAccount.get_or_none(same)
    if found is not None and found.id != own_id:
        raise RuleBroken("account", _("The client has this account already."), _("Open that one instead."))


def _add(change: Change, detail: Address | BankAccount) -> int:
    change.insert(detail)
    _touch(change, detail.client_id)
    return int(detail.id)


def _edit(change: Change, detail: Address | BankAccount, values: Mapping[str, Any]) -> bool:
    before = detail.client_id
    if not change.update(detail, values):
        return False
    for client_id in {before, detail.client_id}:
        _touch(change, client_id)
    return True


def _remove(change: Change, detail: Address | BankAccount) -> None:
    change.delete(detail)
    _touch(change, detail.client_id)


def _touch(change: Change, client_id: int) -> None:
    change.update(get(Client, client_id), {}, touch=True)


def address_values(address: Address) -> dict[str, Any]:
    """All field values of an address, as forms compare them."""
    return {field.name: address.__data__[field.name] for field in ADDRESS_FIELDS}


def bank_account_values(account: BankAccount) -> dict[str, Any]:
    """All field values of a bank account."""
    return {field.name: account.__data__[field.name] for field in BANK_ACCOUNT_FIELDS}
