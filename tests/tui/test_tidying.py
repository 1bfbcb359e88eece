"""Garbage is collected while nothing is typed."""

import gc
from collections.abc import Iterator

import pytest
from textual.app import App

from tests.tui.small_world import program
from tui import tidying
from tui.tidying import Tidying


class Clock:
    """The time, as the test says it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tidying, "monotonic", clock)
    return clock


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generations that are collected, without Python's own collections in between."""
    generations: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: generations.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (tidying._WORTH_IT + 1, 0, 0))
    yield generations


def test_nothing_is_collected_while_a_key_is_answered(clock: Clock, collected: list[int]) -> None:
    tidy = Tidying(App())
    tidy.key_came()
    clock.seconds += tidying._QUIET_SECONDS / 2
    tidy._look()
    assert collected == []
    clock.seconds += tidying._QUIET_SECONDS
    tidy._look()
    assert collected == [1]


def test_a_little_garbage_is_left_for_the_next_time(
    clock: Clock, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tidy = Tidying(App())
    monkeypatch.setattr(gc, "get_count", lambda: (tidying._WORTH_IT - 1, 0, 0))
    clock.seconds += 10
    tidy._look()
    assert collected == []


def test_everything_is_looked_through_once_in_each_long_pause(clock: Clock, collected: list[int]) -> None:
    tidy = Tidying(App())
    for _pause in range(2):
        tidy.key_came()
        clock.seconds += tidying._THOROUGH_SECONDS + 1
        tidy._look()
    assert collected == [2, 2]


async def test_the_program_in_a_test_keeps_no_object_for_ever() -> None:
    before = gc.get_freeze_count()
    async with program().run_test() as pilot:
        await pilot.pause()
    assert gc.get_freeze_count() == before
