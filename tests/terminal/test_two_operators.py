"""Two operators with two terminals on one database: each sees what the other does, and nothing of either is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.cards.reading import read_card
from tests.terminal.companies import opened
from tests.terminal.walk import WIDE, Step, Walk, program

pytestmark = pytest.mark.terminal

SEEN_WITHIN_SECONDS = 2.0


@contextmanager
def working(path: Path, home: Path, *arguments: str) -> Iterator[Walk]:
    """An operator at his terminal; at the end he leaves well."""
    with program(path, WIDE, home, *arguments) as terminal:
        walk = Walk(terminal, WIDE)
        walk.go([Step(sees="1 Today"), Step("2", sees="Лютик")])
        yield walk
        walk.leave()


@contextmanager
def anna_and_boris(path: Path, home: Path) -> Iterator[tuple[Walk, Walk]]:
    """Both look at the list of clients."""
    with working(path, home / "anna") as anna, working(path, home / "boris", "--operator", "boris") as boris:
        yield anna, boris


OPEN_AND_EDIT = (
    Step("enter", sees="Legal name"),
    Step("e", sees="ctrl+s save"),
)


def test_one_sees_within_two_seconds_what_the_other_changes_without_touching_a_key(
    small_company: Path, tmp_path: Path
) -> None:
    with anna_and_boris(small_company, tmp_path) as (anna, boris):
        anna.go([*OPEN_AND_EDIT, Step(typed=" и Ко"), Step("ctrl+s", sees="Back to the form")])
        anna.terminal.settle(0.1)
        assert "Вектор и Ко" not in boris.terminal.screen_text()
        anna.go([Step("enter", sees="Saved.")])
        saved = time.monotonic()
        boris.terminal.wait_for("Вектор и Ко")
        assert time.monotonic() - saved < SEEN_WITHIN_SECONDS


def test_the_second_to_save_sees_the_conflict_field_by_field_and_loses_nothing(
    small_company: Path, tmp_path: Path
) -> None:
    with anna_and_boris(small_company, tmp_path) as (anna, boris):
        for operator in (anna, boris):
            operator.go(OPEN_AND_EDIT)
        anna.go([Step(typed=" Анны"), Step("tab"), Step(typed="полное"), Step("ctrl+s", sees="Back to the form")])
        anna.go([Step("enter", sees="Saved.")])
        boris.go([Step(sees="changed this record meanwhile"), Step(typed=" Бориса")])
        boris.go([Step("ctrl+s", sees="Back to the form"), Step("enter", sees="Changed by two")])
        boris.go([Step(sees="Вектор Бориса"), Step(sees="Вектор Анны")])
        shown = boris.terminal.screen_text()
        assert "anna" in shown
        boris.go([Step("escape", gone="Changed by two"), Step(sees="Вектор Бориса")])
        boris.go([Step("ctrl+s", sees="Back to the form"), Step("enter", sees="Changed by two")])
        boris.go([Step("m"), Step("enter", sees="Saved.")])
        anna.go([Step(sees="Вектор Бориса")])
    with opened(small_company):
        card = read_card("client", 2)
    assert card.values["name"] == "Вектор Бориса"
    assert card.values["legal_name"] == "полное"
