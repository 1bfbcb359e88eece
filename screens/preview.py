"""The pane beside a list: the card of the record under the cursor, read through the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from models.cards.definitions import CARDS
from models.cards.reading import Card, fields_shown, read_card
from models.errors import DomainError
from models.fields import Field, written
from models.language import _
from models.text import shown, shown_lines
from screens.shell import shell_of

if TYPE_CHECKING:
    from screens.kit.gateway import Gateway

_LONGEST_LABEL = 24


class Preview(VerticalScroll, can_focus=False):
    """The fields of one record that are filled in."""

    DEFAULT_CSS = """
    Preview {
        width: 36%;
        min-width: 36;
        border-left: vkey $border-blurred;
        padding: 0 0 0 1;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(classes="preview")
        self.gateway = gateway
        self._body = Static("", markup=False)

    def on_mount(self) -> None:
        """The text stands in one widget."""
        self.mount(self._body)

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.gateway.drop(self)

    def show(self, kind: str, record_id: int | None) -> None:
        """Show this record; None shows nothing."""
        if record_id is None:
            self.put(Content(""))
            return
        self.gateway.ask(self, "card", lambda: read_card(kind, record_id), self._came, self.say_failure)

    def _came(self, card: Card) -> None:
        self.put(card_text(card, fields_shown(CARDS[card.kind], shell_of(self).actor)))

    def put(self, text: Content) -> None:
        """Show a text from its beginning."""
        self._body.update(text)
        self.scroll_home(animate=False)

    def say_failure(self, error: Exception) -> None:
        """Say why the record cannot be read."""
        if not isinstance(error, DomainError):
            raise error
        self._body.update(Content(shown(str(error))))


def card_text(card: Card, fields: tuple[Field, ...]) -> Content:
    """The title, then one line for each field that has a value."""
    states: Mapping[str, str] = CARDS[card.kind].states or {}
    lines = [Content.styled(shown(card.title), "bold"), Content(_(states.get(card.state, card.state)))]
    texts = [card.names.get(field.name) or written(field, card.values.get(field.name)) for field in fields]
    filled = [(shown(_(field.title)), text) for field, text in zip(fields, texts, strict=True) if text]
    width = min(_LONGEST_LABEL, max((len(label) for label, _text in filled), default=0))
    for label, text in filled:
        lines.append(Content.assemble((label[:width].ljust(width + 1), "$foreground-muted"), shown_lines(text)))
    return Content("\n").join(lines)
