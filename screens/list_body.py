"""What stands below the line of tabs of a section: a list, or something else that hears of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from models.kinds import RecordRef


class Body(Widget):
    """What stands below the line of tabs."""

    def hear(self, changed: frozenset[str]) -> None:
        """Records of these kinds changed."""

    def enter(self) -> None:
        """The tab is shown again."""
        self.focus()

    def record_here(self) -> RecordRef | None:
        """The record under the cursor; none where there is none."""
        return None

    def speak_again(self) -> None:
        """The language changed."""
