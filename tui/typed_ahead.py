"""Keys that are typed faster than the screen follows: each waits until the one before it has done what it does.

Textual gives a key to whatever has the focus when the key comes, though the key before it may just be opening a card
or a line to type into. A key that comes soon after another therefore follows its way: from the widget that got it up
to the application, through the same queues, and once more for the messages that it led to. Where that opened what
still waits for its records, the key waits for them too. A text that is pasted is as a key in all this.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from textual.events import Key, Paste

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.dom import DOMNode
    from textual.widget import Widget

Typed: TypeAlias = Key | Paste

_SOON_SECONDS = 0.5
"""A key that comes later than this does not wait: what is so slow may take its time."""
_GIVEN_UP_SECONDS = 0.5
_ROUNDS = 3
_LOOK_SECONDS = 0.005


class TypedAhead:
    """The keys of an application that wait for their turn."""

    def __init__(self, app: App[None], is_opening: Callable[[float], bool]) -> None:
        """``is_opening``: whether what has the focus waits for its first records, for less than so many seconds."""
        self._app = app
        self._is_opening = is_opening
        self._waiting: deque[Typed] = deque()
        self._released: Typed | None = None
        self._last: Widget | None = None
        self._handled = 0.0
        self._was_text = False
        self._turn = 0

    @property
    def waits(self) -> bool:
        """Whether any key waits."""
        return bool(self._waiting)

    def keeps(self, key: Typed) -> bool:
        """Whether a key has to wait; it then comes again by itself. Else it is handled now: say so by ``handled``."""
        if key is self._released:
            return False
        if not self._waiting and (self._is_text(key) or monotonic() - self._handled > _SOON_SECONDS):
            return False
        self._waiting.append(key)
        if len(self._waiting) == 1:
            self._follow_the_last()
        return True

    def handled(self, target: Widget, key: Typed) -> None:
        """A key was given to a widget; the next one that waits follows it."""
        self._last, self._handled = target, monotonic()
        self._was_text = _is_text_to(target, key)
        if key is self._released:
            self._released = None
            self._waiting.popleft()
            if self._waiting:
                self._follow_the_last()

    def _follow_the_last(self) -> None:
        self._turn += 1
        self._app.set_timer(_GIVEN_UP_SECONDS, partial(self._release, self._turn))
        self._climb(self._turn, self._last, _ROUNDS)

    def _climb(self, turn: int, node: DOMNode | None, rounds: int) -> None:
        """Go on to the next place on the way of the key before, behind all that waits there."""
        if turn != self._turn:
            return
        while node is not None and node is not self._app:
            if node.is_attached and node.call_later(self._climb, turn, node.parent, rounds):
                return
            node = node.parent
        if rounds > 1:
            # Half of the rounds for what the key led to where it was, the last one for what has the focus by now.
            start = self._last if rounds > 2 else self._focus
            self._app.call_later(self._climb, turn, start, rounds - 1)
        else:
            self._app.call_later(self._release_when_open, turn)

    def _release_when_open(self, turn: int) -> None:
        if turn == self._turn and self._is_opening(_GIVEN_UP_SECONDS):
            self._app.set_timer(_LOOK_SECONDS, partial(self._release_when_open, turn))
        else:
            self._release(turn)

    def _is_text(self, key: Typed) -> bool:
        """Letters of one text go the same way, one behind the other."""
        focus = self._app.focused
        return focus is not None and focus is self._last and self._was_text and _is_text_to(focus, key)

    @property
    def _focus(self) -> DOMNode | None:
        return (self._app.focused or self._app.screen) if self._app.screen_stack else None

    def _release(self, turn: int) -> None:
        """It is the turn of the first key that waits."""
        if turn == self._turn and self._waiting and self._released is None:
            self._turn += 1
            self._released = self._waiting[0]
            self._app.post_message(self._released)


def _is_text_to(target: Widget, key: Typed) -> bool:
    """Whether a widget that text is typed into takes a key as text; what is pasted is text wherever it goes."""
    return isinstance(key, Paste) or target.check_consume_key(key.key, key.character)
