"""Killed, or cut off from its terminal, in the middle of editing: the next start offers what was typed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from models.cards.reading import read_card
from tests.faults.conftest import problems
from tests.terminal.companies import opened
from tests.terminal.harness import Terminal
from tests.terminal.walk import WIDE, Step, Walk, program

pytestmark = pytest.mark.terminal

EDITING = (
    Step(sees="1 Today"),
    Step("2", sees="Лютик"),
    Step("enter", sees="Legal name"),
    Step("e", sees="ctrl+s save"),
    Step(typed=" недописанный", sees="Вектор недописанный"),
)


def killed(terminal: Terminal) -> int:
    terminal.signal(signal.SIGKILL)
    return terminal.wait_for_exit()


def hung_up(terminal: Terminal) -> int:
    terminal.hang_up()
    return terminal.wait_for_exit()


@pytest.mark.parametrize(("end", "status"), [(killed, -signal.SIGKILL), (hung_up, 128 + signal.SIGHUP)])
def test_the_next_start_offers_the_draft(
    small_company: Path, tmp_path: Path, end: Callable[[Terminal], int], status: int
) -> None:
    with program(small_company, WIDE, tmp_path) as terminal:
        Walk(terminal, WIDE).go(EDITING)
        if end is killed:
            drafts = tmp_path / "state" / "turbofly" / "drafts"
            terminal.wait_until(lambda: list(drafts.glob("*/client-*.json")) != [], "the draft to be kept")
        assert end(terminal) == status
    with program(small_company, WIDE, tmp_path) as terminal:
        walk = Walk(terminal, WIDE)
        walk.go([Step(sees="Typed but not saved"), Step(sees="недописанный"), Step("enter", sees="ctrl+s save")])
        walk.go([Step(sees="Вектор недописанный"), Step("ctrl+s", sees="Back to the form")])
        walk.go([Step("enter", sees="Saved.")])
        walk.leave()
    assert problems(small_company) == []
    with opened(small_company):
        assert read_card("client", 2).values["name"] == "Вектор недописанный"
