"""What a card knows of its record: read when it opens and when somebody changes it, and who that was."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Static

from models.cards.history import HistoryLine, history_lines
from models.cards.reading import Card, read_card
from models.errors import DomainError, NotFound
from models.language import _
from models.text import shown

if TYPE_CHECKING:
    from screens.card import CardScreen


_AT_ONCE_SECONDS = 0.010
_SLOW_READS = 3
"""After so many reads in a row that took longer, cards are first drawn empty and read in the background."""


class CardRecord:
    """The record as it was last read. While the card is edited nothing on it is touched: a line says what happened."""

    _slow_reads: ClassVar[int] = 0

    def __init__(self, screen: CardScreen) -> None:
        self._screen = screen
        self.card: Card | None = None

    @property
    def title(self) -> str:
        """The record's name or number."""
        return "" if self.card is None else self.card.title

    def read_at_once(self) -> Card | None:
        """The record before anything is drawn, where the database is quick: the card is then drawn only once.

        None where it is not quick or the record cannot be read; ``read`` then says why.
        """
        if CardRecord._slow_reads >= _SLOW_READS:
            return None
        start = time.perf_counter()
        try:
            self.card = read_card(self._screen.ref.kind, self._screen.ref.id)
        except Exception as error:
            self._screen.log.warning(f"a card was not read at once: {error}")
        quick = time.perf_counter() - start < _AT_ONCE_SECONDS
        CardRecord._slow_reads = 0 if quick else CardRecord._slow_reads + 1
        return self.card

    def read(self) -> None:
        """Read the record, in the background."""
        screen = self._screen
        work = partial(read_card, screen.ref.kind, screen.ref.id)
        screen.shell.gateway.ask(screen, "card", work, self._came, self.not_read)

    def hear(self, kinds: frozenset[str]) -> None:
        """Records of these kinds changed: read again if the card shows such."""
        pointed_to = {field.reference for field in self._screen.form.fields if field.reference}
        if kinds & ({self._screen.ref.kind, "file"} | pointed_to):
            self.read()

    def _came(self, card: Card) -> None:
        screen = self._screen
        first, self.card = self.card is None, card
        if not screen.form.is_editing:
            self.say("")
            screen.show_record(card, first=first)
        elif card.version != screen.version:
            self.ask_who()

    def not_read(self, error: Exception) -> None:
        """Say why something could not be read; what is shown and typed stays."""
        if isinstance(error, NotFound):
            self.say(_("This record does not exist any more."))
            return
        reason = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        text = _("It cannot be read: {reason}").format(reason=reason)
        self._screen.notify(text, severity="error", timeout=15)

    def ask_who(self) -> None:
        """Find out who changed the record while it is edited here, and say so."""
        screen = self._screen
        work = partial(history_lines, screen.ref.kind, screen.ref.id, 1)
        screen.shell.gateway.ask(screen, "who", work, self._say_who, self.not_read)

    def _say_who(self, lines: list[HistoryLine]) -> None:
        if self._screen.form.is_editing and lines:
            text = _("{operator} changed this record meanwhile. What you type is safe; saving shows both.")
            self.say(text.format(operator=lines[0].operator))

    def say(self, text: str) -> None:
        """Say something below the title; "" says nothing."""
        line = self._screen.query_one("#card-meanwhile", Static)
        line.update(Content(shown(text)))
        line.display = bool(text)
