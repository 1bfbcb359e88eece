"""What ends, by client: a line for each client, below it one for each licence, marked for a quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from models.clock import local
from models.kinds import RecordRef
from models.language import N_, _, ngettext
from models.licensing.renewals import WHATS, ClientRenewals, RenewalItem
from models.text import shown
from screens.kit.cells import cell_text, fitted
from screens.kit.glyphs import glyphs
from screens.kit.line_view import DrawnRows

if TYPE_CHECKING:
    from textual.events import Click
    from textual.strip import Strip

_NUMBER, _WHAT, _DAY, _PRICE, _KEY, _MARGIN = 15, 13, 10, 11, 14, 4
_WIDE = 100
_TITLES = N_("Number"), N_("Product"), N_("Key"), N_("What ends"), N_("Ends"), N_("Last price"), N_("Priced on")
_HERE, _CLIENT, _HEADING, _PLAIN = "renewals--here", "renewals--client", "renewals--heading", ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: a client, or one of what ends of its."""

    client: ClientRenewals
    item: RenewalItem | None = None

    @property
    def ref(self) -> RecordRef:
        """The record that it is about."""
        if self.item is None:
            return RecordRef("client", self.client.client_id)
        return RecordRef("licence", self.item.licence_id)


Mark = tuple[int, str]
"""A licence, and whether it or its maintenance."""


def mark_of(item: RenewalItem) -> Mark:
    """What is marked of an item."""
    return item.licence_id, item.what


