"""The funnel's calculation, held against histories of deals that are walked through one by one."""

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.sales.campaign_effect import Brought, Effect, effects, total
from models.sales.funnel import (
    Closing,
    Funnel,
    Passage,
    StageData,
    Tally,
    funnel,
    median,
    percent,
    quantile,
    way_of,
)
from models.sales.funnel_words import number, reason, spoken

ASKED, QUOTED, TALKS = (
    StageData(1, "Asked", 10, 10, "open", 14),
    StageData(2, "Quoted", 20, 40, "open", 30),
    StageData(3, "Talks", 30, 70, "open", 30),
)
WON, LOST = StageData(4, "Won", 40, 100, "won"), StageData(5, "Lost", 50, 0, "lost")
STAGES = [ASKED, QUOTED, TALKS, WON, LOST]
BY_ID = {stage.id: stage for stage in STAGES}


@dataclass(frozen=True)
class Deal:
    """A deal that walked through stages, with the days it stayed in each before it moved on."""

    walk: tuple[tuple[int, int], ...]
    amount: Decimal

    @property
    def steps(self) -> list[tuple[int | None, int, int | None]]:
        stages = [stage for stage, _days in self.walk]
        steps: list[tuple[int | None, int, int | None]] = [(None, stages[0], None)]
        for (before, days), after in zip(self.walk, stages[1:], strict=False):
            steps.append((before, after, days))
        return steps

    @property
    def stands_in(self) -> StageData:
        return BY_ID[self.walk[-1][0]]

    @property
    def age(self) -> int:
        return sum(days for _stage, days in self.walk[:-1])


def _without_repeats(walk: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept = [walk[0]]
    kept += [step for before, step in pairwise(walk) if step[0] != before[0]]
    return tuple(kept)


walks = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 60)), min_size=1, max_size=6).map(_without_repeats)
deals = st.builds(Deal, walks, st.decimals(0, 10_000, places=2))


def counted(found: list[Deal]) -> Funnel:
    """The funnel of deals, counted as the database counts them."""
    passages: dict[tuple[int | None, int, int | None], Tally] = defaultdict(Tally)
    standing: dict[int, Tally] = defaultdict(Tally)
    closings: dict[tuple[str, int], Tally] = defaultdict(Tally)
    for deal in found:
        worth = Tally(1, deal.amount)
        for step in deal.steps:
            passages[step] += worth
        standing[deal.stands_in.id] += worth
        if deal.stands_in.kind != "open":
            closings[deal.stands_in.kind, deal.age] += worth
    return funnel(
        STAGES,
        standing,
        [Passage(*step, tally) for step, tally in passages.items()],
        [Closing(kind, days, tally) for (kind, days), tally in closings.items()],
        {},
    )


@given(st.lists(deals, max_size=30))
def test_what_enters_a_stage_leaves_it_or_stands_in_it(found: list[Deal]) -> None:
    for of in counted(found).stages:
        assert of.entered == of.left + of.standing
        assert of.left == of.onward + of.back + of.lost
        assert sum(conversion.tally.count for conversion in of.went) == of.left.count


