"""What the cards of keys, licences and instances can besides: print their papers."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.language import N_
from screens.card import CardScreen


class PaperCard(CardScreen):
    """A card that has the key ``p``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "print", N_("print"), id="document.print")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While nothing is typed, of what is there."""
        if action == "print":
            return self._form is not None and not self.is_new and not self.form.is_editing
        return super().check_action(action, parameters)

    def action_print(self) -> None:
        """Ask for the paper and the file; write it."""
        from screens.paper_printing import print_paper

        print_paper(self, self.ref)
