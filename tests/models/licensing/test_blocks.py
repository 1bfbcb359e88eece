"""Blocks of numbers as they are pasted: lines, separators, ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleBroken
from models.licensing.blocks import MOST_AT_ONCE, Numbered, numbers_of


def numbers(block: str) -> list[str]:
    """The numbers alone."""
    return [one.number for one in numbers_of(block)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("GS-1\nGS-2\r\n\n  GS-3  ", ["GS-1", "GS-2", "GS-3"]),
        ("GS-1\tGS-2;GS-3,GS-4", ["GS-1", "GS-2", "GS-3", "GS-4"]),
        ("GS-098..GS-101", ["GS-098", "GS-099", "GS-100", "GS-101"]),
        ("GS-098...101", ["GS-098", "GS-099", "GS-100", "GS-101"]),
        ("GS-0098 … 101", ["GS-0098", "GS-0099", "GS-0100", "GS-0101"]),
        ("7..9", ["7", "8", "9"]),
        ("1A2B-03..1A2B-04", ["1A2B-03", "1A2B-04"]),
        ("with a space", ["with a space"]),
        ("", []),
    ],
)
def test_a_block_is_read_as_it_was_meant(block: str, expected: list[str]) -> None:
    assert numbers(block) == expected


def test_each_number_knows_its_line() -> None:
    assert numbers_of("A\n\nB;C") == [Numbered(1, "A"), Numbered(3, "B"), Numbered(3, "C")]


@pytest.mark.parametrize("block", ["GS-9..GS-1", "GS-1..XX-5", "A-001..B"])
def test_a_range_that_is_none_is_refused_with_its_line(block: str) -> None:
    with pytest.raises(RuleBroken, match="Line 2"):
        numbers_of(f"ok\n{block}")


@pytest.mark.parametrize("block", ["1..20000", "A-1..A-99999999999999999999"])
def test_more_than_ten_thousand_at_once_are_refused(block: str) -> None:
    with pytest.raises(RuleBroken, match=str(MOST_AT_ONCE)):
        numbers_of(block)


@given(st.integers(0, 10**9), st.integers(0, 300), st.text("ABCxyz-/", max_size=5))
def test_a_range_has_each_number_once_in_order(start: int, count: int, prefix: str) -> None:
    width = len(str(start + count))
    block = f"{prefix}{start:0{width}d}..{prefix}{start + count:0{width}d}"
    assert numbers(block) == [f"{prefix}{serial:0{width}d}" for serial in range(start, start + count + 1)]
