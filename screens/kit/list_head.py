"""The title line of a list: which lists there are, how long each is, how many records are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

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


class HeadFacts(NamedTuple):
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

    def __init__(self, facts: HeadFacts = HeadFacts()) -> None:
        super().__init__()
        self.set_reactive(ListHead.facts, facts)

    class Chosen(Message):
        """Another list was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def pieces(self) -> list[Piece]:
        """The tabs with their counts, then the marks and the note."""
        return head_pieces(self.facts, self.size.width)

    def chosen(self, target: str) -> None:
        """A tab was clicked."""
        self.post_message(self.Chosen(target))


def head_pieces(facts: HeadFacts, width: int) -> list[Piece]:
    """The line in ``width`` cells.

    Where there is no room, counts of other tabs go first, then the tabs that are farthest from the open one.
    """
    here = next((place for place, tab in enumerate(facts.tabs) if tab.id == facts.current), 0)
    first, last = 0, len(facts.tabs)
    pieces = _pieces(facts, first, last, counts=True)
    if _cells(pieces) > width:
        pieces = _pieces(facts, first, last, counts=False)
    while _cells(pieces) > width and last - first > 1:
        first, last = (first + 1, last) if here - first >= last - here else (first, last - 1)
        pieces = _pieces(facts, first, last, counts=False)
    return pieces


def _cells(pieces: list[Piece]) -> int:
    return sum(cell_len(piece.text) for piece in pieces)


def _pieces(facts: HeadFacts, first: int, last: int, *, counts: bool) -> list[Piece]:
    pieces = [Piece(" …", "head--other")] if first else []
    for tab in facts.tabs[first:last]:
        is_open = tab.id == facts.current
        pieces.append(Piece(f" {shown(_(tab.title))}", "head--open" if is_open else "head--other", tab.id))
        number = "" if tab.count is None or not (counts or is_open) else " " + cell_text(tab.count, "integer", {})
        pieces.append(Piece(f"{number}  ", "head--count", tab.id))
    if last < len(facts.tabs):
        pieces.append(Piece("… ", "head--other"))
    if facts.marked != 0:
        pieces.append(Piece(f" {_marked(facts.marked)} ", "head--marked"))
    if facts.note:
        pieces.append(Piece(f" {shown(facts.note)} ", "head--count"))
    return pieces


def _marked(number: int | None) -> str:
    if number is None:
        return _("all marked")
    return ngettext("{number} marked", "{number} marked", number).format(number=cell_text(number, "integer", {}))
