"""Every write to campaigns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.campaigns.fields import CAMPAIGN_FIELDS
from models.campaigns.tables import Campaign
from models.company.permissions import EDIT_CAMPAIGNS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.text import fold
from models.writing import Change, action, get

NEW_CAMPAIGN: Mapping[str, Any] = {
    "kind": "own", "state": "planned", "discount": Decimal(0), "planned_budget": Decimal(0)
}  # fmt: skip
_NOTHING = {"discount": Decimal(0), "planned_budget": Decimal(0)}


@action("add_campaign", EDIT_CAMPAIGNS)
def add_campaign(change: Change, values: Mapping[str, Any]) -> int:
    """Make a campaign; returns its id. Raises ``RuleBroken``."""
    cleaned = _complete(with_defaults(CAMPAIGN_FIELDS, values, NEW_CAMPAIGN))
    _keep_together(cleaned)
    _refuse_same_name(cleaned["name"], None)
    return int(change.insert(Campaign(folded=fold(cleaned["name"]), **cleaned)).id)


@action("edit_campaign", EDIT_CAMPAIGNS)
def edit_campaign(
    change: Change, campaign_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a campaign. Raises ``RuleBroken``, ``Conflict``."""
    cleaned = _complete(checked(CAMPAIGN_FIELDS, values))
    campaign = get(Campaign, campaign_id)
    change.expect(campaign, version, values, base, campaign_values)
    _keep_together(campaign_values(campaign) | cleaned)
    if "name" in cleaned:
        _refuse_same_name(cleaned["name"], campaign_id)
        cleaned["folded"] = fold(cleaned["name"])
    return change.update(campaign, cleaned)


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """An emptied amount is none of it."""
    return values | {name: zero for name, zero in _NOTHING.items() if name in values and values[name] is None}


def _keep_together(values: Mapping[str, Any]) -> None:
    """The rules between two fields: a vendor's promotion has a vendor, no campaign ends before it starts."""
    if values["kind"] == "vendor" and values["vendor"] is None:
        raise RuleBroken(
            "vendor", _("A vendor's promotion needs its vendor."), _("Pick the vendor, or make the campaign our own.")
        )
    start, end = values["start"], values["end"]
    if isinstance(start, dt.date) and isinstance(end, dt.date) and end < start:
        raise RuleBroken("end", _("It would end before it starts."), _("Correct one of the two days."))
    if values["planned_budget"] < 0:
        raise RuleBroken("planned_budget", _("A budget is not below zero."))


def _refuse_same_name(name: str, own_id: int | None) -> None:
    found = Campaign.get_or_none(Campaign.folded == fold(name))
    if found is not None and found.id != own_id:
        raise RuleBroken("name", _("There is a campaign “{name}” already.").format(name=found.name))


def campaign_values(campaign: Campaign) -> dict[str, Any]:
    """All field values of a campaign, as forms compare them."""
    return {field.name: campaign.__data__[field.name] for field in CAMPAIGN_FIELDS}