class RenewalTable(DrawnRows, inherit_bindings=False):
    """The lines, with a cursor and marks."""

    BINDING_GROUP_TITLE = N_("What ends")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), id="list.open"),
        Binding("space", "mark", N_("mark"), id="list.mark"),
        Binding("a", "mark_all", N_("mark all of the client's"), show=False, id="renewals.mark-client"),
        Binding("down,j", "step(1)", N_("next row"), show=False, id="renewals.down"),
        Binding("up,k", "step(-1)", N_("previous row"), show=False, id="renewals.up"),
        Binding("pagedown", "page(1)", N_("next page"), show=False, id="renewals.page-down"),
        Binding("pageup", "page(-1)", N_("previous page"), show=False, id="renewals.page-up"),
        Binding("home,g", "go_to_line(0)", N_("first row"), show=False, id="renewals.top"),
        Binding("end,G", "go_to_line(-1)", N_("last row"), show=False, id="renewals.bottom"),
        Binding("y", "copy", N_("copy"), show=False, id="renewals.copy"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {_HERE, _CLIENT, _HEADING}
    DEFAULT_CSS = """
    RenewalTable {
        & > .renewals--client { text-style: bold; }
        & > .renewals--heading { text-style: bold; color: $text-muted; }
        & > .renewals--here { background: $block-cursor-blurred-background; }
        &:focus > .renewals--here { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """

    class Opened(Message):
        """The operator wants to see what the line under the cursor is about."""

    class Moved(Message):
        """The cursor came to another line, or other lines are marked."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.marks: frozenset[Mark] = frozenset()
        self.at = 0
        self.empty_text = ""

    @property
    def rows(self) -> int:
        """The heading and all lines; only one that says that there is none."""
        return len(self.lines) + 1

    @property
    def here(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def marked_of(self, client: ClientRenewals) -> list[RenewalItem]:
        """What of a client's is marked; where nothing is, all of it."""
        return [item for item in client.items if mark_of(item) in self.marks] or list(client.items)

    def show(self, clients: Sequence[ClientRenewals]) -> None:
        """Show these; cursor and marks stay with what is still there."""
        before = self.here
        self.lines = [
            line for one in clients for line in (Line(one), *(Line(one, item) for item in one.items))
        ]  # fmt: skip
        self.marks &= {mark_of(line.item) for line in self.lines if line.item is not None}
        refs = [line.ref for line in self.lines]
        self.at = refs.index(before.ref) if before is not None and before.ref in refs else 0
        self.rows_changed()
        self._keep_in_sight()
        self.post_message(self.Moved())

    # Drawing

    def row_strip(self, row: int) -> Strip:
        """A line as it is drawn; the heading stays."""
        if not self.lines:
            return self.strip(self.piece(f"  {shown(self.empty_text)}"))
        if row == self.top_row:
            return self.strip(self.piece(" " + self._heading(), self.get_component_rich_style(_HEADING)))
        line, is_here = self.lines[row - 1], row - 1 == self.at
        name = _HERE if is_here else _CLIENT if line.item is None else _PLAIN
        style = self.get_component_rich_style(name) if name else None
        cursor = glyphs(self.app).cursor if is_here else " "
        text = self._client_text(line.client) if line.item is None else self._item_text(line.item)
        return self.strip(self.piece((cursor + text).ljust(self.scrollable_size.width), style))

    def _client_text(self, client: ClientRenewals) -> str:
        width, dots = self.scrollable_size.width, glyphs(self.app).ellipsis
        number = ngettext("{number} ends", "{number} end", len(client.items)).format(number=len(client.items))
        contact = (
            _("no contact yet")
            if client.last_contact is None
            else _("last contact {day}").format(day=local(client.last_contact).date())
        )
        after = f"  {number}  {contact} "
        return " " + fitted(shown(client.client), max(10, width - len(after) - 2), "text", dots) + after

    def _item_text(self, item: RenewalItem) -> str:
        mark = glyphs(self.app).marked if mark_of(item) in self.marks else " "
        price = "" if item.last_price is None else cell_text(item.last_price, "money", {})
        priced_on = f"({item.priced_on.isoformat()})" if item.priced_on else ""
        named = shown(item.number), shown(item.product), shown(item.key)
        return self._columns(mark, (*named, _(WHATS[item.what]), item.ends.isoformat(), price, priced_on))

    def _heading(self) -> str:
        return self._columns(" ", [_(title) for title in _TITLES])

    def _columns(self, mark: str, texts: Sequence[str]) -> str:
        """A line of the texts of all columns; the key and the day of the price stand where there is room."""
        dots, width = glyphs(self.app).ellipsis, self.scrollable_size.width
        number, product, key, what, day, price, priced_on = texts
        after = [
            fitted(what, _WHAT, "text", dots),
            fitted(day, _DAY, "text", dots),
            fitted(price, _PRICE, "money", dots),
        ]
        if width >= _WIDE:
            after = [fitted(key, _KEY, "text", dots), *after, fitted(priced_on, _DAY + 2, "text", dots)]
        taken = _NUMBER + 1 + sum(len(cell) + 1 for cell in after)
        room = max(8, width - taken - _MARGIN - 1)
        return " ".join(
            [f" {mark}", fitted(number, _NUMBER, "text", dots), fitted(product, room, "text", dots), *after]
        )

    # Keys

    def _go(self, at: int) -> None:
        self.at = max(0, min(at, len(self.lines) - 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        """The first line of the screen is the heading's."""
        height = max(1, self.scrollable_size.height - 1)
        if self.at < self.top_row:
            self.go_to(self.at)
        elif self.at >= self.top_row + height:
            self.go_to(self.at - height + 1)

    def on_click(self, event: Click) -> None:
        """The line under the mouse; the heading is none."""
        if event.y > 0:
            self._go(self.top_row + event.y - 1)

    def on_resize(self) -> None:
        """Another width."""
        self.rows_changed()

    def action_step(self, step: int) -> None:
        """To the next line, or the one before."""
        self._go(self.at + step)

    def action_page(self, direction: int) -> None:
        """A screen on, or back."""
        self._go(self.at + direction * max(1, self.scrollable_size.height - 2))

    def action_go_to_line(self, at: int) -> None:
        """To the first line, or with -1 the last."""
        self._go(at % max(1, len(self.lines)))

    def action_open(self) -> None:
        """Show what the line is about."""
        self.post_message(self.Opened())

    def action_mark(self) -> None:
        """Mark the item, or all of the client under the cursor; marked ones no longer."""
        if self.here is not None:
            self._turn(self.here.client.items if self.here.item is None else (self.here.item,))
            self._go(self.at + 1)

    def action_mark_all(self) -> None:
        """Mark all of the client's, or none."""
        if self.here is not None:
            self._turn(self.here.client.items)
            self._go(self.at)

    def _turn(self, items: Sequence[RenewalItem]) -> None:
        meant = frozenset(mark_of(item) for item in items)
        self.marks = self.marks - meant if meant <= self.marks else self.marks | meant

    def action_copy(self) -> None:
        """Copy the number, or the client's name."""
        if self.here is not None:
            here = self.here
            self.app.copy_to_clipboard(here.client.client if here.item is None else here.item.number)
