"""A program on a pseudo-terminal, timed from outside: when something is shown, and what a key costs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.timing import Took

ROWS, COLUMNS = 40, 120
KEYS = {"down": "\x1b[B", "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F"}
_PATIENCE_SECONDS = 120.0


class NothingShown(Exception):
    """The program did not show what was waited for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key press is answered by: bytes, writes, and milliseconds until the first and the last of them."""

    size: int
    first: float
    last: float


class PseudoTerminal:
    """A program that believes to be on a terminal of 120 × 40 with 256 colours."""

    def __init__(
        self, command: Sequence[str | Path], environment: Mapping[str, str], ready: bytes | None = None
    ) -> None:
        """Entered once the program has shown ``ready`` and come to rest, or at once."""
        self._ready = ready
        self._command = list(map(str, command))
        self._environment = {**environment, "LINES": str(ROWS), "COLUMNS": str(COLUMNS)}
        self._descriptor = -1
        self._shown = b""
        self.pid = 0

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(self._command[0], self._command, self._environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        if self._ready is not None:
            self.wait_for(self._ready)
            self.settle()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pid:
            self._end()

    def _end(self) -> float:
        """Kill the program; the processor time that it took, in milliseconds."""
        os.kill(self.pid, signal.SIGKILL)
        _pid, _status, usage = os.wait4(self.pid, 0)
        os.close(self._descriptor)
        self.pid = 0
        return (usage.ru_utime + usage.ru_stime) * 1000

    def wait_for(self, text: bytes) -> float:
        """Read until the program has written this text; the milliseconds since it was started."""
        end = time.perf_counter() + _PATIENCE_SECONDS
        while text not in self._shown:
            gone = not self._read(1.0) and self._gone()
            if gone or time.perf_counter() > end:
                self._end()
                raise NothingShown(f"{self._command[0]} did not show {text!r}: {self._shown[-2000:]!r}")
        return (time.perf_counter() - self._started) * 1000

    def _gone(self) -> bool:
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def took_to_show(self, text: bytes) -> Took:
        """Time from the start to this text on the screen; the program is ended."""
        wall = self.wait_for(text)
        return Took(wall, self._end())

    def settle(self, quiet_seconds: float = 0.5) -> None:
        """Read until nothing has come for so long."""
        while self._read(quiet_seconds):
            pass

    @property
    def shown(self) -> bytes:
        """All that the program has written."""
        return self._shown

    def press(self, key: str, quiet_seconds: float = 0.4) -> Answer:
        """Press a key and read the whole answer, up to so long a silence."""
        before = len(self._shown)
        os.write(self._descriptor, KEYS.get(key, key).encode())
        pressed = time.perf_counter()
        first = last = 0.0
        while self._read(quiet_seconds):
            last = (time.perf_counter() - pressed) * 1000
            first = first or last
        return Answer(len(self._shown) - before, first, last)

    def resident(self) -> float:
        """The memory that the program holds, in MiB."""
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(said.stdout) / 1024

    def _read(self, patience: float) -> bool:
        if not select.select([self._descriptor], [], [], patience)[0]:
            return False
        try:
            self._shown += os.read(self._descriptor, 65536)
        except OSError:
            return False
        return True
