"""A menu of steps, of which some are not possible now: these say why, and are not taken."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from models.text import shown
from screens.kit.dialogs import PickOne

Step = tuple[str, str, str]
"""A code, its title, and why it is not possible; nothing where it is."""


class StepMenu(PickOne[str]):
    """One of several steps. Those that are possible come first."""

    def __init__(self, title: str, steps: Sequence[Step]) -> None:
        possible = sorted(steps, key=lambda one: bool(one[2]))
        super().__init__(title, [(code, text) for code, text, _why in possible])
        self._why = {code: why for code, _text, why in possible}

    DEFAULT_CSS = "StepMenu > Vertical { width: 76; }"

    def _options(self) -> list[Option]:
        return [self._option(code, text) for code, text in self._shown_choices]

    def _option(self, code: str, text: str) -> Option:
        why = self._why[code]
        said = Content.assemble(shown(text), (f"  {shown(why)}" if why else "", "$text-muted"))
        return Option(said, disabled=bool(why))

    def _first(self) -> int | None:
        """The first, where that is possible: enter takes none of the others."""
        return 0 if self._shown_choices and not self._why[self._shown_choices[0][0]] else None
