"""What keys tell the areas further right, which follow it in the same transaction."""

from __future__ import annotations

from typing import NamedTuple


class KeyComesBack(NamedTuple):
    """A key is about to come back to us from a client: nothing of the client may be left on it."""

    key: int
