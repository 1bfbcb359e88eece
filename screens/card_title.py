"""The title line of a card: what kind of record it is, its name or number, and in what state it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.reactive import reactive

from models.language import _, ngettext
from models.text import shown
from screens.kit.frame import FrameLine, Piece

_BAD = frozenset({"expired", "revoked", "suspended", "broken", "lost", "cancelled"})
_CARE = frozenset({"expiring", "lent", "inactive", "superseded", "replaced"})
_SHORTEST_TITLE = 12
_LONGEST_STATE = 24
"""A state that the program does not know may be of any length."""


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What the line says; kind and state are msgids, ``code`` is the state as it is stored."""

    kind: str = ""
    title: str = ""
    state: str = ""
    code: str = ""
    number: str = ""
    doing: str = ""
    """What is being done with the record, as “editing”; in the operator's language."""
    files: int = 0


def state_piece(facts: TitleFacts) -> Piece | None:
    """The state with its mark; colour only repeats what mark and word say."""
    if not facts.state:
        return None
    mark, style = ("!", "bad") if facts.code in _BAD else ("~", "care") if facts.code in _CARE else ("", "state")
    state = shown(_(facts.state))
    if cell_len(state) > _LONGEST_STATE:
        state = set_cell_size(state, _LONGEST_STATE - 1) + "…"
    return Piece(f"{mark} {state}".strip(), f"card-title--{style}")


class CardTitle(FrameLine):
    """One line; the title is cut where there is no room, the state never."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card-title--kind",
        "card-title--title",
        "card-title--state",
        "card-title--care",
        "card-title--bad",
        "card-title--doing",
    }
    DEFAULT_CSS = """
    CardTitle {
        background: $background;
        & > .card-title--kind { color: $text-muted; }
        & > .card-title--title { text-style: bold; }
        & > .card-title--state { color: $text-muted; }
        & > .card-title--care { color: $warning; }
        & > .card-title--bad { color: $error; text-style: bold; }
        & > .card-title--doing { color: $accent; text-style: bold; }
    }
    """

    facts: reactive[TitleFacts] = reactive(TitleFacts())

    def pieces(self) -> list[Piece]:
        """Kind and title at the left with the state beside them, what is being done and the number at the right."""
        facts = self.facts
        kind = _(facts.kind)
        left = [Piece(f"  {kind[:1].upper()}{kind[1:]}  ", "card-title--kind")]
        state = state_piece(facts)
        after = [Piece("   "), state] if state else []
        right = [Piece(f" {facts.doing} ", "card-title--doing")] if facts.doing else []
        if facts.files:
            number = ngettext("{number} file", "{number} files", facts.files).format(number=facts.files)
            right.append(Piece(f" {number} ", "card-title--state"))
        right.append(Piece(f" {facts.number} ", "card-title--kind"))
        taken = sum(cell_len(piece.text) for piece in [*left, *after, *right])
        title = self._cut(shown(facts.title), max(_SHORTEST_TITLE, self.size.width - taken - 1))
        free = self.size.width - taken - cell_len(title)
        return [*left, Piece(title, "card-title--title"), *after, Piece(" " * max(0, free)), *right]

    @staticmethod
    def _cut(text: str, cells: int) -> str:
        return text if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"
