"""Opening records and walking back and forward through those that were opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from models.language import _
from screens.section import FrameScreen, RecordScreen
from tui.history import History

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from models.kinds import RecordRef


class Records:
    """The cards of an application: ``openers`` makes the card of a record of each kind."""

    def __init__(self, app: App[None], openers: Mapping[str, Callable[[RecordRef], RecordScreen]]) -> None:
        self._app = app
        self._openers = openers
        self._visited = History()

    def open(self, ref: RecordRef) -> None:
        """Show a record's card above what is shown, and remember it."""
        if self._show(ref, instead=False):
            self._visited.visit(ref)

    def step(self, direction: int) -> None:
        """Show the record seen before (-1) or after (1) in place of the one shown."""
        screen = self._app.screen
        current = screen.ref if isinstance(screen, RecordScreen) else None
        ref = self._visited.back(current) if direction < 0 else self._visited.forward()
        if ref is not None:
            self._show(ref, instead=current is not None)

    def _show(self, ref: RecordRef, *, instead: bool) -> bool:
        app = self._app
        opener = self._openers.get(ref.kind)
        if opener is None:
            app.notify(_("Records of the kind “{kind}” have no screen.").format(kind=ref.kind), severity="warning")
            return False
        if isinstance(app.screen, FrameScreen) and not app.screen.may_leave():
            return False
        stack = app.screen_stack
        depth = next((depth for depth, screen in enumerate(reversed(stack)) if _shows(screen, ref)), None)
        if depth is not None:
            for _level in range(depth):
                app.pop_screen()
        elif instead:
            app.switch_screen(opener(ref))
        else:
            app.push_screen(opener(ref))
        return True


def _shows(screen: Screen[object], ref: RecordRef) -> bool:
    return isinstance(screen, RecordScreen) and screen.ref == ref
