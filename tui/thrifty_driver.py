"""Textual's terminal driver, sending only the cells that change."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from tui.screen_memory import ScreenMemory

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver


class ThriftyDriver(LinuxDriver):
    """Writes to the terminal what is new on the screen."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._memory = ScreenMemory()
        # The thread that reads keys writes too, when the terminal answers a query.
        self._writing = threading.Lock()
        self._size_written: os.terminal_size | None = None

    def write(self, data: str) -> None:
        """Write the data as far as the terminal does not show it already."""
        with self._writing:
            size = _size_of(self.fileno)
            if size != self._size_written:
                self._size_written = size
                self._memory.columns = size.columns if size is not None and size.columns > 0 else None
                self._memory.forget()
            news = self._memory.news(data)
            if news:
                super().write(news)

    def forget_screen(self) -> None:
        """Have the next frame sent whole: another program may have written over ours."""
        with self._writing:
            self._memory.forget()


def thrifty(chosen: type[Driver]) -> type[Driver]:
    """The driver to use instead of Textual's choice: ours for a terminal; those of the browser and of tests stay."""
    return ThriftyDriver if chosen is LinuxDriver else chosen


def _size_of(descriptor: int) -> os.terminal_size | None:
    try:
        return os.get_terminal_size(descriptor)
    except OSError:
        return None
