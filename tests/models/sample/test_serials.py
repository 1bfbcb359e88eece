"""Serial numbers of the sample: each of a pattern's numbers once."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalogue.fields import check_pattern, pattern_matches
from models.sample.assortment import KEY_MAKES, VENDORS
from models.sample.serials import Serials, literal

_PIECES = st.sampled_from(["9", "X", "A", "*", "-", "S", literal("A9X"), literal("\\")])


def test_every_number_of_a_pattern_is_given_once_and_no_more() -> None:
    serials = Serials("9X-99", Random(1))
    given_numbers = {serials.next() for _number in range(16_000)}
    assert len(given_numbers) == 16_000
    with pytest.raises(ValueError, match="every number"):
        serials.next()


@given(st.lists(_PIECES, min_size=1, max_size=20).map("".join), st.integers())
def test_a_number_has_the_form_of_its_pattern(pattern: str, seed: int) -> None:
    assert pattern_matches(check_pattern(pattern), Serials(pattern, Random(seed)).next())


@given(st.text(max_size=20))
def test_text_taken_literally_matches_only_itself(text: str) -> None:
    assert pattern_matches(literal(text) or "-", text or "-")
    assert not pattern_matches(literal("X9A*"), "B1C2")


def test_no_pattern_runs_out_at_a_million_licences() -> None:
    patterns = [vendor.pattern.replace("{code}", "") for vendor in VENDORS]
    patterns += [make.pattern for make in KEY_MAKES.values()]
    for pattern in patterns:
        serials = Serials(pattern, Random(1))
        assert len({serials.next() for _number in range(1_000)}) == 1_000
        assert len([sign for sign in pattern if sign in "9XA*"]) >= 8
