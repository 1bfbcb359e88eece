"""Leaving when told to from outside: SIGTERM, SIGHUP (the terminal is gone) and SIGINT.

The program is asked to leave in its own way: drafts saved, queries interrupted, terminal restored. If it has
not left in time, because a query holds the main thread or a dead connection holds the terminal, a watching
thread restores the terminal itself and ends the process. Exit status: 128 + the number of the signal.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import termios
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PATIENCE_SECONDS = 1.2
"""How long the program may take to leave by itself; the whole has to be done within two seconds."""

_RESTORE = (
    b"\x1b[?2026l"  # synchronised output
    b"\x1b[?2004l"  # bracketed paste
    b"\x1b[?7h"  # line wrap
    b"\x1b[?2048l"  # in-band resize
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    b"\x1b[<u"  # keyboard protocol of kitty
    b"\x1b[?1049l"  # alternate screen
    b"\x1b[?25h"  # cursor
    b"\x1b[?1004l"  # focus reports
    b"\x1b[0m"
)


class Leaving:
    """A context in which signals end the program in order; ``ask`` is called in the watching thread.

    Python runs its signal handlers in the main thread only, which may be held up in a query; the number of the
    signal reaches the watching thread through the wake-up descriptor whatever the main thread does.
    """

    def __init__(self, ask: Callable[[], object], patience: float = PATIENCE_SECONDS) -> None:
        self._ask = ask
        self._patience = patience
        self._reader, self._writer = socket.socketpair()
        self._restored = False
        self._terminal = _terminal_attributes()
        self.signal_number: int | None = None

    def __enter__(self) -> Leaving:
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, _leave_it_to_the_watch)
        threading.Thread(target=self._watch, name="signals", daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """The terminal is the operator's again; the watch goes on, since the end of the process can hang too."""
        self._restored = True

    def _watch(self) -> None:
        while True:
            for number in self._reader.recv(64):
                if number in SIGNALS:
                    self.signal_number = number
                    asking = threading.Thread(target=self._ask, name="leaving", daemon=True)
                    asking.start()
                    time.sleep(self._patience)
                    self._end(number)

    def _end(self, number: int) -> None:
        if not self._restored:
            _restore_terminal(self._terminal)
        os._exit(128 + number)


def _leave_it_to_the_watch(_number: int, _frame: FrameType | None) -> None:
    """Keeps the default action of the signal away."""


def _terminal_attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
    except (termios.error, OSError, ValueError):
        return None


def _restore_terminal(attributes: list[Any] | None) -> None:
    """Give the terminal back without waiting: a terminal that takes no bytes does not get any."""
    if sys.__stdin__ is None or sys.__stderr__ is None:
        return
    try:
        if attributes is not None:
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)
        output = sys.__stderr__.fileno()
        if select.select([], [output], [], 0.1)[1]:
            os.write(output, _RESTORE)
    except (termios.error, OSError, ValueError):
        return
