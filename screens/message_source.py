"""The source of a message, as it came: read in the background, kept beside the memory, shown by windows of lines."""

from __future__ import annotations

import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from models.errors import DomainError
from models.language import N_, ngettext
from models.mail.reading import charset_of_source, original_pieces, source_text
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.line_view import LINE_BINDINGS, LineView
from screens.message_parts import save_original
from screens.section import FrameScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.strip import Strip

LONGEST_ROW = 998
"""Bytes of a line, as the mail protocol allows: longer lines go on in the next row."""
_SAY_SECONDS = 0.1
_LEFT_STEP = 16


class Source:
    """The bytes of a message in an unnamed file, and where each row of them begins."""

    def __init__(self) -> None:
        self._file, path = tempfile.mkstemp(prefix="turbofly-")
        os.unlink(path)
        self._is_open = True
        self._is_filling = False
        self._starts: array[int] = array("Q", [0])
        self._size = 0
        self.charset = ""
        self.rows = 0
        """How many rows may be asked for."""
        self.is_whole = False
        self.is_unwanted = False

    def fill(self, pieces: Iterable[bytes], say: Callable[[], object]) -> None:
        """Take in the pieces, in a thread; ``say`` is called now and then."""
        self._is_filling = True
        try:
            self._fill(pieces, say)
        finally:
            self._is_filling = False
            if self.is_unwanted:
                self._close()

    def _fill(self, pieces: Iterable[bytes], say: Callable[[], object]) -> None:
        said = 0.0
        for number, piece in enumerate(pieces):
            if self.is_unwanted:
                return
            if number == 0:
                self.charset = charset_of_source(piece)
            self._keep(piece)
            self._take(piece)
            if time.monotonic() - said > _SAY_SECONDS:
                said = time.monotonic()
                say()
        if self._starts[-1] < self._size:
            self.rows = len(self._starts)
            self._starts.append(self._size)
        self.is_whole = True

    def _keep(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._file, rest) :]

    def _take(self, piece: bytes) -> None:
        """Note where the rows of a further piece begin."""
        starts, place = self._starts, 0
        while True:
            end = piece.find(b"\n", place)
            line_end = self._size + (len(piece) if end < 0 else end + 1)
            while line_end - starts[-1] > LONGEST_ROW:
                starts.append(starts[-1] + LONGEST_ROW)
            if end < 0:
                break
            starts.append(line_end)
            place = end + 1
        self._size += len(piece)
        self.rows = len(starts) - 1

    def row(self, number: int) -> str:
        """A row as text."""
        start, end = self._starts[number], self._starts[number + 1]
        data = os.pread(self._file, end - start, start)
        return source_text(data.rstrip(b"\r\n"), self.charset)

    def leave(self) -> None:
        """Nobody wants it any more; whoever fills it stops, and lets the file go."""
        self.is_unwanted = True
        if not self._is_filling:
            self._close()

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._file)


class SourceView(LineView):
    """The rows of a source; long ones are looked along by the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LINE_BINDINGS,
        Binding("right,l", "look_along(1)", N_("to the right"), show=False, id="source.right"),
        Binding("left,h", "look_along(-1)", N_("to the left"), show=False, id="source.left"),
    ]
    DEFAULT_CSS = "SourceView { padding: 0 0 0 1; }"

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._left = 0

    @property
    def rows(self) -> int:
        """How many rows came in."""
        return self._source.rows

    def row_strip(self, row: int) -> Strip:
        """A row from the column on that is looked at."""
        text = shown(self._source.row(row).expandtabs(8))
        return self.strip(self.piece(text[self._left :]))

    def action_look_along(self, step: int) -> None:
        """Show what stands further to the right, or to the left."""
        self._left = max(0, min(LONGEST_ROW, self._left + step * _LEFT_STEP))
        self.refresh()


class SourceScreen(FrameScreen):
    """The source of one message."""

    CSS = "SourceScreen #source-title { height: 1; color: $text-muted; }"
    AUTO_FOCUS = "SourceView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "save_original", N_("save the original"), id="message.save-original"),
    ]

    def __init__(self, message_id: int) -> None:
        super().__init__()
        self.message_id = message_id
        self._source = Source()

    def compose_body(self) -> ComposeResult:
        """How long it is, and its rows."""
        yield Static("", id="source-title", markup=False)
        yield SourceView(self._source)

    def on_mount(self) -> None:
        """Begin to read."""
        super().on_mount()
        source, message_id = self._source, self.message_id
        say = partial(self.call_later, self._more)

        def work() -> None:
            source.fill(original_pieces(message_id), say)

        self.shell.gateway.ask(self, "source", work, lambda _nothing: self._more(), self._failed)

    def on_unmount(self) -> None:
        """Let the file go, also when it is only half read."""
        self._source.leave()
        self.shell.gateway.drop(self)
        super().on_unmount()

    def _more(self) -> None:
        for view in self.query(SourceView):
            view.rows_changed()
        number = cell_text(self._source.rows, "integer", {})
        text = ngettext(
            "Source of message #{id}: {number} line", "Source of message #{id}: {number} lines", self._source.rows
        )
        more = "" if self._source.is_whole else " …"
        self.query_one("#source-title", Static).update(f"  {text.format(id=self.message_id, number=number)}{more}")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError | OSError):
            raise error
        self.query_one("#source-title", Static).update(Content(shown(str(error))))

    def action_save_original(self) -> None:
        """Save the message as it came."""
        save_original(self, self.message_id)
