"""What campaigns brought and what was wanted and not bought, from documents as operators write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.campaigns.actions import add_campaign
from models.clock import today
from models.periods import Period
from models.sales.actions_answers import cancel_document, decline_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.actions_payments import record_payment
from models.sales.actions_unmet import state_reason
from models.sales.campaign_effect import Effect
from models.sales.campaign_queries import EffectFigure, behind_effect, campaign_effects
from models.sales.tables import Deal, Document, UnmetDemand
from models.sales.unmet_queries import UnmetBy, UnmetSelection, unmet_behind, unmet_demand
from models.writing import Actor
from tests.models.sales.worlds import DAY, an_issued, line_ids, some_products
from tests.models.worlds import a_client

NET = Decimal("1.22")


class World:
    """Two campaigns, a quote of two products under each; the first sold in part, the second declined."""

    def __init__(self, by: Actor) -> None:
        self.spring = add_campaign(by, {"name": "Spring", "planned_budget": Decimal(5000)})
        self.autumn = add_campaign(by, {"name": "Autumn"})
        self.client = a_client(by)
        self.products = some_products(by, 2, vat_code="standard")
        one, two = self.products
        lines = [
            {"product": one, "quantity": Decimal(10)},
            {"product": two, "quantity": Decimal(3), "campaign": self.autumn},
        ]
        self.quote = an_issued(by, "quote", lines, client=self.client, campaign=self.spring)
        first, second = line_ids(self.quote)
        self.order = make_next(by, [self.quote], "order", {first: Decimal(4), second: Decimal(3)}, {"date": DAY})
        issue_document(by, self.order)
        self.shipment = make_next(by, [self.order], "shipment", None, {"date": DAY})
        issue_document(by, self.shipment)
        spent = {"client": self.client, "gross": Decimal(700), "date": DAY, "campaign": self.spring}
        record_payment(by, spent, kind="payment_out")
        self.lost = an_issued(by, "quote", lines[:1], client=self.client, campaign=self.autumn)
        decline_document(by, self.lost, reason="competitor", competitor="Rival")
        an_issued(by, "quote", lines[:1], client=self.client)
        cancel_document(by, an_issued(by, "order", lines[:1], client=self.client, campaign=self.autumn), "mistake")


@pytest.fixture
def world(director: Actor) -> World:
    return World(director)


def by_name() -> dict[str, Effect]:
    return {effect.name: effect for effect in campaign_effects()}


def net(gross: int) -> Decimal:
    """Without VAT of 22 %, rounded as a line is."""
    return (Decimal(gross) - (Decimal(gross) * 220 / 1220)).quantize(Decimal("0.01"))


def test_documents_count_by_their_header_and_money_by_the_line(world: World) -> None:
    found = by_name()
    spring, autumn, without = found["Spring"].brought, found["Autumn"].brought, found["without a campaign"].brought
    assert (spring.quotes, spring.orders, spring.deals, spring.won) == (1, 1, 1, 1)
    assert (autumn.quotes, autumn.orders, autumn.deals, autumn.won) == (1, 0, 1, 0)
    assert (without.quotes, without.orders, without.won) == (1, 0, 0)
    assert [spring.revenue, spring.cost, spring.paid, spring.planned] == [net(4000), 2400, 700, 5000]
    assert [autumn.revenue, autumn.cost, autumn.paid] == [net(6000), 3600, 0]
    assert found["Spring"].profit == net(4000) - 2400 - 700
    assert [effect.name for effect in campaign_effects()] == ["Autumn", "Spring", "without a campaign"]
    (alone,) = campaign_effects(campaign=world.spring)
    assert alone == found["Spring"]


def test_what_is_behind_each_figure_of_a_campaign(world: World) -> None:
    def documents(figure: EffectFigure, campaign: int | None) -> list[int]:
        return [row.id for row in Document.select().where(behind_effect(campaign, figure)).order_by(Document.id)]

    assert documents("quotes", world.spring) == [world.quote]
    assert documents("orders", world.spring) == [world.order]
    assert documents("revenue", world.autumn) == documents("revenue", world.spring) == [world.shipment]
    assert len(documents("paid", world.spring)) == 1
    deals = [
        Deal.select().where(behind_effect(campaign, "won")).count() for campaign in (world.spring, world.autumn, None)
    ]
    assert deals == [1, 0, 0]
    assert Deal.select().where(behind_effect(world.autumn, "deals")).count() == 1


def test_a_campaign_counts_within_a_period(world: World) -> None:
    day = dt.timedelta(days=1)
    before = {effect.name: effect.brought for effect in campaign_effects(Period(None, DAY - day))}
    assert [before["Spring"].quotes, before["Spring"].revenue, before["Spring"].paid] == [0, 0, 0]
    on_the_day = {effect.name: effect.brought for effect in campaign_effects(Period(DAY, DAY))}
    assert on_the_day["Spring"] == by_name()["Spring"].brought


def test_what_was_wanted_and_not_bought_is_summed_by_every_dimension(world: World, director: Actor) -> None:
    reduced = UnmetDemand.get(UnmetDemand.cause == "reduced")
    state_reason(director, [reduced.id], "price")

    def report(by: UnmetBy) -> list[tuple[Any, ...]]:
        return [(row.title, row.count, row.quantity, row.money) for row in unmet_demand(by)]

    whole = net(10_000) + reduced.net_base
    assert report("reason") == [("competitor", 1, 10, net(10_000)), ("price", 1, 6, reduced.net_base)]
    assert report("competitor") == [("Rival", 1, 10, net(10_000)), ("not stated", 1, 6, reduced.net_base)]
    assert report("campaign") == [("Autumn", 1, 10, net(10_000)), ("Spring", 1, 6, reduced.net_base)]
    assert [(count, money) for _title, count, _quantity, money in report("product")] == [(2, whole)]
    assert [count for _title, count, *_rest in report("month")] == [2]
    assert report("month")[0][0] == today().strftime("%Y-%m")
    assert {title for title, *_rest in report("cause")} == {"ordered less", "quote declined"}
    assert unmet_demand("client")[0].share == 100
    provisional = [(row.title, row.provisional) for row in unmet_demand("reason")]
    assert provisional == [("competitor", 0), ("price", reduced.net_base)]


def test_the_entries_behind_a_line_of_the_report(world: World) -> None:
    everything = UnmetSelection()
    assert UnmetDemand.select().where(unmet_behind(everything)).count() == 2
    dimensions: tuple[UnmetBy, ...] = ("product", "reason", "competitor", "campaign", "month", "client", "cause")
    for by in dimensions:
        for row in unmet_demand(by):
            assert UnmetDemand.select().where(unmet_behind(everything, by, row.key)).count() == row.count
    assert unmet_demand("reason", UnmetSelection(campaign=world.spring, reason="not_stated"))[0].count == 1
    assert unmet_demand("reason", UnmetSelection(Period(today() + dt.timedelta(days=1)))) == []
    assert unmet_demand("reason", UnmetSelection(vendor=99)) == []