@given(st.lists(deals, max_size=30))
def test_days_in_a_stage_are_those_of_every_leaving(found: list[Deal]) -> None:
    days: dict[int | None, list[int | None]] = defaultdict(list)
    for deal in found:
        for before, _after, stayed in deal.steps[1:]:
            days[before].append(stayed)
    for of in counted(found).stages:
        spent = sorted(day for day in days[of.stage.id] if day is not None)
        assert of.median_days == (statistics.median(spent) if spent else None)
        assert of.ninetieth_days == (spent[-(-len(spent) * 9 // 10) - 1] if spent else None)


@given(st.lists(deals, max_size=30))
def test_won_and_lost_are_the_deals_that_stand_there(found: list[Deal]) -> None:
    whole = counted(found)
    ends = Counter(deal.stands_in.kind for deal in found)
    assert (whole.won.count, whole.lost.count, whole.standing.count) == (ends["won"], ends["lost"], ends["open"])
    assert whole.won.amount == sum((deal.amount for deal in found if deal.stands_in is WON), Decimal(0))
    closed = [deal.age for deal in found if deal.stands_in.kind != "open"]
    assert whole.median_days_to_close == (statistics.median(closed) if closed else None)
    assert whole.weighted == sum(
        (
            percentage_of(sum((d.amount for d in found if d.stands_in is stage), Decimal(0)), stage.probability)
            for stage in (ASKED, QUOTED, TALKS)
        ),
        Decimal(0),
    )


def percentage_of(amount: Decimal, probability: int) -> Decimal:
    return (amount * probability / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@given(st.lists(deals, max_size=30))
def test_the_bottleneck_loses_the_most_of_all_open_stages(found: list[Deal]) -> None:
    whole = counted(found)
    lost = [of.lost for of in whole.stages if of.stage.kind == "open"]
    if whole.bottleneck is None:
        assert not any(tally.count for tally in lost)
        return
    worst = whole.bottleneck.figures.lost
    assert worst.amount == max(tally.amount for tally in lost)
    if not whole.bottleneck.by_money:
        assert worst.count == max(tally.count for tally in lost)
    assert reason(whole.bottleneck)


def test_a_reopened_deal_goes_back_and_a_skipped_stage_is_progress() -> None:
    assert way_of(ASKED, TALKS) == way_of(TALKS, WON) == "onward"
    assert way_of(TALKS, ASKED) == way_of(LOST, TALKS) == way_of(WON, TALKS) == "back"
    assert way_of(ASKED, LOST) == way_of(WON, LOST) == "lost"


def test_the_bottleneck_is_said_in_words() -> None:
    slow = Deal(((2, 40), (5, 0)), Decimal(300))
    quick = Deal(((2, 10), (3, 5), (4, 0)), Decimal(100))
    whole = counted([slow, slow, quick, Deal(((1, 3), (5, 0)), Decimal(50))])
    assert whole.bottleneck is not None
    assert reason(whole.bottleneck) == (
        "“Quoted” loses the most: 2 of 3 deals that left it (66.7 %). They were worth 600 of 700; that is 92.3 % of "
        "all money that was lost. The lost ones stood there 40 days (median), those that went on 10: "
        "waiting costs deals."
    )
    assert spoken(whole)[0] == reason(whole.bottleneck)


def test_deals_lost_without_a_sum_are_judged_by_their_number() -> None:
    whole = counted([Deal(((1, 3), (5, 0)), Decimal(0))] * 3 + [Deal(((2, 3), (5, 0)), Decimal(0))] * 2)
    assert whole.bottleneck is not None
    assert (whole.bottleneck.figures.stage, whole.bottleneck.by_money) == (ASKED, False)
    assert "60 % of all lost deals" in reason(whole.bottleneck)


def test_days_that_are_not_known_count_for_no_median() -> None:
    assert median([(None, 5), (4, 1), (8, 1)]) == 6
    assert median([(None, 5)]) is None
    assert quantile([(1, 9), (50, 1)], 90) == 1
    assert quantile([(1, 8), (50, 2)], 90) == 50


def test_shares_are_of_something() -> None:
    assert percent(1, 3) == Decimal("33.3")
    assert percent(0, 0) is None
    assert number(percent(2, 3)) == "66.7"
    assert number(None) == "–"


def test_the_effect_of_a_campaign_is_what_is_left_of_its_revenue() -> None:
    spring = Brought(quotes=9, deals=8, won=2, revenue=Decimal(1000), cost=Decimal(600), paid=Decimal(100))
    autumn = Brought(revenue=Decimal(5000), cost=Decimal(1000))
    found = effects({1: "Spring", 2: "Autumn", 3: "Idle"}, {1: spring, 2: autumn, None: spring}, "no campaign")
    assert [effect.name for effect in found] == ["Autumn", "Spring", "Idle", "no campaign"]
    assert [found[1].conversion, found[1].profit, found[1].return_on_spend] == [25, 300, 300]
    assert found[0].return_on_spend is None
    whole = total(found, "all")
    assert whole == Effect(None, "all", whole.brought)
    assert [whole.brought.revenue, whole.brought.quotes] == [7000, 18]
