"""How much of each line: a small table in which only the quantities are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from models.errors import RuleBroken
from models.language import N_, _, pgettext
from models.reading import read_amount
from models.text import shown, shown_lines
from screens.kit.cells import cell_text, fitted
from screens.kit.dialogs import Dialog
from screens.kit.glyphs import glyphs
from screens.kit.line_view import DrawnRows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.strip import Strip

_NUMBER = 10
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """A line that may be taken: its id, what it is, how much there is, how much is suggested."""

    id: int
    title: str
    there_is: Decimal
    suggested: Decimal


class QuantityRows(DrawnRows, inherit_bindings=False):
    """The lines; digits go into the quantity under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", N_("next line"), show=False, id="quantities.down"),
        Binding("up", "step(-1)", N_("previous line"), show=False, id="quantities.up"),
        Binding("space", "turn", N_("all or nothing"), id="quantities.turn"),
    ]
    DEFAULT_CSS = """
    QuantityRows {
        height: auto;
        max-height: 12;
        & > .quantities--here { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"quantities--here"}

    def __init__(self, offered: Sequence[Offered], there_is: str) -> None:
        super().__init__()
        self.offered = offered
        self.texts = [_plain(one.suggested) for one in offered]
        self._there_is = there_is
        self._fresh = True
        self.row = 0

    @property
    def rows(self) -> int:
        """A heading and the lines."""
        return len(self.offered) + 1

    def on_mount(self) -> None:
        """As high as there are lines."""
        self.styles.height = min(12, self.rows)
        self.rows_changed()

    def row_strip(self, row: int) -> Strip:
        """The heading that stays, or a line."""
        room = max(10, self.scrollable_size.width - 2 * (_NUMBER + 1) - _MARGIN)
        dots = glyphs(self.app).ellipsis
        if row == self.top_row:
            texts = ("", fitted(self._there_is, _NUMBER, "money", dots), fitted(_("taken"), _NUMBER, "money", dots))
            return self.strip(self.piece(" " * (_MARGIN + room) + " ".join(texts)))
        one, is_here = self.offered[row - 1], row - 1 == self.row
        there_is = fitted(cell_text(one.there_is, "quantity", {}), _NUMBER, "money", dots)
        taken = fitted(self.texts[row - 1] or "0", _NUMBER, "money", dots)
        mark = glyphs(self.app).cursor if is_here else " "
        text = f"{mark} {fitted(shown(one.title), room, 'text', dots)} {there_is} {taken}"
        return self.strip(self.piece(text, self.get_component_rich_style("quantities--here") if is_here else None))

    def on_key(self, event: Key) -> None:
        """Digits and the decimal point; the first one takes the place of what stood there."""
        character = event.character or ""
        if event.key == "backspace":
            self.texts[self.row] = self.texts[self.row][:-1]
        elif character and (character.isdecimal() or character in ".,"):
            self.texts[self.row] = ("" if self._fresh else self.texts[self.row])[:12] + character
        else:
            return
        event.stop()
        event.prevent_default()
        self._fresh = False
        self.refresh()

    def action_step(self, step: int) -> None:
        """To the next line."""
        self.row = max(0, min(self.row + step, len(self.offered) - 1))
        self._fresh = True
        top, height = self.top_row, self.scrollable_size.height
        if not top < self.row + 1 < top + height:
            self.go_to(self.row if self.row + 1 <= top else self.row - height + 2)
        self.refresh()

    def action_turn(self) -> None:
        """Take all of the line, or nothing."""
        one = self.offered[self.row]
        self.texts[self.row] = _plain(one.there_is) if self.texts[self.row] in ("", "0") else "0"
        self.action_step(1)


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


class Quantities(Dialog["dict[int, Decimal] | None"]):
    """By line how much of it; None is the answer of ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "accept", N_("go on"), priority=True, id="quantities.accept")
    ]
    DEFAULT_CSS = "Quantities > Vertical { width: 76; }"

    def __init__(self, title: str, about: str, offered: Sequence[Offered], there_is: str = "") -> None:
        super().__init__(title, None)
        self._about = about
        self._rows = QuantityRows(offered, there_is or pgettext("quantity", "open"))

    def compose_body(self) -> ComposeResult:
        """What it is about, the lines, what is wrong."""
        yield Static(shown_lines(self._about), markup=False)
        yield self._rows
        yield Static(_("Type how much; space: all or nothing. enter goes on, esc leaves it."), markup=False)
        yield Static("", classes="dialog--fault", markup=False)

    def on_mount(self) -> None:
        """The first line."""
        self._rows.focus()

    def action_accept(self) -> None:
        """Give the quantities back, unless one is no number."""
        found: dict[int, Decimal] = {}
        for one, text in zip(self._rows.offered, self._rows.texts, strict=True):
            try:
                found[one.id] = read_amount(text, "quantity", places=3) if text else Decimal(0)
            except RuleBroken as error:
                self.query_one(".dialog--fault", Static).update(Content(shown(f"{one.title}: {error}")))
                return
        self.dismiss(found)
