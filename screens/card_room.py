"""How a card's fields and lists share the screen: side by side where it is wide, else one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.card import CardScreen

WIDE = 110
"""From so many columns the lists stand at the right of the fields."""
_DENSE = 30
"""Below so many lines, groups of fields stand without a blank line between."""


class CardRoom:
    """The room on the screen of one card."""

    def __init__(self, screen: CardScreen) -> None:
        self._screen = screen
        self._is_alone = False
        self._is_wide = False
        self.dense = False

    @property
    def columns(self) -> int:
        """How many columns of fields fit beside what else there is."""
        return 2 if self._screen.is_new and self._is_wide else 1

    def fit(self, width: int, height: int) -> None:
        """The screen has this size."""
        self._is_wide, self.dense = width >= WIDE, height < _DENSE
        self._screen.set_class(self._is_wide, "-wide")

    def share(self) -> None:
        """On a narrow screen, inputs take the place of the lists.

        By inline styles: a class on the screen would have every widget look for its styles again (50 ms).
        """
        form, tabs = self._screen.form, self._screen.tabs
        alone = form.is_editing and not self._is_wide
        if alone == self._is_alone:
            return
        self._is_alone = alone
        if tabs is not None:
            tabs.display = not alone
        if alone:
            form.styles.height, form.styles.max_height = "1fr", "100%"
        else:
            form.styles.clear_rule("height")
            form.styles.clear_rule("max_height")
