"""A pseudo-terminal for tests: starts a real program, types, and looks at the bytes and at the screen they make.

    with Terminal([sys.executable, "-m", "tui.command_line.main"], rows=24, columns=80) as terminal:
        terminal.wait_for("Today")
        terminal.send("5")
        assert "Keys" in terminal.screen_text()

``pyte`` is the terminal: an independent emulator that draws what a real one would. It answers no queries.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Self

import pyte
from pyte.charsets import LAT1_MAP
from pyte.modes import IRM
from pyte.screens import wcwidth

PATIENCE_SECONDS = 15.0

KEYS = {
    "enter": "\r",
    "space": " ",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
}
"""What xterm sends for the keys that are no characters; ``ctrl+x`` is made by ``key``."""

# Sequences that pyte draws as text or takes for others: kitty's keyboard protocol and private mode requests.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\", re.DOTALL)
_UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?]?[0-9;]*\$?|P[^\x1b]*(?:\x1b)?)?\Z")


class TimedOut(AssertionError):
    """What was waited for did not come; says what the screen shows instead."""


@lru_cache(maxsize=100_000)
def _drawn(look: pyte.screens.Char, character: str) -> pyte.screens.Char:
    return look._replace(data=character)


class Screen(pyte.Screen):
    """pyte's screen, which draws the usual text four times as fast: characters one cell wide that fit on the line."""

    def draw(self, data: str) -> None:
        """Draw text at the cursor."""
        cursor = self.cursor
        end = cursor.x + len(data)
        usual = self.g0_charset is LAT1_MAP and not self.charset and IRM not in self.mode
        if not usual or end > self.columns or any(wcwidth(character) != 1 for character in data):
            super().draw(data)
            return
        line, look = self.buffer[cursor.y], cursor.attrs
        for x, character in enumerate(data, cursor.x):
            line[x] = _drawn(look, character)
        cursor.x = end
        self.dirty.add(cursor.y)


