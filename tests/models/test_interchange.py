"""Text survives its way through a table file, and is no formula there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.interchange import NULL_WORDS, SPREADSHEET_ERRORS, escaped, unescaped

WORDS = sorted(NULL_WORDS | SPREADSHEET_ERRORS)
CELLS = st.text(st.sampled_from("'=+-@\t\rNULaя1 ")) | st.sampled_from(WORDS) | st.text()


@given(CELLS)
def test_what_is_escaped_reads_back_the_same(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(CELLS)
def test_escaped_text_never_begins_as_a_formula(text: str) -> None:
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("word", sorted(NULL_WORDS))
def test_a_word_of_database_dumps_for_no_value_is_empty(word: str) -> None:
    assert unescaped(word) == ""


@pytest.mark.parametrize("text", ["'tis", "д'Артаньян", "'", "O'Neill = 1", "null and void"])
def test_other_text_is_left_alone(text: str) -> None:
    assert escaped(text) == unescaped(text) == text
