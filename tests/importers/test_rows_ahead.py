"""Rows read ahead, in time that would be waited away: in their order, each once, never many more than wanted."""

import pytest

from importers import rows
from importers.rows import ReadRow, RowsAhead


def numbered(last: int) -> RowsAhead:
    return RowsAhead(ReadRow(number, {}) for number in range(1, last + 1))


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept, on a clock that only sleeping moves."""
    slept: list[float] = []
    monkeypatch.setattr(rows, "perf_counter", lambda: sum(slept))
    monkeypatch.setattr(rows, "sleep", slept.append)
    return slept


def test_rows_come_in_their_order_whether_they_were_read_ahead_or_not(waited: list[float]) -> None:
    ahead = numbered(rows._AT_A_TIME * 3)
    found = []
    for row in ahead:
        found.append(row.number)
        if len(found) in (2, rows._AT_A_TIME):
            ahead.read_for(0.001)
    assert found == list(range(1, rows._AT_A_TIME * 3 + 1))


def test_where_nothing_is_left_to_read_the_time_is_waited(waited: list[float]) -> None:
    ahead = numbered(3)
    ahead.read_for(0.001)
    assert waited == [0.001]
    assert [row.number for row in ahead] == [1, 2, 3]


def test_so_many_rows_are_kept_and_no_more(waited: list[float]) -> None:
    ahead = numbered(rows._READY_AT_MOST * 2)
    ahead.read_for(0.001)
    assert len(ahead._ready) == rows._READY_AT_MOST
    assert waited == [0.001]