class Terminal:
    """A program on a pseudo-terminal of its own, as leader of its session."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        rows: int = 24,
        columns: int = 80,
        environment: Mapping[str, str] | None = None,
        term: str = "xterm-256color",
    ) -> None:
        """``environment`` is laid over the one of the test."""
        self._command = list(command)
        self._environment = {**os.environ, "TERM": term, **(environment or {})}
        self._rows = rows
        self._columns = columns
        self._screen = Screen(columns, rows)
        self._text = ""
        self._is_text_old = True
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn = b""
        self._received = bytearray()
        self._descriptor = -1
        self._hung_up = False
        self._status: int | None = None
        self.pid = 0

    def __enter__(self) -> Self:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            self._become_the_program()
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self._rows, self._columns, 0, 0))
        return self

    def _become_the_program(self) -> None:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self._rows, self._columns, 0, 0))
        try:
            os.execvpe(self._command[0], self._command, self._environment)
        finally:
            os._exit(127)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program however it is, and give the terminal back."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.hang_up()

    @property
    def raw(self) -> bytes:
        """All bytes that the program has written so far."""
        self._read(0)
        return bytes(self._received)

    def send(self, text: str) -> None:
        """Type text, as it is."""
        os.write(self._descriptor, text.encode())

    def key(self, *names: str) -> None:
        """Press keys by name: ``enter``, ``ctrl+k``, ``alt+left``, ``x``."""
        for name in names:
            if name.startswith("ctrl+") and len(name) == 6:
                self.send(chr(ord(name[-1].lower()) & 0x1F))
            else:
                self.send(KEYS.get(name, name))

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._is_text_old = True
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def screen_text(self) -> str:
        """What the screen shows now, a line per row, without spaces at the ends."""
        self._read(0)
        if self._is_text_old:
            # pyte's own display fails where a wide character was written over by half.
            lines = (self._screen.buffer[y] for y in range(self._screen.lines))
            columns = range(self._screen.columns)
            self._text = "\n".join("".join([line[x].data for x in columns]).rstrip() for line in lines)
            self._is_text_old = False
        return self._text

    def cells(self) -> list[list[pyte.screens.Char]]:
        """All characters of the screen, with their colours."""
        self._read(0)
        columns = range(self._screen.columns)
        return [[line[x] for x in columns] for line in (self._screen.buffer[y] for y in range(self._screen.lines))]

    def cell(self, row: int, column: int) -> pyte.screens.Char:
        """The character at a place of the screen, with its colours."""
        self._read(0)
        return self._screen.buffer[row][column]

    def wait_for(self, text: str, patience: float = PATIENCE_SECONDS) -> None:
        """Read until the screen shows the text."""
        self.wait_until(lambda: text in self.screen_text(), f"{text!r} to appear", patience)

    def wait_until(
        self, condition: Callable[[], bool], wish: str = "the condition", patience: float = PATIENCE_SECONDS
    ) -> None:
        """Read until the condition holds; ``wish`` says for people what is waited for."""
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end or (self._hung_up and not condition()):
                raise TimedOut(f"waited for {wish}; the screen shows:\n{self.screen_text()}")
            self._read(0.05)

    def settle(self, quiet: float = 0.3, patience: float = PATIENCE_SECONDS) -> None:
        """Read until the program has written nothing for ``quiet`` seconds."""
        end = time.monotonic() + patience
        while self._read(quiet):
            if time.monotonic() > end:
                raise TimedOut("the program does not stop writing")

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does: the program gets SIGHUP and can write no more."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            self._hung_up = True

    def wait_for_exit(self, patience: float = PATIENCE_SECONDS) -> int:
        """Read until the program has ended; its exit status, negative for the signal that killed it."""
        end = time.monotonic() + patience
        while self._status is None:
            self._read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise TimedOut(f"the program does not end; the screen shows:\n{self.screen_text()}")
            elif self._hung_up:
                select.select([], [], [], 0.02)
        while self._read(0.05):
            pass
        return self._status

    def attributes(self) -> list[object]:
        """The settings of the terminal (echo, line mode …), to compare before and after."""
        return list(termios.tcgetattr(self._descriptor))

    def _read(self, timeout: float) -> bool:
        """Take in what the program has written; True when there was something."""
        something = False
        while self._descriptor >= 0 and not self._hung_up and select.select([self._descriptor], [], [], timeout)[0]:
            try:
                chunk = os.read(self._descriptor, 65536)
            except OSError:
                chunk = b""
            if not chunk:
                self._hung_up = True
                break
            something, timeout = True, 0
            self._received += chunk
            self._draw(chunk)
        return something

    def _draw(self, chunk: bytes) -> None:
        self._is_text_old = True
        pending = self._undrawn + chunk
        unfinished = _UNFINISHED.search(pending)
        cut = unfinished.start() if unfinished else len(pending)
        self._undrawn = pending[cut:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", pending[:cut]))


MODES_OF_A_SHELL = {
    b"?1049": False,  # alternate screen
    b"?25": True,  # cursor shown
    b"?1000": False,  # mouse
    b"?1003": False,
    b"?1006": False,
    b"?2004": False,  # bracketed paste
    b"?1004": False,  # focus reports
    b"?7": True,  # line wrap
}
"""The private modes that a program must leave as it found them."""


def modes_left(raw: bytes) -> dict[bytes, bool]:
    """How the private modes stand after these bytes, for every mode that a program touched."""
    modes: dict[bytes, bool] = {}
    for names, switch in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", raw):
        modes.update(dict.fromkeys((b"?" + name for name in names.split(b";")), switch == b"h"))
    return modes


def unrestored_modes(raw: bytes) -> dict[bytes, bool]:
    """The modes of ``MODES_OF_A_SHELL`` that were touched and not put back."""
    left = modes_left(raw)
    return {mode: left[mode] for mode, wanted in MODES_OF_A_SHELL.items() if left.get(mode, wanted) is not wanted}


# What the program itself says to a terminal: colours, the cursor's place and shape, modes, the keyboard protocol, the
# shape of the mouse pointer, the clipboard.
_ITS_OWN = re.compile(
    rb"\x1b\[[0-9;:]*[mHC]|\x1b\[\?[0-9;]+(?:[hl]|\$p)|\x1b\[[<>][0-9]*u|\x1b\[[0-9]+ q|\r?\n"
    rb"|\x1b\]22;[a-z-]*\x07|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"
)
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb].{0,12}", re.DOTALL
)


def foreign_controls(raw: bytes) -> list[str]:
    """Control, bidirectional and invisible characters in these bytes that the program never says by itself.

    Each with the few characters that follow. What is here came from the data: there may be none.
    """
    return _CONTROL.findall(_ITS_OWN.sub(b"", raw).decode("utf-8", "replace"))
