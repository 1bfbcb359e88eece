"""Every write to our own companies, operators and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.company.accounts import FIELD as ACCOUNTS
from models.company.accounts import account_texts, set_accounts
from models.company.events import CompanyFounded
from models.company.fields import COMPANY_FIELDS, OPERATOR_FIELDS
from models.company.permissions import ADMINISTER, ROLE_PERMISSIONS
from models.company.regime_changes import FIELD as REGIMES
from models.company.regime_changes import regime_texts, set_regimes
from models.company.settings import SETTINGS, checked_setting
from models.company.tables import Company, Operator, Setting
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.writing import Actor, Change, action, get

NEW_OPERATOR: Mapping[str, Any] = {"active": True, "weekly_hours": 40, "hourly_cost": 0}
NEW_COMPANY: Mapping[str, Any] = {"tax_regime": "general", "active": True}


def founder(login: str, name: str, origin: str) -> Actor:
    """Who founds a company: there is no operator yet, so the one that is being made has a director's rights."""
    return Actor(login, name, None, ROLE_PERMISSIONS["director"], origin)


@action("found_company", ADMINISTER)
def found_company(change: Change, company: Mapping[str, Any], director: Mapping[str, Any]) -> int:
    """Make the first legal entity and the first operator, a director; returns the operator's id."""
    if Operator.select().exists():
        raise RuleBroken("", _("This database has its operators already."), _("Use “turbofly operator add”."))
    add_company(change, company)
    operator = add_operator(change, {"roles": ("director",), **director})
    change.emit(CompanyFounded())
    return operator


@action("add_company", ADMINISTER)
def add_company(change: Change, values: Mapping[str, Any]) -> int:
    """Make a legal entity of ours; returns its id."""
    cleaned = with_defaults(COMPANY_FIELDS, values, NEW_COMPANY)
    _refuse_same_company(cleaned["name"], None)
    accounts, regimes = cleaned.pop(ACCOUNTS), cleaned.pop(REGIMES)
    company_id = int(change.insert(Company(**cleaned)).id)
    set_accounts(change, company_id, accounts)
    set_regimes(change, company_id, regimes)
    return company_id


@action("edit_company", ADMINISTER)
def edit_company(
    change: Change, company_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a legal entity of ours."""
    cleaned = checked(COMPANY_FIELDS, values)
    company = get(Company, company_id)
    change.expect(company, version, values, base, company_values)
    if "name" in cleaned:
        _refuse_same_company(cleaned["name"], company_id)
    accounts, regimes = cleaned.pop(ACCOUNTS, None), cleaned.pop(REGIMES, None)
    changed = accounts is not None and set_accounts(change, company_id, accounts)
    changed |= regimes is not None and set_regimes(change, company_id, regimes)
    return change.update(company, cleaned, touch=changed)


def _refuse_same_company(name: str, own_id: int | None) -> None:
    found = Company.get_or_none(Company.name == name)
    if found is not None and found.id != own_id:
        raise RuleBroken("name", _("There is a company “{name}” already.").format(name=name))


@action("add_operator", ADMINISTER)
def add_operator(change: Change, values: Mapping[str, Any]) -> int:
    """Make an operator; returns the id."""
    cleaned = with_defaults(OPERATOR_FIELDS, values, NEW_OPERATOR)
    _refuse_taken_logins(cleaned["login"], cleaned["system_login"], None)
    return int(change.insert(Operator(**cleaned | {"roles": " ".join(cleaned["roles"])})).id)


@action("edit_operator", ADMINISTER)
def edit_operator(
    change: Change, operator_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of an operator. The last active director stays one."""
    cleaned = checked(OPERATOR_FIELDS, values)
    operator = get(Operator, operator_id)
    change.expect(operator, version, values, base, operator_values)
    after = operator_values(operator) | cleaned
    _refuse_taken_logins(after["login"], after["system_login"], operator_id)
    if "director" not in after["roles"] or not after["active"]:
        _refuse_to_lose_last_director(operator)
    if "roles" in cleaned:
        cleaned["roles"] = " ".join(cleaned["roles"])
    return change.update(operator, cleaned)


def keep_rules(operator: Operator) -> None:
    """Hold an operator that an undo restored against the logins of the others, and keep a director."""
    _refuse_taken_logins(operator.login, operator.system_login, operator.id)
    if not any("director" in other.role_set for other in Operator.select().where(Operator.active)):
        raise RuleBroken("roles", _("There would be no active director."), _("Make another one first."))


def _refuse_taken_logins(login: str, system_login: str, own_id: int | None) -> None:
    for name, column, value in (
        ("login", Operator.login, login),
        ("system_login", Operator.system_login, system_login),
    ):
        found = Operator.get_or_none((column == value) & (Operator.id != (own_id or 0))) if value else None
        if found is not None:
            raise RuleBroken(
                name,
                _("“{value}” is already the login of {name}.").format(value=value, name=found.name),
                _("Choose another."),
            )


def _refuse_to_lose_last_director(operator: Operator) -> None:
    if "director" not in operator.role_set or not operator.active:
        return
    others = Operator.select().where((Operator.id != operator.id) & Operator.active)
    if not any("director" in other.role_set for other in others):
        raise RuleBroken(
            "roles", _("{name} is the last active director.").format(name=operator.name), _("Make another one first.")
        )


@action("change_setting", ADMINISTER)
def change_setting(change: Change, name: str, value: str) -> bool:
    """Set a setting of the whole company; raises ``RuleBroken`` for an unknown name or a value it cannot have."""
    text = checked_setting(name, value)
    found = Setting.get_or_none(Setting.name == name)
    if found is not None:
        return change.update(found, {"value": text})
    if text == SETTINGS[name].default:
        return False
    change.insert(Setting(name=name, value=text))
    return True


def operator_values(operator: Operator) -> dict[str, Any]:
    """All field values of an operator, as forms compare them."""
    values = {field.name: operator.__data__[field.name] for field in OPERATOR_FIELDS}
    return values | {"roles": tuple(operator.roles.split())}


def company_values(company: Company) -> dict[str, Any]:
    """All field values of a legal entity of ours."""
    values = {field.name: company.__data__[field.name] for field in COMPANY_FIELDS if field.kind != "texts"}
    return values | {ACCOUNTS: account_texts(company.id), REGIMES: regime_texts(company.id)}
