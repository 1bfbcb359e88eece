"""How reminders are told: each once, and to the terminal only in a form that it is known to understand."""

from __future__ import annotations

import datetime as dt

import pytest

from models.text import is_visible
from tui.notifications import Caller, notification
from tui.services import Woken

MONDAY = dt.datetime(2026, 11, 23, 9)


def woken(number: int, hours: int = 0) -> Woken:
    return Woken(number, MONDAY + dt.timedelta(hours=hours), f"reminder {number}")


class Heard:
    """What was told."""

    def __init__(self) -> None:
        self.toasts: list[str] = []
        self.rings: list[str] = []
        self.caller = Caller(
            lambda text, _seconds: self.toasts.append(text), lambda _title, body: self.rings.append(body)
        )


def test_what_is_due_at_the_start_is_told_by_its_number() -> None:
    heard = Heard()
    heard.caller.hear((woken(2), woken(1)), 2, at_start=True)
    heard.caller.hear((woken(2), woken(1)), 2, at_start=False)
    assert (heard.toasts, heard.rings) == (["2 reminders are due: ! shows them."], [])


def test_a_reminder_is_told_once_for_each_time_that_it_wakes() -> None:
    heard = Heard()
    heard.caller.hear((), 0, at_start=True)
    for _second in range(3):
        heard.caller.hear((woken(1),), 1, at_start=False)
    heard.caller.hear((), 0, at_start=False)
    heard.caller.hear((woken(1, hours=1),), 1, at_start=False)
    assert heard.toasts == ["! reminder 1", "! reminder 1"]
    assert heard.rings == ["reminder 1", "reminder 1"]


def test_of_many_at_once_a_few_are_shown_and_the_terminal_rings_once() -> None:
    heard = Heard()
    heard.caller.hear(tuple(woken(number) for number in range(9, 0, -1)), 9, at_start=False)
    assert heard.toasts == ["! reminder 7", "! reminder 8", "! reminder 9"]
    assert heard.rings == ["reminder 9 (and 8 more)"]


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;Reminder: Call\x1b\\"),
        ({"LC_TERMINAL": "iTerm2", "TERM": "xterm-256color"}, "\x1b]9;Reminder: Call\x1b\\"),
        ({"TERM": "foot"}, "\x1b]777;notify;Reminder;Call\x1b\\"),
        ({"TERM_PROGRAM": "WezTerm"}, "\x1b]777;notify;Reminder;Call\x1b\\"),
        ({"TERM": "xterm-kitty"}, "\x1b]99;i=turbofly:d=0;Reminder\x1b\\\x1b]99;i=turbofly:d=1:p=body;Call\x1b\\"),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "linux"}, ""),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, ""),
        ({"TERM_PROGRAM": "iTerm.app", "STY": "1.pts"}, ""),
        ({}, ""),
    ],
)
def test_only_a_terminal_that_is_known_to_have_notifications_gets_one(
    environment: dict[str, str], sequence: str
) -> None:
    assert notification("Reminder", "Call", environment) == sequence


@pytest.mark.parametrize("terminal", ["foot", "xterm-kitty", "xterm-ghostty"])
def test_no_text_of_a_reminder_ends_the_sequence_or_begins_another(terminal: str) -> None:
    hostile = "a;b\x1b\\\x07\x9c\x1b]0;owned\x07\n\u202e" + "x" * 500
    sent = notification(hostile, hostile, {"TERM": terminal})
    starts = sent.count("\x1b]")
    assert starts == sent.count("\x1b\\") == (2 if terminal == "xterm-kitty" else 1)
    rest = sent.replace("\x1b]", "").replace("\x1b\\", "")
    assert is_visible(rest)
    assert len(rest) < 600
