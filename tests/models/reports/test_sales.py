"""The reports on the funnel, closed deals, campaigns and unmet demand, over one small history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.campaigns.actions import add_campaign
from models.errors import RuleBroken
from models.periods import Period
from models.reports.catalogue import REPORTS
from models.reports.frame import Question
from models.sales.actions_deals import move_deal, new_deal
from models.sales.tables import Stage
from models.writing import Actor
from tests.models.sales.test_effects import World
from tests.models.worlds import a_client, a_product

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def history(director: Actor) -> Actor:
    """Three deals: won in March after 10 days, lost in April after 40, open since April."""
    stages = {stage.code: stage.id for stage in Stage.select()}
    product = a_product(director, "GRD-01")
    campaign = add_campaign(director, {"name": "Spring sale"})
    client = a_client(director)
    values = {"client": client, "product": product, "campaign": campaign}
    won = new_deal(director, {"title": "a", "expected": Decimal(500), **values}, day=DAY)
    move_deal(director, won, stages["won"], day=DAY + dt.timedelta(days=10))
    lost = new_deal(director, {"title": "b", "expected": Decimal(300), "product": product}, day=DAY)
    move_deal(director, lost, stages["lost"], day=DAY + dt.timedelta(days=40))
    new_deal(director, {"title": "c", "expected": Decimal(1000)}, stages["quoted"], DAY + dt.timedelta(days=31))
    return director


def asked(name: str, **question: Any) -> list[dict[str, Any]]:
    answer = REPORTS[name].ask(Question(**question))
    names = [column.id for column in answer.columns]
    assert answer.total == () or len(answer.total) == len(names)
    return [dict(zip(names, row, strict=True)) for row in answer.rows]


def test_the_funnel_has_a_line_for_each_stage(history: Actor) -> None:
    lines = {line["stage"]: line for line in asked("funnel")}
    assert [lines[name]["deals"] for name in ("Prospecting", "Quote sent", "Won", "Lost")] == [0, 1, 1, 1]
    first = lines["Prospecting"]
    assert (first["entered"], first["left"], first["lost"], first["lost_amount"]) == (2, 2, 1, Decimal(300))
    assert (first["conversion"], first["median_days"]) == (Decimal(50), Decimal(25))
    assert lines["Quote sent"]["weighted"] == Decimal(400)
    notes = REPORTS["funnel"].ask(Question()).notes
    assert notes[0] == "Won: 1 of 2 closed deals (50 %); median days to close: 25."
    assert notes[1].startswith("“Prospecting” loses the most: 1 of 2 deals")


def test_the_funnel_is_narrowed_and_compared(history: Actor) -> None:
    april = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    lines = {line["stage"]: line for line in asked("funnel", period=april, compare=True)}
    assert (lines["Lost"]["deals"], lines["Lost"]["deals_before"]) == (1, 0)
    assert (lines["Won"]["deals"], lines["Won"]["deals_before"]) == (0, 1)
    assert (lines["Prospecting"]["deals"], lines["Prospecting"]["deals_before"]) == (0, 1)
    narrowed = {line["stage"]: line["deals"] for line in asked("funnel", where={"campaign": "spring"})}
    assert (narrowed["Won"], narrowed["Lost"], narrowed["Quote sent"]) == (1, 0, 0)
    assert asked("funnel", where={"product": "GRD-01", "operator": "anna", "vendor": "Гранд"})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"where": {"colour": "red"}}, "cannot be narrowed"),
        ({"where": {"operator": "nobody"}}, "There is no “nobody”"),
        ({"by": ("month",)}, "not grouped by"),
        ({"compare": True}, "no period before"),
    ],
)
def test_what_the_report_does_not_have_is_said(history: Actor, question: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        REPORTS["funnel"].ask(Question(**question))


def test_closed_deals_are_summed_in_groups(history: Actor) -> None:
    (line,) = asked("deals")
    assert line == {
        "operator": "Anna", "won": 1, "won_amount": 500, "lost": 1, "win_rate": 50, "median_days": 25
    }  # fmt: skip
    months = asked("deals", by=("month", "campaign"))
    assert [(line["month"], line["campaign"], line["won"], line["lost"]) for line in months] == [
        ("2026-03", "Spring sale", 1, 0), ("2026-04", "", 0, 1)
    ]  # fmt: skip
    assert [line["vendor"] for line in asked("deals", by=("vendor",))] == ["Гранд"]
    assert [line["client"] for line in asked("deals", by=("client",))] == ["ООО «Ромашка»", ""]
    assert asked("deals", period=Period(DAY, DAY)) == []


def test_campaigns_and_unmet_demand_are_reported_with_their_money(director: Actor) -> None:
    World(director)
    campaigns = asked("campaigns")
    assert [line["campaign"] for line in campaigns] == ["Autumn", "Spring", "without a campaign"]
    assert campaigns[1]["paid"] == 700 and campaigns[0]["cost"] == 3600
    assert "cost" not in asked("campaigns", sees_cost=False)[0]
    month = Period(dt.date(2026, 5, 1), dt.date(2026, 5, 31))
    assert [line["revenue_before"] for line in asked("campaigns", period=month, compare=True)] == [0, 0, 0]
    assert [line["reason"] for line in asked("unmet-demand", by=("reason",))] == ["competitor", "not stated"]
    assert asked("unmet-demand", where={"reason": "competitor"})[0]["quantity"] == 10
    assert asked("unmet-demand", period=month) == []
    year = Period(dt.date.today() + dt.timedelta(days=1), dt.date.today() + dt.timedelta(days=30))
    (gone,) = asked("unmet-demand", period=year, compare=True)
    assert (gone["money"], gone["money_before"] > 0) == (0, True)
