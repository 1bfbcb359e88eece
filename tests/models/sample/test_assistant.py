"""The second process of the sample gives what the first one would have worked out, in order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from models.sample.assistant import worked_out


def halves_of(number: int) -> tuple[int, float]:
    """A value that tells who asked, and something that can fail."""
    return number, 84 / number


@pytest.mark.parametrize("beside", [False, True])
def test_results_come_in_order_each_batch_before_the_next_is_written(beside: bool) -> None:
    asked: list[int] = []

    def batches() -> Iterator[list[int]]:
        for number in (1, 3, 5):
            asked.append(number)
            yield [number, number + 1]

    found = list(worked_out(halves_of, batches(), beside=beside))
    assert found == [[(1, 84.0), (2, 42.0)], [(3, 28.0), (4, 21.0)], [(5, 16.8), (6, 14.0)]]
    assert asked == [1, 3, 5]


@pytest.mark.parametrize("beside", [False, True])
def test_nothing_given_is_nothing_found(beside: bool) -> None:
    assert list(worked_out(halves_of, [], beside=beside)) == []


@pytest.mark.parametrize("beside", [False, True])
def test_what_goes_wrong_there_is_raised_here(beside: bool) -> None:
    results = worked_out(halves_of, [[2], [0], [4]], beside=beside)
    assert next(results) == [(2, 42.0)]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_the_second_process_ends_when_nobody_listens_any_more() -> None:
    results = worked_out(halves_of, ([number] for number in range(1, 100)), beside=True)
    next(results)
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()
