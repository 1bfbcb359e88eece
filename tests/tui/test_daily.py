"""The day's work: looked for once a day, done where there is any, tried again where it failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
import time_machine

from screens.kit.gateway import Gateway
from tui.daily import DailyWork
from tui.services import Daily

EVENING = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class AtOnce:
    """A gateway that answers before it returns."""

    def is_asked(self, _owner: object, _channel: str) -> bool:
        return False

    def ask(
        self, _owner: object, _channel: str, work: Callable[[], Any], deliver: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        try:
            answer = work()
        except RuntimeError as error:
            failed(error)
        else:
            deliver(answer)

    ask_to_write = ask


@dataclass
class Day:
    """What was looked for and done."""

    waiting: bool = True
    fault: str = ""
    looked: int = 0
    done: list[dt.date] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def waits(self, _day: dt.date) -> bool:
        self.looked += 1
        return self.waiting

    def do(self, day: dt.date) -> None:
        if self.fault:
            raise RuntimeError(self.fault)
        self.done.append(day)

    def work(self) -> DailyWork:
        return DailyWork(cast(Gateway, AtOnce()), cast(Any, None), Daily(self.waits, self.do), self.told.append)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as at:
        yield at


def test_the_days_work_is_done_once_and_again_when_another_day_begins(clock: time_machine.Traveller) -> None:
    day = Day()
    work = day.work()
    for _minute in range(3):
        work.look()
    clock.shift(dt.timedelta(days=1))
    work.look()
    assert day.looked == 2
    assert day.done == [dt.date(2026, 11, 23), dt.date(2026, 11, 24)]


@pytest.mark.usefixtures("clock")
def test_nothing_is_written_where_nothing_waits() -> None:
    day = Day(waiting=False)
    work = day.work()
    work.look()
    work.look()
    assert (day.looked, day.done) == (1, [])


@pytest.mark.usefixtures("clock")
def test_what_failed_is_told_once_and_tried_again() -> None:
    day = Day(fault="the database is locked")
    work = day.work()
    work.look()
    work.look()
    assert (day.told, day.done) == (["the database is locked"], [])
    day.fault = ""
    work.look()
    work.look()
    assert len(day.done) == 1
