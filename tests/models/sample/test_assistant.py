"""The sample's assistants give what one process would have worked out, in order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from models.sample.assistant import worked_out


def halves_of(number: int) -> tuple[int, float]:
    """A value that tells who asked, and something that can fail."""
    return number, 84 / number


@pytest.mark.parametrize("assistants", [0, 1, 2, 5])
def test_results_come_in_order_each_batch_before_the_next_is_written(assistants: int) -> None:
    asked: list[int] = []

    def batches() -> Iterator[list[int]]:
        for number in (1, 3, 5):
            asked.append(number)
            yield [number, number + 1]

    found = list(worked_out(halves_of, batches(), assistants=assistants))
    assert found == [[(1, 84.0), (2, 42.0)], [(3, 28.0), (4, 21.0)], [(5, 16.8), (6, 14.0)]]
    assert asked == [1, 3, 5]


@pytest.mark.parametrize("assistants", [0, 1, 2, 5])
def test_nothing_given_is_nothing_found(assistants: int) -> None:
    assert list(worked_out(halves_of, [], assistants=assistants)) == []


@pytest.mark.parametrize("assistants", [0, 1, 2, 5])
def test_what_goes_wrong_there_is_raised_here(assistants: int) -> None:
    results = worked_out(halves_of, [[2], [0], [4]], assistants=assistants)
    assert next(results) == [(2, 42.0)]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_assistants_end_when_nobody_listens_any_more() -> None:
    results = worked_out(halves_of, ([number] for number in range(1, 100)), assistants=2)
    next(results)
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()
