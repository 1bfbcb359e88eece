"""Waiting in the tests of screens: until all that is to be done is done, and no longer.

Textual's pilot waits after each key until the process has been idle for 20 ms, twice. Here it is asked instead what
there is to do: messages between widgets, drawing, and answers of the database.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from textual._context import active_app

from screens.kit.gateway import Gateway

if TYPE_CHECKING:
    from textual.app import App

_SLOW_SECONDS = 0.1
"""An answer that takes longer is waited for by the test itself, which knows what is to come."""
_LONGEST_SECONDS = 1.0
_LOOK_SECONDS = 0.001

_asked: set[Gateway] = set()
_writes: Counter[Gateway] = Counter()


def _waits(app: App[Any]) -> bool:
    """Whether an answer of the database is to come, a change to be written, or another size to be taken."""
    return any(gateway._current for gateway in _asked) or _writes.total() > 0 or app._resize_event is not None


def _is_to_draw(app: App[Any]) -> bool:
    if app._exit or not app.screen_stack or app._batch_count:
        return False
    screen = app.screen
    return screen.is_current and bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def all_done(min_sleep: float = 0, max_sleep: float = _LONGEST_SECONDS) -> None:
    """Go on when no message waits, all is drawn and no answer of the database is to come."""
    app = active_app.get()
    loop: Any = asyncio.get_running_loop()
    start = loop.time()
    while loop.time() - start < max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if _is_to_draw(app):
            app.screen._on_timer_update()
        elif getattr(app, "keys_wait", False) or (_waits(app) and loop.time() - start < _SLOW_SECONDS):
            await asyncio.sleep(_LOOK_SECONDS)
        else:
            return


@pytest.fixture(autouse=True)
def quick_pilot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pilot waits by asking what there is to do."""
    ask, write, written = Gateway.ask, Gateway.write, Gateway._write

    def remember(gateway: Gateway, *arguments: Any) -> None:
        _asked.add(gateway)
        ask(gateway, *arguments)

    def count(gateway: Gateway, *arguments: Any) -> None:
        _writes[gateway] += 1
        write(gateway, *arguments)

    def uncount(gateway: Gateway, *arguments: Any) -> None:
        try:
            written(gateway, *arguments)
        finally:
            _writes[gateway] -= 1

    monkeypatch.setattr(Gateway, "ask", remember)
    monkeypatch.setattr(Gateway, "write", count)
    monkeypatch.setattr(Gateway, "_write", uncount)
    monkeypatch.setattr("textual.app.wait_for_idle", all_done)
    monkeypatch.setattr("textual.pilot.wait_for_idle", all_done)
    yield
    _asked.clear()
    _writes.clear()
