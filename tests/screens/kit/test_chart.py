"""Bars as text."""

import pytest

from screens.kit.chart import bars, heat


@pytest.mark.parametrize("number", [1, 7, 8, 9, 300])
def test_there_is_a_bar_for_every_value_however_many_there_are(number: int) -> None:
    drawn = bars([float(value + 1) for value in range(number)], 10, "#")
    assert [len(line) for line in drawn] == [10] * number
    assert drawn[-1] == "#" * 10


def test_bars_are_as_long_as_their_values_and_nothing_has_none() -> None:
    full, half, nothing, less = bars([100.0, 50.0, 0.0, -5.0], 20, "#")
    assert full.count("#") == 20
    assert 9 <= half.count("#") <= 11
    assert nothing == less == " " * 20


def test_no_values_no_bars() -> None:
    assert bars([], 10, "#") == []
    assert bars([0.0], 10, "#") == [" " * 10]


def test_a_map_has_a_shade_for_every_value_at_its_place() -> None:
    days = [[0, 1, 2] + [0] * 23, [3, 4, 9] + [-1] * 23, *[[0] * 26] * 5]
    drawn = heat(days, " .:#@")
    assert len(drawn) == 7
    assert {len(line) for line in drawn} == {52}
    assert drawn[0][:6] == "  . : "
    assert drawn[1][:6] == "# @ @ "


def test_no_values_no_map() -> None:
    assert heat([], " #") == []
    assert heat([[], []], " #") == ["", ""]
