"""Every write to the headers of contracts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.clock import today
from models.company.permissions import EDIT_CONTRACTS
from models.company.settings import setting
from models.company.tables import Company
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.sales.fields import CONTRACT_FIELDS
from models.sales.tables import ContractHeader, Document
from models.writing import Change, action, get

NEW_CONTRACT: Mapping[str, Any] = {"state": "draft", "vat_code": "standard", "total": Decimal(0)}


@action("add_contract", EDIT_CONTRACTS)
def add_contract(change: Change, values: Mapping[str, Any]) -> int:
    """Make the header of a contract; returns its id."""
    ours = list(Company.select(Company.id).where(Company.active).order_by(Company.id).limit(2))
    defaults = {
        "date": today(), "currency": setting("base_currency"), "responsible": change.actor.operator_id,
        "company": ours[0].id if len(ours) == 1 else None,
    }  # fmt: skip
    cleaned = with_defaults(CONTRACT_FIELDS, values, {**NEW_CONTRACT, **defaults})
    _check(cleaned, None)
    return int(change.insert(ContractHeader(**cleaned)).id)


@action("edit_contract", EDIT_CONTRACTS)
def edit_contract(
    change: Change, contract_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a contract's header."""
    cleaned = checked(CONTRACT_FIELDS, values)
    contract = get(ContractHeader, contract_id)
    change.expect(contract, version, values, base, contract_values)
    _check(contract_values(contract) | cleaned, contract_id)
    moved = any(cleaned.get(name, contract.__data__[name]) != contract.__data__[name] for name in ("client", "company"))
    if moved and Document.select().where(Document.contract == contract_id).exists():
        raise RuleBroken(
            "client", _("Documents go by this contract: its client and company stay."), _("Make another contract.")
        )
    return change.update(contract, cleaned)


def _check(contract: Mapping[str, Any], own_id: int | None) -> None:
    if contract["total"] is not None and contract["total"] < 0:
        raise RuleBroken("total", _("The amount is negative."))
    if contract["start"] and contract["end"] and contract["end"] < contract["start"]:
        raise RuleBroken("end", _("The contract would end before it starts."))
    same = ContractHeader.select().where(
        (ContractHeader.company == contract["company"])
        & (ContractHeader.client == contract["client"])
        & (ContractHeader.number == contract["number"])
        & (ContractHeader.date == contract["date"])
    )
    found = same.where(ContractHeader.id != own_id).first() if own_id else same.first()
    if found is not None:
        raise RuleBroken(
            "number",
            _("There is a contract {number} of this day with this client already.").format(number=found.number),
            _("Open that one, or give another number."),
        )


def contract_values(contract: ContractHeader) -> dict[str, Any]:
    """All field values of a contract's header."""
    return {field.name: contract.__data__.get(field.name) for field in CONTRACT_FIELDS}
