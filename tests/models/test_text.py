"""Text from outside is shown so that a terminal draws it and does nothing else."""

import unicodedata

import pytest

from models.text import clean, fold, is_visible, shown, shown_lines
from tests.terminal.poison import own_strings

EVERY_CHARACTER = [chr(code) for code in range(0x110000)]


def test_nothing_that_is_shown_is_invisible_or_a_control() -> None:
    said = set("".join(map(shown, EVERY_CHARACTER)))
    assert not {one for one in said if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert not said & set("\u034f\u115f\u1160\u3164\uffa0\u17b4\ufe0f\U000e0100\u180b")


def test_every_visible_character_is_shown_as_it_is() -> None:
    assert not [one for one in EVERY_CHARACTER if is_visible(one) and shown(one) != one]


@pytest.mark.parametrize("text", own_strings())
def test_hostile_text_stays_on_its_line_and_keeps_what_is_readable(text: str) -> None:
    assert is_visible(shown(text))
    assert "{mark}" in shown(text)
    assert all(is_visible(line) for line in shown_lines(text).split("\n"))


@pytest.mark.parametrize("text", own_strings())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x1b" not in once and "\n" not in once


@pytest.mark.parametrize("text", ["before\0after", "до\0после"])
def test_what_would_end_a_query_before_its_end_is_not_looked_for(text: str) -> None:
    assert fold(text) == fold(text.replace("\0", ""))
