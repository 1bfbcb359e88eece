"""What the database counts for the funnel is what one counts by hand, deal by deal."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from models.clock import today
from models.periods import Period
from models.sales.funnel import Funnel, StageData, Tally, way_of
from models.sales.funnel_queries import Figure, Selection, deals_behind, funnel_of, rots, stages
from models.sales.tables import Deal, Stage, StageChange
from models.writing import Actor, Change, in_transaction
from tests.models.worlds import a_product

DAYS_BACK = 400


@dataclass
class History:
    """A deal as it went: the stages with the days on which it entered them."""

    steps: list[tuple[StageData, dt.date]]
    amount: Decimal
    operator: int | None
    product: int | None
    id: int = 0
    passages: list[tuple[StageData | None, StageData, dt.date, int | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        before: tuple[StageData, dt.date] | None = None
        for stage, day in self.steps:
            spent = (day - before[1]).days if before else None
            self.passages.append((before[0] if before else None, stage, day, spent))
            before = stage, day

    def stage_on(self, day: dt.date) -> StageData | None:
        return next((stage for stage, since in reversed(self.steps) if since <= day), None)

    @property
    def ends_in(self) -> StageData:
        return self.steps[-1][0]


def walk(chance: random.Random, all_stages: list[StageData]) -> Iterator[tuple[StageData, dt.date]]:
    day = today() - dt.timedelta(days=chance.randint(1, DAYS_BACK))
    stage = all_stages[0]
    while True:
        yield stage, day
        day += dt.timedelta(days=chance.randint(1, 60))
        if day > today() or stage.kind != "open":
            return
        stage = chance.choice([one for one in all_stages if one.id != stage.id])


def write(change: Change, found: list[History]) -> None:
    for number, history in enumerate(found, 1):
        stage, since = history.steps[-1]
        deal = change.insert(
            Deal(
                number=f"D-{number}", title=f"Deal {number}", operator=history.operator, product=history.product,
                expected=history.amount, expected_base=history.amount, stage=stage.id, state=stage.kind,
                stage_since=since, opened=history.steps[0][1], closed=None if stage.kind == "open" else since,
            )
        )  # fmt: skip
        history.id = deal.id
        for before, after, day, spent in history.passages:
            moment = dt.datetime.combine(day, dt.time(10))
            change.insert(
                StageChange(
                    deal=deal.id, before=before.id if before else None, after=after.id, moment=moment, day=day,
                    days=spent, amount=history.amount,
                )
            )  # fmt: skip


@pytest.fixture
def histories(director: Actor) -> list[History]:
    """Eighty deals that went where chance took them."""
    chance = random.Random(4)
    products = [a_product(director, "A-1", vendor="One"), a_product(director, "B-1", vendor="Two"), None]
    all_stages = stages()
    found = [
        History(
            list(walk(chance, all_stages)), Decimal(chance.randint(0, 99_999)) / 100,
            chance.choice([director.operator_id, None]), chance.choice(products),
        )
        for _number in range(80)
    ]  # fmt: skip
    in_transaction(director, "test", lambda change: write(change, found))
    return found


def tally(found: list[History]) -> Tally:
    return Tally(len(found), sum((history.amount for history in found), Decimal(0)))


def chosen(found: list[History], selection: Selection) -> list[History]:
    return [
        history
        for history in found
        if selection.operator in (None, history.operator) and selection.product in (None, history.product)
    ]


PERIODS = [
    Period(),
    Period(today() - dt.timedelta(days=90), today()),
    Period(today() - dt.timedelta(days=200), today() - dt.timedelta(days=100)),
]


@pytest.mark.parametrize("period", PERIODS, ids=["ever", "to this day", "in the past"])
def test_every_figure_is_counted_as_by_hand(histories: list[History], period: Period) -> None:
    for selection in (Selection(period), Selection(period, operator=1), Selection(period, product=1)):
        of_selection = chosen(histories, selection)
        counted = funnel_of(selection)
        _check_standing(counted, of_selection, period)
        _check_passages(counted, of_selection, period)


def _check_standing(counted: Funnel, found: list[History], period: Period) -> None:
    end = min(period.last or today(), today())
    closed = [one for one in found if one.ends_in.kind != "open" and one.steps[-1][1] in period]
    for of in counted.stages:
        if of.stage.kind == "open":
            assert of.standing == tally([one for one in found if one.stage_on(end) == of.stage])
        else:
            assert of.standing == tally([one for one in closed if one.ends_in == of.stage])
    assert counted.won == tally([one for one in closed if one.ends_in.kind == "won"])
    assert counted.lost == tally([one for one in closed if one.ends_in.kind == "lost"])


def _check_passages(counted: Funnel, found: list[History], period: Period) -> None:
    sums: dict[tuple[str, int], Tally] = defaultdict(Tally)
    for history in found:
        for before, after, day, _spent in history.passages:
            if day not in period:
                continue
            worth = Tally(1, history.amount)
            sums["entered", after.id] += worth
            if before is not None:
                sums["left", before.id] += worth
                sums[way_of(before, after), before.id] += worth
    for of in counted.stages:
        for name in ("entered", "left", "onward", "back", "lost"):
            assert getattr(of, name) == sums[name, of.stage.id]


@pytest.mark.parametrize("period", PERIODS, ids=["ever", "to this day", "in the past"])
def test_the_deals_behind_a_figure_are_as_many_as_it_says(histories: list[History], period: Period) -> None:
    selection = Selection(period, operator=1)
    counted = funnel_of(selection)
    assert [number_behind(selection, Figure(name)) for name in ("open", "won", "closed_lost", "closed")] == [
        counted.standing.count, counted.won.count, counted.lost.count, counted.won.count + counted.lost.count
    ]  # fmt: skip
    for of in counted.stages:
        assert number_behind(selection, Figure("standing", of.stage.id)) == of.standing.count
        assert number_behind(selection, Figure("rotting", of.stage.id)) == of.rotting.count
        for name in ("entered", "left", "onward", "back", "lost"):
            passed = getattr(of, name).count
            # A deal may pass twice; it is listed once.
            assert 0 <= number_behind(selection, Figure(name, of.stage.id)) <= passed
            assert bool(passed) == bool(number_behind(selection, Figure(name, of.stage.id)))
        for went in of.went:
            assert number_behind(selection, Figure("went", of.stage.id, went.after))


def number_behind(selection: Selection, figure: Figure) -> int:
    return Deal.select().where(deals_behind(selection, figure)).count()


def test_the_period_before_stands_beside(histories: list[History]) -> None:
    period = Period(today() - dt.timedelta(days=59), today())
    counted = funnel_of(Selection(period), compare=True)
    before = Period(today() - dt.timedelta(days=119), today() - dt.timedelta(days=60))
    assert counted.previous == funnel_of(Selection(before))
    assert funnel_of(Selection(), compare=True).previous is None


def test_a_deal_rots_when_it_stands_longer_than_its_stage_allows(director: Actor) -> None:
    quoted = Stage.get(Stage.code == "quoted")
    assert quoted.rot_days
    stage = next(stage for stage in stages() if stage.id == quoted.id)
    allowed = today() - dt.timedelta(days=quoted.rot_days)
    fresh, old = (History([(stage, day)], Decimal(5), None, None) for day in (allowed, allowed - dt.timedelta(days=1)))
    in_transaction(director, "test", lambda change: write(change, [fresh, old]))
    of = funnel_of(Selection()).of(quoted.id)
    assert of is not None
    assert (of.rotting, of.standing.count) == (Tally(1, Decimal(5)), 2)
    assert [deal.id for deal in Deal.select().where(rots())] == [old.id]


def test_months_are_compared_with_months_and_days_with_days() -> None:
    day = dt.date
    assert Period(day(2026, 3, 1), day(2026, 3, 31)).previous() == Period(day(2026, 2, 1), day(2026, 2, 28))
    assert Period(day(2026, 1, 1), day(2026, 3, 31)).previous() == Period(day(2025, 10, 1), day(2025, 12, 31))
    assert Period(day(2026, 1, 1), day(2026, 12, 31)).previous() == Period(day(2025, 1, 1), day(2025, 12, 31))
    assert Period(day(2026, 3, 5), day(2026, 3, 11)).previous() == Period(day(2026, 2, 26), day(2026, 3, 4))
    assert Period(day(2026, 3, 5), None).previous() is None
