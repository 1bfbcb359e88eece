"""The figures of the sales funnel, from deals and stage changes that were counted elsewhere: pure.

A deal stands in one stage; a *passage* is a stage change of the period. What leaves an open stage goes *onward* (to a
later stage, or is won), is *lost*, or goes *back*; each time a deal leaves counts, so that these add up to what left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

StageKind = Literal["open", "won", "lost"]
_NOTHING = Decimal(0)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class StageData:
    """A stage as the calculation needs it; ``probability`` is in percent, ``rot_days`` None where nothing rots."""

    id: int
    name: str
    position: int
    probability: int
    kind: str
    rot_days: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of deals and what they are worth together."""

    count: int = 0
    amount: Decimal = _NOTHING

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Passage:
    """Equal stage changes, counted: from a stage (None: the deal was made), to a stage, after so many days in it."""

    before: int | None
    after: int
    days: int | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Closing:
    """Deals that were won or lost so many days after they were opened (None: not known), counted."""

    kind: str
    days: int | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Conversion:
    """Where deals went that left a stage: to which one, how many, and which share of them in percent."""

    after: int
    tally: Tally
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class StageFigures:
    """All there is to say of one stage. Shares are in percent of what left the stage, None where nothing did."""

    stage: StageData
    standing: Tally
    weighted: Decimal
    rotting: Tally
    entered: Tally
    left: Tally
    onward: Tally
    back: Tally
    lost: Tally
    median_days: Decimal | None
    ninetieth_days: int | None
    went: tuple[Conversion, ...]

    @property
    def conversion(self) -> Decimal | None:
        """The share that went onward, by number."""
        return percent(self.onward.count, self.left.count)

    @property
    def loss(self) -> Decimal | None:
        """The share that was lost, by number."""
        return percent(self.lost.count, self.left.count)

    @property
    def loss_of_money(self) -> Decimal | None:
        """The share that was lost, by money."""
        return percent(self.lost.amount, self.left.amount)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The stage that loses the most money of what enters it; by number where no lost deal has a sum."""

    figures: StageFigures
    by_money: bool
    share_of_all: Decimal | None
    """Which share of all that was lost is lost here, by the same measure."""
    lost_days: Decimal | None
    """The median of the days that the lost deals stood there, and of those that went onward."""
    onward_days: Decimal | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole funnel of a period; ``previous`` is that of the period before, where it was asked for."""

    stages: tuple[StageFigures, ...]
    won: Tally
    lost: Tally
    median_days_to_close: Decimal | None
    median_days_to_win: Decimal | None
    bottleneck: Bottleneck | None
    previous: Funnel | None = field(default=None)

    @property
    def win_rate(self) -> Decimal | None:
        """Won deals in percent of those that were closed."""
        return percent(self.won.count, self.won.count + self.lost.count)

    @property
    def standing(self) -> Tally:
        """All open deals."""
        return sum((of.standing for of in self.stages if of.stage.kind == "open"), Tally())

    @property
    def weighted(self) -> Decimal:
        """What the open deals will bring by the probabilities of their stages."""
        return sum((of.weighted for of in self.stages if of.stage.kind == "open"), _NOTHING)

    @property
    def rotting(self) -> Tally:
        """The open deals that have stood too long in their stage."""
        return sum((of.rotting for of in self.stages), Tally())

    def of(self, stage_id: int) -> StageFigures | None:
        """The figures of a stage."""
        return next((of for of in self.stages if of.stage.id == stage_id), None)


def funnel(
    stages: Iterable[StageData],
    standing: Mapping[int, Tally],
    passages: Sequence[Passage],
    closings: Sequence[Closing],
    rotting: Mapping[int, Tally],
) -> Funnel:
    """The funnel: ``standing`` and ``rotting`` are by stage; what is missing there is nothing."""
    ordered = sorted(stages, key=lambda stage: (stage.position, stage.id))
    by_id = {stage.id: stage for stage in ordered}
    leaving: dict[int, list[Passage]] = {}
    entered: dict[int, Tally] = {}
    for passage in passages:
        if passage.before != passage.after:
            entered[passage.after] = entered.get(passage.after, Tally()) + passage.tally
            if passage.before is not None:
                leaving.setdefault(passage.before, []).append(passage)
    figures = tuple(
        _figures(
            stage, by_id, leaving.get(stage.id, ()), standing.get(stage.id, Tally()), entered.get(stage.id, Tally()),
            rotting.get(stage.id, Tally()),
        )
        for stage in ordered
    )  # fmt: skip
    won = [closing for closing in closings if closing.kind == "won"]
    lost = [closing for closing in closings if closing.kind == "lost"]
    return Funnel(
        figures,
        sum((closing.tally for closing in won), Tally()),
        sum((closing.tally for closing in lost), Tally()),
        median([(closing.days, closing.tally.count) for closing in closings]),
        median([(closing.days, closing.tally.count) for closing in won]),
        bottleneck(figures, by_id, leaving),
    )


