"""What stands below the line of tabs of a section: a list, or something else that hears of changes."""

from __future__ import annotations

from textual.widget import Widget


class Body(Widget):
    """What stands below the line of tabs."""

    def hear(self, changed: frozenset[str]) -> None:
        """Records of these kinds changed."""

    def enter(self) -> None:
        """The tab is shown again."""
        self.focus()

    def speak_again(self) -> None:
        """The language changed."""
