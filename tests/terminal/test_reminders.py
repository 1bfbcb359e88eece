"""A reminder that is set in one program reaches the operator's terminal in another, and its own notification."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import pytest

from models.clock import now
from models.company.identity import actor_for
from tests.models.worlds import a_reminder
from tests.terminal.companies import opened
from tests.terminal.harness import Terminal

pytestmark = pytest.mark.terminal

REACHED_WITHIN_SECONDS = 60.0


def program(path: Path, home: Path, term: str, settings: str = "") -> Terminal:
    """The program in a terminal of a kind."""
    (home / "config" / "turbofly").mkdir(parents=True)
    (home / "config" / "turbofly" / "turbofly.toml").write_text(settings)
    command = [sys.executable, "-m", "tui.command_line.main", "--lang", "en", "--database", str(path)]
    places = {"XDG_STATE_HOME": str(home / "state"), "XDG_CONFIG_HOME": str(home / "config"), "HOME": str(home)}
    nowhere = dict.fromkeys(("TMUX", "STY", "TERM_PROGRAM", "LC_TERMINAL"), "")
    return Terminal(command, environment=places | nowhere, term=term)


_NOT_AT_START = dt.timedelta(seconds=3)
"""What is due when the program starts is told in another way."""


@pytest.mark.parametrize(
    ("term", "settings", "rings"),
    [("foot", "", 1), ("foot", "notifications = false", 0), ("xterm-256color", "", 0)],
)
def test_a_reminder_that_becomes_due_reaches_the_screen_and_the_terminal(
    small_company: Path, tmp_path: Path, term: str, settings: str, rings: int
) -> None:
    with program(small_company, tmp_path, term, settings) as terminal:
        terminal.wait_for("1 Today")
        terminal.wait_for("anna")
        with opened(small_company):
            a_reminder(actor_for(None, "test"), now() + _NOT_AT_START, "Call the bank")
        set_at = time.monotonic()
        terminal.wait_for("! Call the bank")
        terminal.wait_for("!1")
        assert time.monotonic() - set_at < REACHED_WITHIN_SECONDS
        assert terminal.raw.count(b"\x1b]777;notify;Reminder;Call the bank\x1b\\") == rings
        assert terminal.raw.count(b"\x1b]777") == rings
        terminal.key("ctrl+q")
        assert terminal.wait_for_exit() == 0
