"""The frame round every screen: the line of sections at the top, the line of live keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.binding import ActiveBinding
from textual.content import Content
from textual.dom import DOMNode
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from models.language import _
from models.text import shown
from screens.kit.keymap import in_declared_order

_BRAND = "TurboFly"
DUE = "!"
"""What a click on the number of reminders means."""
_SHORTEST = 3


class SectionName(NamedTuple):
    """A section in the top line: its id, its digit, its title as an English msgid."""

    id: str
    digit: int
    title: str


class FrameFacts(NamedTuple):
    """What the top line says: the sections there are, which is open, reminders due, and who works here."""

    sections: tuple[SectionName, ...] = ()
    current: str = ""
    due: int = 0
    operator: str = ""


class Piece(NamedTuple):
    """A stretch of a frame line; ``style`` a component class, ``target`` what a click on it means."""

    text: str
    style: str = ""
    target: str = ""


def _cut(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else set_cell_size(text, max(cells, 0)).rstrip()


def _section_pieces(facts: FrameFacts, brand: bool, longest: int) -> list[Piece]:
    pieces = [Piece(f" {_BRAND}  ", "frame--brand")] if brand else []
    for section in facts.sections:
        open_now = section.id == facts.current
        name = shown(_(section.title))
        text = f"{section.digit} {name if open_now else _cut(name, longest)}"
        pieces.append(Piece(f" {text.rstrip()} ", "frame--open" if open_now else "frame--section", section.id))
    return pieces


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(piece.text) for piece in pieces)


def top_pieces(facts: FrameFacts, width: int) -> list[Piece]:
    """The top line in ``width`` cells.

    Names shorten until all fits; when that is not enough the program's name goes, then the operator's.
    """
    due = [Piece(f" !{facts.due} ", "frame--due", DUE)] if facts.due else []
    operator = [Piece(f" {shown(facts.operator)} ", "frame--operator")] if facts.operator else []
    longest = max((cell_len(_(section.title)) for section in facts.sections), default=0)
    tries = [(True, operator, length) for length in range(longest, _SHORTEST, -1)]
    tries += [(False, operator, length) for length in range(longest, _SHORTEST - 1, -1)]
    tries += [(False, [], length) for length in range(_SHORTEST, -1, -1)]
    pieces: list[Piece] = []
    for brand, who, length in tries:
        pieces = _section_pieces(facts, brand, length)
        tail = [*due, *who]
        free = width - _cells(pieces) - _cells(tail)
        if free >= 0:
            return [*pieces, Piece(" " * free), *tail]
    return pieces


def bottom_pieces(
    active: Sequence[ActiveBinding], width: int, display: dict[str, str], program: DOMNode
) -> list[Piece]:
    """The bottom line in ``width`` cells, most useful first: keys of the focused widget, the screen, the program.

    Room is kept for the program's own (help, find anything); of the others the last are left out.
    ``display`` says how keys are written.
    """
    wanted: dict[tuple[int, str], list[Piece]] = {}
    everywhere: dict[tuple[int, str], list[Piece]] = {}
    for node, binding, enabled, _tooltip in in_declared_order(active):
        if binding.show and binding.description and enabled:
            key = Piece(f" {display[binding.key]}", "frame--key", binding.key)
            description = Piece(f" {shown(_(binding.description))} ", "", binding.key)
            group = everywhere if node is program else wanted
            group.setdefault((id(node), binding.action), [key, description])
    free = width - sum(map(_cells, everywhere.values()))
    fitting: list[Piece] = []
    for pair in wanted.values():
        free -= _cells(pair)
        if free < 0:
            break
        fitting += pair
    return [*fitting, *chain.from_iterable(everywhere.values())]


class FrameLine(Widget):
    """One line of pieces; a click on a piece is answered by ``chosen``."""

    DEFAULT_CSS = """
    FrameLine {
        width: 100%;
        height: 1;
        color: $foreground;
        background: $panel;
        & > .frame--brand { text-style: bold; }
        & > .frame--section { color: $text-muted; }
        & > .frame--open { color: $accent; text-style: bold reverse; }
        & > .frame--due { color: $warning; text-style: bold; }
        & > .frame--operator { color: $foreground; }
        & > .frame--key { color: $footer-key-foreground; text-style: bold; }
    }
    """

    def pieces(self) -> list[Piece]:
        """What stands in the line now, from left to right."""
        return []

    def chosen(self, target: str) -> None:
        """The operator clicked on the piece with this target."""

    def render(self) -> Content:
        """The pieces, each in its style."""
        return Content.assemble(
            *((piece.text, self._look(piece.style)) if piece.style else piece.text for piece in self.pieces())
        )

    def _look(self, name: str) -> Style:
        """The style of a component class; Textual's ``get_visual_style`` leaves ``reverse`` out."""
        return Style.from_rich_style(self.get_component_rich_style(name))

    def on_click(self, event: Click) -> None:
        """Find the piece under the mouse."""
        pieces = self.pieces()
        ends = accumulate(cell_len(piece.text) for piece in pieces)
        for piece, end in zip(pieces, ends, strict=True):
            if event.x < end:
                if piece.target:
                    self.chosen(piece.target)
                return


class TopLine(FrameLine):
    """Sections with their digits, due reminders, operator."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "frame--brand",
        "frame--section",
        "frame--open",
        "frame--due",
        "frame--operator",
    }
    DEFAULT_CSS = "TopLine { dock: top; }"

    facts: reactive[FrameFacts] = reactive(FrameFacts())
    """What the line says; the screen sets it."""

    def __init__(self, facts: FrameFacts = FrameFacts()) -> None:
        super().__init__()
        self.set_reactive(TopLine.facts, facts)

    class SectionChosen(Message):
        """The operator clicked on a section."""

        def __init__(self, section: str) -> None:
            super().__init__()
            self.section = section

    class DueChosen(Message):
        """The operator clicked on the number of reminders that are due."""

    def pieces(self) -> list[Piece]:
        """The line of sections, shortened to the width there is."""
        return top_pieces(self.facts, self.size.width)

    def chosen(self, target: str) -> None:
        """A section was clicked, or the reminders that are due."""
        self.post_message(self.DueChosen() if target == DUE else self.SectionChosen(target))


class BottomLine(FrameLine):
    """The keys that work here and now, made from the live bindings of the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"frame--key"}
    DEFAULT_CSS = "BottomLine { dock: bottom; }"

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Let the screen go."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def pieces(self) -> list[Piece]:
        """The keys, cut to the width there is."""
        active = list(self.screen.active_bindings.values())
        display = {binding.key: self.app.get_key_display(binding) for _node, binding, *_rest in active}
        return bottom_pieces(active, self.size.width, display, self.app)

    def chosen(self, target: str) -> None:
        """A key was clicked: as if it had been pressed."""
        self.app.simulate_key(target)
