"""Garbage is collected while the operator reads or thinks, not while a key is answered.

A card leaves some ten thousand objects that refer to each other. Collected whenever enough of them have gathered, they
make one key in a hundred wait for up to 0.1 s.
"""

from __future__ import annotations

import gc
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

_LOOK_SECONDS = 0.2
_QUIET_SECONDS = 0.3
"""So long after a key the operator has his answer, and is not typing on."""
_WORTH_IT = 10_000
"""New objects; fewer than these are left for the next time. So many are looked through in some milliseconds."""
_THOROUGH_SECONDS = 60.0
"""Without a key for so long, everything made since the start is looked through: a tenth of a second."""


class Tidying:
    """Collects garbage for an application while nothing is typed."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._last_key = monotonic()
        self._is_thorough = True

    def begin(self) -> None:
        """What the start has made stays to the end, and is never looked through again."""
        gc.freeze()
        self._app.set_interval(_LOOK_SECONDS, self._look)

    def key_came(self) -> None:
        """A key will be answered now."""
        self._last_key = monotonic()
        self._is_thorough = False

    def _look(self) -> None:
        quiet = monotonic() - self._last_key
        if quiet > _THOROUGH_SECONDS and not self._is_thorough:
            self._is_thorough = True
            gc.collect()
        elif quiet > _QUIET_SECONDS and gc.get_count()[0] > _WORTH_IT:
            gc.collect(1)
