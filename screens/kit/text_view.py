"""A text of any length as rows of the screen: the first at once, the rest laid out in a thread; words are found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from screens.kit.line_view import LineView
from screens.kit.text_lines import Line, Rows, laid_out

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.strip import Strip

    from screens.kit.gateway import Gateway

LOOKS = ("text", "field", "link", "quoted", "folded", "rule", "warning", "muted", "title")
_AT_ONCE_CHARACTERS = 20_000


class TextView(LineView):
    """Lines of text, wrapped to the width. Nothing in them is read as markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"text-view--{name}" for name in (*LOOKS, "label", "found")}
    DEFAULT_CSS = """
    TextView {
        padding: 0 0 0 1;
        & > .text-view--label { color: $foreground-muted; }
        & > .text-view--link { color: $accent; }
        & > .text-view--quoted { color: $foreground-muted; }
        & > .text-view--folded { color: $foreground-muted; text-style: italic; }
        & > .text-view--rule { color: $foreground-muted; }
        & > .text-view--muted { color: $foreground-muted; }
        & > .text-view--warning { color: $warning; }
        & > .text-view--title { text-style: bold; }
        & > .text-view--found { text-style: reverse; }
    }
    """

    class Found(Message):
        """A text that was looked for was found, or is nowhere."""

        def __init__(self, wanted: str, is_there: bool) -> None:
            super().__init__()
            self.wanted = wanted
            self.is_there = is_there

    class Failed(Message):
        """Something went wrong in the thread."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, gateway: Gateway, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._gateway = gateway
        self._lines: Sequence[Line] = ()
        self._rows = Rows()
        self._width = 0
        self._wanted: re.Pattern[str] | None = None
        self._found_line: int | None = None

    @property
    def rows(self) -> int:
        """How many rows are laid out."""
        return len(self._rows)

    @property
    def lines(self) -> Sequence[Line]:
        """The lines that are shown."""
        return self._lines

    def show(self, lines: Sequence[Line], *, keep_place: bool = False) -> None:
        """Show these lines from the top, or from where the view is now."""
        line = self._line_at_top if keep_place else 0
        self._lines = lines
        self._found_line = None
        self._lay_out(line)

    @property
    def _line_at_top(self) -> int:
        return self._rows.lines[min(self.top_row, len(self._rows) - 1)] if len(self._rows) else 0

    def on_resize(self) -> None:
        """Break the lines anew; the one at the top stays there."""
        if self.scrollable_size.width != self._width:
            self._lay_out(self._line_at_top)

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self._gateway.drop(self)

    def _lay_out(self, top_line: int) -> None:
        self._gateway.drop(self)
        self._width = width = self.scrollable_size.width
        if not width:
            return
        lines = self._lines
        self._rows, number = laid_out(lines, width, _AT_ONCE_CHARACTERS)
        self._show_from(top_line)
        if number < len(lines):
            came = partial(self._laid_out, lines, width, top_line)
            self._gateway.ask(self, "lay out", lambda: laid_out(lines, width)[0], came, self._went_wrong)

    def _laid_out(self, lines: Sequence[Line], width: int, top_line: int, rows: Rows) -> None:
        if lines is self._lines and width == self._width:
            at_top = self._line_at_top
            self._rows = rows
            self._show_from(max(at_top, top_line) if at_top <= top_line else at_top)

    def _show_from(self, line: int) -> None:
        self.rows_changed()
        self.go_to(self._rows.row_of(line))

    def _went_wrong(self, error: Exception) -> None:
        self.post_message(self.Failed(error))

    # Drawing

    def row_strip(self, row: int) -> Strip:
        """A row: its label, its text, what is looked for set off."""
        line = self._lines[self._rows.lines[row]]
        start, end = self._rows.starts[row], self._rows.end(row, line.text)
        style = self.get_component_rich_style(f"text-view--{line.look}")
        pieces: list[Segment] = []
        if line.label and start:
            pieces.append(self.piece(" " * line.label))
        elif line.label:
            pieces.append(self.piece(line.text[: line.label], self.get_component_rich_style("text-view--label")))
            start = line.label
        text = line.text[start:end]
        if self._wanted is not None:
            found_style = self.get_component_rich_style("text-view--found")
            place = 0
            for found in self._wanted.finditer(text):
                pieces += [self.piece(text[place : found.start()], style), self.piece(found[0], found_style)]
                place = found.end()
            text = text[place:]
        return self.strip(*pieces, self.piece(text, style))

    # Looking for words

    def find(self, text: str, *, forward: bool = True) -> None:
        """Set a text off wherever it stands and go to the next place, after the end from the beginning again."""
        self._wanted = re.compile(re.escape(text), re.IGNORECASE) if text else None
        self.refresh()
        if self._wanted is None:
            return
        work = partial(_next_place, self._lines, self._wanted, self._searched_after(forward), forward)
        self._gateway.ask(self, "find", work, partial(self._found, text), self._went_wrong)

    def _searched_after(self, forward: bool) -> int:
        """The line of the last place found while that is on the screen, else what is just outside of it."""
        if self._found_line is not None:
            row = self._rows.row_of(self._found_line)
            if self.top_row <= row < self.top_row + self.scrollable_size.height:
                return self._found_line
        return self._line_at_top - 1 if forward else self._line_at_top

    def _found(self, text: str, place: tuple[int, int] | None) -> None:
        if place is not None:
            self._found_line, start = place
            row = self._rows.row_of(self._found_line)
            while row + 1 < self.rows and self._rows.lines[row + 1] == place[0] and self._rows.starts[row + 1] <= start:
                row += 1
            self.go_to(row)
        self.post_message(self.Found(text, place is not None))


def _next_place(lines: Sequence[Line], wanted: re.Pattern[str], after: int, forward: bool) -> tuple[int, int] | None:
    """The next line in which a text stands, and where in it; from the end on at the beginning."""
    number = len(lines)
    for step in range(1, number + 1) if forward else range(-1, -number - 1, -1):
        line = (after + step) % number
        found = wanted.search(lines[line].text)
        if found:
            return line, found.start()
    return None
