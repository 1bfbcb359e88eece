"""What may be written to campaigns, and how they are listed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.campaigns.actions import add_campaign, campaign_values, edit_campaign
from models.campaigns.lists import CAMPAIGNS
from models.campaigns.tables import Campaign
from models.catalogue.actions import vendor_named
from models.company.permissions import permissions_of
from models.errors import NotAllowed, RuleBroken
from models.table_listing import TableListing
from models.undo import last_change, undo
from models.writing import Actor, get

AUTUMN = dt.date(2026, 9, 1)


def test_a_new_campaign_is_our_own_and_planned(director: Actor) -> None:
    campaign = get(Campaign, add_campaign(director, {"name": "Осенние скидки", "discount": Decimal("12.5")}))
    assert (campaign.kind, campaign.state, campaign.discount) == ("own", "planned", Decimal("12.5"))
    assert campaign.planned_budget == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "vendor"}, "vendor"),
        ({"start": AUTUMN, "end": dt.date(2026, 8, 31)}, "end"),
        ({"discount": Decimal("100.5")}, "discount"),
        ({"discount": Decimal(-1)}, "discount"),
        ({"planned_budget": Decimal(-1)}, "planned_budget"),
        ({"name": "осенние  СКИДКИ"}, "name"),
        ({"state": "asleep"}, "state"),
    ],
)
def test_a_broken_rule_names_its_field(director: Actor, values: dict[str, Any], field: str) -> None:
    add_campaign(director, {"name": "Осенние скидки"})
    with pytest.raises(RuleBroken) as broken:
        add_campaign(director, {"name": "Another", **values})
    assert broken.value.field == field


def test_a_rule_between_two_fields_holds_when_one_of_them_is_edited(director: Actor) -> None:
    record = add_campaign(director, {"name": "Осень", "start": AUTUMN, "end": dt.date(2026, 11, 30)})
    with pytest.raises(RuleBroken):
        edit_campaign(director, record, 1, {"end": dt.date(2026, 8, 1)})
    assert edit_campaign(director, record, 1, {"end": AUTUMN})


def test_an_emptied_amount_is_none_of_it(director: Actor) -> None:
    record = add_campaign(director, {"name": "Осень", "discount": Decimal(5), "planned_budget": Decimal(100)})
    edit_campaign(director, record, 1, {"discount": None, "planned_budget": None})
    values = campaign_values(get(Campaign, record))
    assert (values["discount"], values["planned_budget"]) == (0, 0)


def test_undo_does_not_bring_back_a_name_that_another_has_now(director: Actor) -> None:
    record = add_campaign(director, {"name": "Осень"})
    edit_campaign(director, record, 1, {"name": "Зима"})
    change = last_change(director)
    add_campaign(director, {"name": "Осень"})
    assert change is not None
    with pytest.raises(RuleBroken, match="cannot be taken back"):
        undo(director, change)


def test_who_may_not_edit_campaigns_makes_none(director: Actor) -> None:
    engineer = Actor("oleg", "Oleg", None, permissions_of(frozenset({"engineer"})), "test")
    with pytest.raises(NotAllowed):
        add_campaign(engineer, {"name": "Осень"})


def test_the_list_is_filtered_by_vendor_state_day_and_discount(director: Actor) -> None:
    vendor = vendor_named(director, "Нанософт")
    add_campaign(director, {"name": "Осень", "start": AUTUMN, "discount": Decimal("12.5")})
    add_campaign(director, {"name": "Переход", "kind": "vendor", "vendor": vendor, "state": "running"})
    listing = TableListing.of(CAMPAIGNS)
    assert [row.cells[0] for row in listing.page(0, 10)] == ["Осень", "Переход"]
    for text, name in (
        ("vendor:нано", "Переход"),
        ("state:running", "Переход"),
        ("start:2026-09", "Осень"),
        ("discount>10", "Осень"),
        ("осен", "Осень"),
    ):
        assert [row.cells[0] for row in listing.with_filter(text).page(0, 10)] == [name]