def _figures(
    stage: StageData,
    by_id: Mapping[int, StageData],
    leaving: Sequence[Passage],
    standing: Tally,
    entered: Tally,
    rotting: Tally,
) -> StageFigures:
    sums = {"onward": Tally(), "back": Tally(), "lost": Tally()}
    went: dict[int, Tally] = {}
    for passage in leaving:
        way = way_of(stage, by_id[passage.after])
        sums[way] += passage.tally
        went[passage.after] = went.get(passage.after, Tally()) + passage.tally
    left = sums["onward"] + sums["back"] + sums["lost"]
    days = [(passage.days, passage.tally.count) for passage in leaving]
    return StageFigures(
        stage, standing, weighted(stage, standing.amount), rotting if stage.kind == "open" else Tally(), entered, left,
        sums["onward"], sums["back"], sums["lost"], median(days), quantile(days, 90),
        tuple(
            Conversion(after, tally, percent(tally.count, left.count))
            for after, tally in sorted(went.items(), key=lambda pair: by_id[pair[0]].position)
        ),
    )  # fmt: skip


def way_of(before: StageData, after: StageData) -> Literal["onward", "back", "lost"]:
    """Whether a change from one stage to another is progress, loss, or a step back (reopening a closed deal too)."""
    if after.kind == "lost":
        return "lost"
    if before.kind == "open" and (after.kind == "won" or after.position > before.position):
        return "onward"
    return "back"


def weighted(stage: StageData, amount: Decimal) -> Decimal:
    """What a sum that stands in a stage is worth by the stage's probability; nothing once it is closed."""
    if stage.kind != "open":
        return _NOTHING
    return (amount * stage.probability / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def bottleneck(
    figures: Sequence[StageFigures], by_id: Mapping[int, StageData], leaving: Mapping[int, Sequence[Passage]]
) -> Bottleneck | None:
    """Where the most is lost; the later of two that lose alike, where more work was done in vain. None: no loss."""
    open_stages = [of for of in figures if of.stage.kind == "open" and of.lost.count]
    if not open_stages:
        return None
    by_money = any(of.lost.amount > 0 for of in open_stages)
    worst = max(
        open_stages, key=lambda of: (of.lost.amount if by_money else 0, of.lost.count, of.loss or 0, of.stage.position)
    )
    lost = sum((of.lost for of in open_stages), Tally())
    ways: dict[str, list[tuple[int | None, int]]] = {"onward": [], "back": [], "lost": []}
    for passage in leaving.get(worst.stage.id, ()):
        ways[way_of(worst.stage, by_id[passage.after])].append((passage.days, passage.tally.count))
    share = percent(worst.lost.amount, lost.amount) if by_money else percent(worst.lost.count, lost.count)
    return Bottleneck(worst, by_money, share, median(ways["lost"]), median(ways["onward"]))


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A part in percent of the whole, to a tenth; None where there is no whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def median(counted: Iterable[tuple[int | None, int]]) -> Decimal | None:
    """The median of values that are given with how often each occurs; the mean of the two in the middle."""
    known = _sorted(counted)
    total = sum(count for _value, count in known)
    if not total:
        return None
    low, high = _at(known, (total - 1) // 2), _at(known, total // 2)
    return Decimal(low + high) / 2


def quantile(counted: Iterable[tuple[int | None, int]], percentage: int) -> int | None:
    """The least value that so many percent of the values do not exceed (nearest rank)."""
    known = _sorted(counted)
    total = sum(count for _value, count in known)
    return _at(known, max(0, -(-total * percentage // 100) - 1)) if total else None


def _sorted(counted: Iterable[tuple[int | None, int]]) -> list[tuple[int, int]]:
    return sorted((value, count) for value, count in counted if value is not None and count)


def _at(known: Sequence[tuple[int, int]], index: int) -> int:
    for value, count in known:
        if index < count:
            return value
        index -= count
    raise IndexError(index)
