"""Live refresh: sees within two seconds what this and other operators changed, by the end of the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.kit.gateway import Gateway, Owner
    from tui.services import Changes, Woken

POLL_SECONDS = 1.0
_CHANNEL = "changes"


class ChangeWatch:
    """Asks through the gateway what changed since it last asked; never waits in the app's thread."""

    def __init__(
        self,
        gateway: Gateway,
        owner: Owner,
        changes_since: Callable[[int | None], Changes],
        tell: Callable[[Changes], object],
        tell_fault: Callable[[str], object],
    ) -> None:
        self._gateway = gateway
        self._owner = owner
        self._changes_since = changes_since
        self._tell = tell
        self._tell_fault = tell_fault
        self._marker: int | None = None
        self._due: tuple[int, tuple[Woken, ...]] = (0, ())
        self._fault = ""

    @property
    def is_first(self) -> bool:
        """Whether nothing was answered before: what is told then was so when the program started."""
        return self._marker is None

    def look(self) -> None:
        """Ask, unless the last question is still open."""
        if not self._gateway.is_asked(self._owner, _CHANNEL):
            question = partial(self._changes_since, self._marker)
            self._gateway.ask(self._owner, _CHANNEL, question, self._answered, self._failed)

    def _answered(self, changes: Changes) -> None:
        self._fault = ""
        news = bool(changes.kinds) if self._marker is None else changes.marker != self._marker
        due = (changes.due, changes.woken)
        if due != self._due:
            changes = changes._replace(kinds=changes.kinds | {"reminder"})
        if news or due != self._due:
            self._tell(changes)
        self._marker, self._due = changes.marker, due

    def _failed(self, error: Exception) -> None:
        """Say the same fault once; it is asked again all the same, since connections come back."""
        if str(error) != self._fault:
            self._fault = str(error)
            self._tell_fault(self._fault)
