"""The lines that name the clients which are likely the one in the form; nothing where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from models.clients.duplicates import Likely, Typed
from models.language import _
from models.text import shown

_LOW = 30
"""Below so many lines a screen names two clients, else four."""


class DuplicatesLine(Static):
    """Stands below the form and takes room only while it has something to say."""

    DEFAULT_CSS = """
    DuplicatesLine {
        display: none;
        height: auto;
        padding: 0 2;
        color: $warning;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.asked_for = Typed()
        """What was last looked for."""
        self.likely: Sequence[Likely] = ()
        self._named = 0

    def say(self, likely: Sequence[Likely], height: int) -> None:
        """Name these clients, as many as a screen of a height has room for."""
        self.likely = likely
        self._named = 2 if height < _LOW else 4
        self.display = bool(likely)
        self.refresh(layout=True)

    def render(self) -> Content:
        """A line for each client: its name, its number, the reasons."""
        named = self.likely[: self._named]
        lines = [
            Content.assemble(f"! {shown(one.name)} ", (f"#{one.id}", "bold"), f": {shown(one.why())}") for one in named
        ]
        if more := len(self.likely) - len(named):
            lines.append(Content(_("… and {number} more").format(number=more)))
        return Content("\n").join([line.truncate(self._room, ellipsis=True) for line in lines])

    @property
    def _room(self) -> int:
        return max(1, self.content_region.width or self.app.size.width - 4)
