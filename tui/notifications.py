"""Reminders that become due: told once each, as a toast and by the notification of a terminal that is known to have it.

There is no asking a terminal whether it has one, so the table names those that do; inside tmux and screen, which keep
the variables of the terminal that they were started in, nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from models.language import _, ngettext
from models.text import shown

if TYPE_CHECKING:
    from datetime import datetime

    from tui.services import Woken

_LONGEST = 200
_TOASTS_AT_ONCE = 3
_LONGEST_TOAST = 120
_TOAST_SECONDS = 30.0
_GREETING_SECONDS = 5.0
_END = "\x1b\\"


def _osc9(title: str, body: str) -> str:
    return f"\x1b]9;{title}: {body}{_END}"


def _osc777(title: str, body: str) -> str:
    return f"\x1b]777;notify;{title.replace(';', ',')};{body.replace(';', ',')}{_END}"


def _osc99(title: str, body: str) -> str:
    return f"\x1b]99;i=turbofly:d=0;{title}{_END}\x1b]99;i=turbofly:d=1:p=body;{body}{_END}"


_BY_PROGRAM: Mapping[str, Callable[[str, str], str]] = {
    "iTerm.app": _osc9,
    "iTerm2": _osc9,
    "WezTerm": _osc777,
    "ghostty": _osc777,
    "rxvt": _osc777,
}
_BY_TERM: Mapping[str, Callable[[str, str], str]] = {
    "xterm-kitty": _osc99,
    "xterm-ghostty": _osc777,
    "foot": _osc777,
    "foot-extra": _osc777,
    "wezterm": _osc777,
    "rxvt-unicode": _osc777,
    "rxvt-unicode-256color": _osc777,
}


def notification(title: str, body: str, environment: Mapping[str, str]) -> str:
    """The sequence that has the terminal show a notification of its own; "" for one that is not known to have any."""
    if environment.get("TMUX") or environment.get("STY"):
        return ""
    program = environment.get("TERM_PROGRAM") or environment.get("LC_TERMINAL") or ""
    make = _BY_TERM.get(environment.get("TERM", "")) or _BY_PROGRAM.get(program)
    return make(_plain(title), _plain(body)) if make is not None else ""


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would act on."""
    return shown(" ".join(text.split()))[:_LONGEST]


class Caller:
    """Tells of reminders: each once for each time that it wakes, however often the database says that it is due."""

    def __init__(self, toast: Callable[[str, float], object], ring: Callable[[str, str], object]) -> None:
        self._toast = toast
        self._ring = ring
        self._told: set[tuple[int, datetime]] = set()

    def hear(self, woken: tuple[Woken, ...], due: int, *, at_start: bool) -> None:
        """These are due, the last to wake first. What was due when the program started is told by its number."""
        new = [one for one in woken if (one.id, one.wakes) not in self._told]
        self._told.update((one.id, one.wakes) for one in new)
        if not at_start:
            self._tell(new)
        elif due:
            text = ngettext("{number} reminder is due: ! shows it.", "{number} reminders are due: ! shows them.", due)
            self._toast(text.format(number=due), _GREETING_SECONDS)

    def _tell(self, new: list[Woken]) -> None:
        for one in reversed(new[:_TOASTS_AT_ONCE]):
            self._toast(f"! {shortened(one.text)}", _TOAST_SECONDS)
        if len(new) > 1:
            text = _("{text} (and {more} more)").format(text=new[0].text, more=len(new) - 1)
            self._ring(_("Reminder"), text)
        elif new:
            self._ring(_("Reminder"), new[0].text)


def shortened(text: str) -> str:
    """What of a text a corner of the screen has room for."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TOAST else line[: _LONGEST_TOAST - 1] + "…"
