"""The looks: which one the program starts with."""

import pytest

from screens.kit.themes import CHOICES, DARK, LIGHT, LOOKS, SIXTEEN, Look, after, look_for
from tui.settings import THEMES

COLOURFUL = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(("choice", "look"), [("dark", DARK), ("light", LIGHT), ("16", SIXTEEN), ("auto", DARK)])
def test_the_operator_chooses(choice: str, look: Look) -> None:
    assert look_for(choice, COLOURFUL) is look


def test_a_terminal_of_few_colours_gets_few() -> None:
    assert look_for("auto", {"TERM": "xterm"}) is SIXTEEN


def test_no_color_goes_before_the_choice() -> None:
    assert look_for("light", COLOURFUL | {"NO_COLOR": "1"}) is SIXTEEN


def test_looks_follow_each_other_round_and_round() -> None:
    seen = [LOOKS[0]]
    while (following := after(seen[-1].theme.name)) not in seen:
        seen.append(following)
    assert tuple(seen) == LOOKS


def test_the_settings_offer_the_looks_there_are() -> None:
    assert THEMES == CHOICES
