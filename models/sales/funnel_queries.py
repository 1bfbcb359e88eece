"""The funnel of the deals in the database: counted by it, in a handful of passes over covering indexes.

The deals *in* a period are: for an open stage those that stand in it when the period ends (today, where it has not
ended), for won and lost those that were closed in it, for every passage those that took it in the period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from peewee import JOIN, Expression, fn

from models.base import database, plain_rows
from models.catalogue.tables import Product
from models.clock import today
from models.conditions import Condition
from models.database import is_sqlite
from models.lookup import among
from models.periods import Period
from models.sales.funnel import Closing, Funnel, Passage, StageData, Tally, funnel, way_of
from models.sales.tables import Deal, Document, DocumentLine, Stage, StageChange

FigureName = Literal[
    "standing", "rotting", "entered", "left", "onward", "back", "lost", "went", "open", "won", "closed_lost", "closed"
]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which deals a funnel is of: a period, and ids of an operator, a campaign, a vendor, a product."""

    period: Period = field(default_factory=Period)
    operator: int | None = None
    campaign: int | None = None
    vendor: int | None = None
    product: int | None = None
    deals: Sequence[int] | None = None
    """Ids of deals, where they were looked up already."""

    @property
    def end(self) -> dt.date | None:
        """The past day on which the period ends; None where it reaches to the present."""
        last = self.period.last
        return last if last is not None and last < today() else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the funnel: its name, the stage that it is of, and for ``went`` the one that the deals went to.

    ``open``, ``won``, ``closed_lost`` and ``closed`` are of the funnel as a whole.
    """

    name: FigureName
    stage: int | None = None
    after: int | None = None


def stages() -> list[StageData]:
    """The stages in their order."""
    rows = Stage.select().order_by(Stage.position, Stage.id)
    return [StageData(row.id, row.name, row.position, row.probability, row.kind, row.rot_days) for row in rows]


def funnel_of(selection: Selection, *, compare: bool = False) -> Funnel:
    """All figures of the funnel; with ``compare`` those of the period before too, where there is one."""
    all_stages = stages()
    selection = _looked_up(selection)
    counted = _counted(selection, all_stages)
    before = selection.period.previous() if compare else None
    if before is None:
        return counted
    return replace(counted, previous=_counted(replace(selection, period=before), all_stages))


def _looked_up(selection: Selection) -> Selection:
    """The same selection, with the deals of its vendor or product looked up once instead of for each count."""
    if selection.vendor is None and selection.product is None:
        return selection
    query = Deal.select(Deal.id).where(*of_selection(replace(selection, operator=None, campaign=None)))
    found = [deal_id for (deal_id,) in plain_rows(query)]
    return replace(selection, vendor=None, product=None, deals=found)


def _counted(selection: Selection, all_stages: list[StageData]) -> Funnel:
    closings = list(_closings(selection))
    standing = dict(_standing(selection))
    for stage in all_stages:
        if stage.kind != "open":
            standing[stage.id] = sum((tally for one, _kind, _days, tally in closings if one == stage.id), Tally())
    return funnel(
        all_stages,
        standing,
        list(_passages(selection)),
        [Closing(kind, days, tally) for _stage, kind, days, tally in closings],
        dict(_rotting(selection)),
    )


def _tally(count: Any, amount: Any) -> Tally:
    return Tally(int(count), Decimal(int(amount or 0)).scaleb(-2))


def _standing(selection: Selection) -> Iterator[tuple[int, Tally]]:
    end = selection.end
    deals: Any = Deal.select().where(*of_selection(selection), _alive(end))
    if end is None:
        query = deals.select(Deal.stage, fn.COUNT(Deal.id), fn.SUM(Deal.expected_base)).group_by(Deal.stage)
    else:
        # PostgreSQL groups by no subquery: the deals first, each with the stage that it was in.
        then = deals.select(_stage_on(end).alias("stage"), Deal.expected_base.alias("amount"))
        query = then.select_from(then.c.stage, fn.COUNT(then.c.amount), fn.SUM(then.c.amount)).group_by(then.c.stage)
    for stage_id, count, amount in plain_rows(query):
        if stage_id is not None:
            yield stage_id, _tally(count, amount)


def _alive(end: dt.date | None) -> Condition:
    """The deal is open, now or at the end of a day."""
    if end is None:
        return Deal.state == "open"
    begun = Deal.opened.is_null() | (Deal.opened <= end)
    return ((Deal.state == "open") | (Deal.closed > end)) & begun


def _stage_on(end: dt.date) -> Any:
    """The stage in which a deal was at the end of a day; NULL where it was not yet."""
    until = StageChange.select(StageChange.after).where((StageChange.deal == Deal.id) & (StageChange.day <= end))
    return until.order_by(StageChange.moment.desc(), StageChange.id.desc()).limit(1)


def _rotting(selection: Selection) -> Iterator[tuple[int, Tally]]:
    """Deals that rot now: of a past day this is not asked, their stages have moved since."""
    if selection.end is not None:
        return
    query = Deal.select(Deal.stage, fn.COUNT(Deal.id), fn.SUM(Deal.expected_base))
    for stage, count, amount in plain_rows(query.where(*of_selection(selection), rots()).group_by(Deal.stage)):
        yield stage, _tally(count, amount)


def _rots(stage: int, rot_days: int) -> Condition:
    return (Deal.stage == stage) & (Deal.stage_since < today() - dt.timedelta(days=rot_days))


def rots() -> Condition:
    """The deal stands longer in its stage than it should: what Today shows and the list of deals can be asked for."""
    rotting = (stage for stage in stages() if stage.kind == "open" and stage.rot_days is not None)
    conditions = [_rots(stage.id, stage.rot_days or 0) for stage in rotting]
    any_of: Condition = Deal.id.in_([])
    for condition in conditions:
        any_of = any_of | condition
    # Few deals are open: their index answers faster than one search for each stage.
    return (Deal.state == "open") & any_of


def _passages(selection: Selection) -> Iterator[Passage]:
    changes = StageChange
    columns = (changes.before, changes.after, changes.days)
    query = changes.select(*columns, fn.COUNT(changes.id), fn.SUM(changes.amount)).group_by(*columns)
    conditions = list(within(selection.period, changes.day))
    if _narrows(selection):
        query = query.join(Deal, on=(Deal.id == changes.deal))
        conditions += of_selection(selection)
    query = query.where(*conditions) if conditions else query
    for before, after, days, count, amount in plain_rows(query):
        yield Passage(before, after, days, _tally(count, amount))


def _closings(selection: Selection) -> Iterator[tuple[int, str, int | None, Tally]]:
    days = days_between(Deal.closed, Deal.opened)
    query = (
        Deal.select(Deal.stage, Deal.state, days, fn.COUNT(Deal.id), fn.SUM(Deal.expected_base))
        .where(Deal.state.in_(("won", "lost")), *within(selection.period, Deal.closed), *of_selection(selection))
        .group_by(Deal.stage, Deal.state, days)
    )
    for stage, kind, taken, count, amount in plain_rows(query):
        yield stage, kind, None if taken is None else int(taken), _tally(count, amount)


def days_between(later: Any, earlier: Any) -> Any:
    if is_sqlite(database):
        return (fn.julianday(later) - fn.julianday(earlier)).cast("integer")
    return Expression(later, "-", earlier)


def within(period: Period, column: Any) -> Iterator[Condition]:
    if period.first is not None:
        yield column >= period.first
    if period.last is not None:
        yield column <= period.last


def _narrows(selection: Selection) -> bool:
    return replace(selection, period=Period()) != Selection()


def of_selection(selection: Selection) -> Iterator[Condition]:
    """What a selection asks of a deal, apart from its period."""
    if selection.operator is not None:
        yield Deal.operator == selection.operator
    if selection.campaign is not None:
        yield Deal.campaign == selection.campaign
    if selection.deals is not None:
        yield among(Deal.id, list(selection.deals))
    if selection.product is not None:
        yield _about(Product.id == selection.product)
    if selection.vendor is not None:
        yield _about(Product.vendor == selection.vendor)


def _about(which: Condition) -> Condition:
    """The deal, or a line of one of its documents, is about some of these products."""
    wanted = Product.select(Product.id).where(which)
    in_lines = (
        DocumentLine.select(Document.deal)
        .join(Document, JOIN.INNER, on=(Document.id == DocumentLine.document))
        .where(DocumentLine.product.in_(wanted) & Document.deal.is_null(False) & (Document.state != "cancelled"))
    )
    return Deal.id.in_(in_lines | Deal.select(Deal.id).where(Deal.product.in_(wanted)))


def deals_behind(selection: Selection, figure: Figure) -> Condition:
    """The condition that lists the deals behind a figure: what the list of deals is fixed to. Each is listed once,
    however often it passed."""
    conditions = [*of_selection(selection), *_behind(selection, figure)]
    whole = conditions[0]
    for condition in conditions[1:]:
        whole = whole & condition
    return whole


def _behind(selection: Selection, figure: Figure) -> Iterator[Condition]:
    by_id = {stage.id: stage for stage in stages()}
    of = by_id[figure.stage] if figure.stage is not None else None
    end, period = selection.end, selection.period
    if of is None:
        states = {"open": ("open",), "won": ("won",), "closed_lost": ("lost",)}.get(figure.name, ("won", "lost"))
        yield from [_alive(end)] if figure.name == "open" else _closed(states, period)
    elif figure.name == "rotting":
        rotting = of.kind == "open" and of.rot_days is not None and end is None
        yield _rots(of.id, of.rot_days or 0) if rotting else Deal.id.in_([])
    elif figure.name == "standing" and of.kind != "open":
        yield Deal.stage == of.id
        yield from _closed((of.kind,), period)
    elif figure.name == "standing":
        yield _alive(end)
        yield Deal.stage == of.id if end is None else (_stage_on(end) == of.id)
    else:
        yield _passed(figure, of, by_id, period)


def _closed(states: tuple[str, ...], period: Period) -> Iterator[Condition]:
    yield Deal.state.in_(states)
    yield from within(period, Deal.closed)


def _passed(figure: Figure, of: StageData, by_id: dict[int, StageData], period: Period) -> Condition:
    """The deal took, in the period, a passage of those that the figure counts."""
    if figure.name == "entered":
        taken = StageChange.after == of.id
    elif figure.name == "left":
        taken = StageChange.before == of.id
    else:
        after = (
            [figure.after] if figure.name == "went" else [s.id for s in by_id.values() if way_of(of, s) == figure.name]
        )
        taken = (StageChange.before == of.id) & StageChange.after.in_(after)
    moved = StageChange.select(StageChange.deal).where(taken, *within(period, StageChange.day))
    return Deal.id.in_(moved)
