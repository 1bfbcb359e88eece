"""The title line of a list: which lists there are, how long each is, how many records are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from models.language import _, ngettext
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.frame import FrameLine, Piece


@dataclass(frozen=True, slots=True)
class HeadTab:
    """One of the lists: its id, its title (an English msgid), how many records it shows, if that is known."""

    id: str
    title: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What the line says."""

    tabs: tuple[HeadTab, ...] = ()
    current: str = ""
    marked: int | None = 0
    note: str = ""


class ListHead(FrameLine):
    """The lists of a section, the open one first among equals; a click opens another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head--open", "head--other", "head--count", "head--marked"}
    DEFAULT_CSS = """
    ListHead {
        background: $background;
        & > .head--open { text-style: bold; color: $accent; }
        & > .head--other { color: $text-muted; }
        & > .head--count { color: $text-muted; }
        & > .head--marked { color: $accent; text-style: bold; }
    }
    """

    facts: reactive[HeadFacts] = reactive(HeadFacts())

    class Chosen(Message):
        """Another list was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def pieces(self) -> list[Piece]:
        """The tabs with their counts, then the marks.

        Where there is no room, the counts of other tabs go first, then the tabs that are farthest left of the open one.
        """
        full = self._pieces(counts=True)
        if self._fits(full):
            return full
        short = self._pieces(counts=False)
        while not self._fits_to_the_open(short) and short[0].target != self.facts.current:
            gone = short[0].target
            short = [piece for piece in short if piece.target != gone]
        return short

    def _fits(self, pieces: list[Piece]) -> bool:
        return sum(cell_len(piece.text) for piece in pieces) <= self.size.width

    def _fits_to_the_open(self, pieces: list[Piece]) -> bool:
        last = max((at for at, piece in enumerate(pieces) if piece.target == self.facts.current), default=0)
        return self._fits(pieces[: last + 1])

    def _pieces(self, *, counts: bool) -> list[Piece]:
        facts = self.facts
        pieces: list[Piece] = []
        for tab in facts.tabs:
            is_open = tab.id == facts.current
            pieces.append(Piece(f" {shown(_(tab.title))}", "head--open" if is_open else "head--other", tab.id))
            number = "" if tab.count is None or not (counts or is_open) else " " + cell_text(tab.count, "integer", {})
            pieces.append(Piece(f"{number}  ", "head--count", tab.id))
        if facts.marked != 0:
            pieces.append(Piece(f" {_marked(facts.marked)} ", "head--marked"))
        if facts.note:
            pieces.append(Piece(f" {shown(facts.note)} ", "head--count"))
        return pieces

    def chosen(self, target: str) -> None:
        """A tab was clicked."""
        self.post_message(self.Chosen(target))


def _marked(number: int | None) -> str:
    if number is None:
        return _("all marked")
    return ngettext("{number} marked", "{number} marked", number).format(number=cell_text(number, "integer", {}))
