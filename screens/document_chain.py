"""The chain of documents in one line: what a document was made from, the document, what was made from it."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from models.language import _
from models.sales.chains import ChainLink
from models.sales.vocabulary import DOCUMENT_STATES, KINDS_OF_DOCUMENT
from models.text import shown
from screens.kit.frame import FrameLine, Piece
from screens.kit.glyphs import glyphs


class ChainLine(FrameLine):
    """The documents in the order of their kinds; the one that is shown is set off, a click opens another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chain--here", "chain--other", "chain--mark"}
    DEFAULT_CSS = """
    ChainLine {
        background: $background;
        & > .chain--here { color: $accent; text-style: bold; }
        & > .chain--other { color: $foreground; }
        & > .chain--mark { color: $text-muted; }
    }
    """
    links: reactive[tuple[ChainLink, ...]] = reactive(())
    here: reactive[int] = reactive(0)

    class Chosen(Message):
        """Another document of the chain was clicked."""

        def __init__(self, document: int) -> None:
            super().__init__()
            self.document = document

    def pieces(self) -> list[Piece]:
        """As many as fit around the document itself; what is left out at either end is said by dots."""
        links = self.links
        at = next((place for place, link in enumerate(links) if link.id == self.here), 0)
        first, last = 0, len(links)
        pieces = self._pieces(first, last)
        while sum(cell_len(piece.text) for piece in pieces) > self.size.width and last - first > 1:
            first, last = (first + 1, last) if at - first >= last - at else (first, last - 1)
            pieces = self._pieces(first, last)
        return pieces

    def _pieces(self, first: int, last: int) -> list[Piece]:
        drawn = glyphs(self.app)
        pieces = [Piece(f"  {drawn.ellipsis} " if first else "  ", "chain--mark")]
        for place, link in enumerate(self.links[first:last]):
            if place:
                pieces.append(Piece(f" {drawn.arrow} ", "chain--mark"))
            pieces.append(Piece(link_text(link), f"chain--{'here' if link.id == self.here else 'other'}", str(link.id)))
        if last < len(self.links):
            pieces.append(Piece(f" {drawn.ellipsis}", "chain--mark"))
        return pieces

    def chosen(self, target: str) -> None:
        """A document was clicked."""
        self.post_message(self.Chosen(int(target)))

    def beside(self, step: int) -> int | None:
        """The document after the one that is shown, or with -1 before it; None at the ends."""
        ids = [link.id for link in self.links]
        at = ids.index(self.here) + step if self.here in ids else -1
        return ids[at] if 0 <= at < len(ids) else None


def link_text(link: ChainLink) -> str:
    """A document by kind and number, with its state where it is not simply in force."""
    number = link.number or f"#{link.id}"
    kind = _(KINDS_OF_DOCUMENT[link.kind].title) if link.kind in KINDS_OF_DOCUMENT else shown(link.kind)
    state = _(DOCUMENT_STATES[link.state]) if link.state in DOCUMENT_STATES else shown(link.state)
    text = f"{kind} {shown(number)}"
    return text if link.state in ("issued", "posted") else f"{text} ({state})"
