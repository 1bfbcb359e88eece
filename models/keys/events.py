"""What keys tell the areas further right, which follow it in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from models.events import Event


@dataclass(frozen=True, slots=True)
class KeyComesBack(Event):
    """A key is about to come back to us from a client: nothing of the client may be left on it."""

    key: int
