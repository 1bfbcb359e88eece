"""How much of each line, and at which price: a small table in which only the numbers are typed."""

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
    price: Decimal | None = None
    """Its price, where that may be typed too."""


class QuantityRows(DrawnRows, inherit_bindings=False):
    """The lines; digits go into the number under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", N_("next line"), show=False, id="quantities.down"),
        Binding("up", "step(-1)", N_("previous line"), show=False, id="quantities.up"),
        Binding("right,tab", "step_column(1)", N_("to the price"), show=False, id="quantities.right"),
        Binding("left,shift+tab", "step_column(-1)", N_("to the quantity"), show=False, id="quantities.left"),
        Binding("space", "turn", N_("all or nothing"), id="quantities.turn"),
    ]
    DEFAULT_CSS = """
    QuantityRows {
        height: auto;
        max-height: 12;
        & > .quantities--row { background: $block-cursor-blurred-background; }
        & > .quantities--here { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"quantities--here", "quantities--row"}

    def __init__(self, offered: Sequence[Offered], titles: tuple[str, str]) -> None:
        super().__init__()
        self.offered = offered
        self.texts = [[_plain(one.suggested), *([] if one.price is None else [_plain(one.price)])] for one in offered]
        """By line: its quantity as typed, and its price where that may be typed."""
        self._titles = titles
        self._fresh = True
        self.row = self.column = 0

    @property
    def rows(self) -> int:
        """A heading and the lines."""
        return len(self.offered) + 1

    @property
    def _columns(self) -> int:
        return max((len(texts) for texts in self.texts), default=1)

    def on_mount(self) -> None:
        """As high as there are lines."""
        self.styles.height = min(12, self.rows)
        self.rows_changed()

    def row_strip(self, row: int) -> Strip:
        """The heading that stays, or a line."""
        room = max(10, self.scrollable_size.width - (self._columns + 1) * (_NUMBER + 1) - _MARGIN)
        if row == self.top_row:
            titles = (*self._titles, _("Price"))[: self._columns + 1]
            return self.strip(self.piece(" " * (_MARGIN + room) + "".join(self._number(title) for title in titles)))
        one, is_here = self.offered[row - 1], row - 1 == self.row
        plain = self.get_component_rich_style("quantities--row") if is_here else None
        mark = glyphs(self.app).cursor if is_here else " "
        title = fitted(shown(one.title), room, "text", glyphs(self.app).ellipsis)
        pieces = [self.piece(f"{mark} {title}{self._number(cell_text(one.there_is, 'quantity', {}))}", plain)]
        for column, text in enumerate(self.texts[row - 1]):
            here = self.get_component_rich_style("quantities--here") if is_here and column == self.column else plain
            pieces += [self.piece(" ", plain), self.piece(self._number(text or "0")[1:], here)]
        return self.strip(*pieces)

    def _number(self, text: str) -> str:
        return " " + fitted(text, _NUMBER, "money", glyphs(self.app).ellipsis)

    def on_key(self, event: Key) -> None:
        """Digits and the decimal point; the first one takes the place of what stood there."""
        character = event.character or ""
        texts = self.texts[self.row]
        if event.key == "backspace":
            texts[self.column] = texts[self.column][:-1]
        elif character and (character.isdecimal() or character in ".,"):
            texts[self.column] = ("" if self._fresh else texts[self.column])[:12] + character
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

    def action_step_column(self, step: int) -> None:
        """From the quantity to the price, and back."""
        self.column = max(0, min(self.column + step, self._columns - 1))
        self._fresh = True
        self.refresh()

    def action_turn(self) -> None:
        """Take all of the line, or nothing."""
        one, texts = self.offered[self.row], self.texts[self.row]
        texts[0] = _plain(one.there_is) if texts[0] in ("", "0") else "0"
        self.action_step(1)


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


Numbers = dict[int, tuple[Decimal, Decimal | None]]
"""By line: its quantity, and its price where that may be typed."""


class Quantities(Dialog["Numbers | None"]):
    """By line how much of it, and at which price; None is the answer of ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "accept", N_("go on"), priority=True, id="quantities.accept")
    ]
    DEFAULT_CSS = "Quantities > Vertical { width: 76; }"

    def __init__(
        self, title: str, about: str, offered: Sequence[Offered], titles: tuple[str, str] | None = None
    ) -> None:
        """``titles`` are those of what there is, and of what is typed."""
        super().__init__(title, None)
        self._about = about
        self._how = _("Type how much; space: all or nothing. enter goes on, esc leaves it.")
        if any(one.price is not None for one in offered):
            self._how = _("← →: quantity, price; space: all or nothing. enter goes on, esc leaves it.")
        self._rows = QuantityRows(offered, titles or (pgettext("quantity", "open"), _("taken")))

    def compose_body(self) -> ComposeResult:
        """What it is about, the lines, what is wrong."""
        yield Static(shown_lines(self._about), markup=False)
        yield self._rows
        yield Static(self._how, markup=False)
        yield Static("", classes="dialog--fault", markup=False)

    def on_mount(self) -> None:
        """The first line."""
        self._rows.focus()

    def action_accept(self) -> None:
        """Give the numbers back, unless one is none."""
        found: Numbers = {}
        for one, texts in zip(self._rows.offered, self._rows.texts, strict=True):
            try:
                quantity = read_amount(texts[0], "quantity", places=3) if texts[0] else Decimal(0)
                price = read_amount(texts[1], "price") if one.price is not None else None
            except RuleBroken as error:
                self.query_one(".dialog--fault", Static).update(Content(shown(f"{one.title}: {error}")))
                return
            found[one.id] = (quantity, price)
        self.dismiss(found)
