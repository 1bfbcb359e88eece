"""What the terminal shows, remembered cell by cell, so that only what changes is sent to it.

Textual sends whole lines: 7.6 KB for a page of a full list with Cyrillic names, of which most cells were the same
or blank before. Over SSH those bytes are what an operator waits for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, groupby
from operator import ne, or_

from rich.cells import cell_len

_TOKEN = re.compile(
    r"(?P<place>\x1b\[(?P<y>\d*);(?P<x>\d*)H)"
    r"|\x1b\[(?P<style>[\d;:]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<feed>\n)"
    r"|(?P<other>[\s\S])"
)

# Modes other than the alternate screen, queries, operating system commands and the bell change no cell.
_CHANGES_NO_CELL = re.compile(
    r"(?:\x1b\[\?(?!47[hl]|104[79][hl]|3[hl])\d+(?:[hl]|\$p)|\x1b\[[<>=]?[\d;]*u|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07)+"
)

# Characters that every terminal draws one cell wide, and those that it draws two cells wide. Where others stand
# (emoji, combining and complex scripts), terminals disagree about the place of all that follows.
_NARROW = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u214f\u2190-\u21ff\u2500-\u25ff\ufffd"
)
_WIDE = "\u2e80-\u2fd5\u3001-\u303e\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
_ALL_NARROW = re.compile(f"[{_NARROW}]*")
_SECOND_HALF = "\0"
_HALVES = re.compile("\0.")


# Patterns of wide characters take a twentieth of the time to start, and few screens ever show one.


@cache
def _all_certain() -> re.Pattern[str]:
    return re.compile(f"[{_NARROW}{_WIDE}]*")


@cache
def _piece() -> re.Pattern[str]:
    """An uncertain character joins the one before it: it may be an accent of it."""
    certain = f"{_NARROW}{_WIDE}"
    return re.compile(f"(?P<certain>[{certain}]+(?![^{certain}]))|[{certain}]?[^{certain}]+")


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{_WIDE}]")


_WORTH_SKIPPING = 6
"""Equal cells that cost more bytes to write again than to step over."""


@dataclass(slots=True)
class _Line:
    """The cells of one line from the left: a character and a style each; ``""`` where we do not know."""

    characters: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def reach(self, width: int) -> None:
        """Have at least this many cells."""
        lacking = width - len(self.characters)
        if lacking > 0:
            self.characters += [""] * lacking
            self.styles += [""] * lacking

    def break_halves(self, start: int, stop: int) -> None:
        """Forget the halves of wide characters that are left over when the cells between are written."""
        for left_over, cut in ((start - 1, start), (stop, stop)):
            if cut < len(self.characters) and self.characters[cut].startswith(_SECOND_HALF):
                self.characters[left_over] = ""


@dataclass(slots=True)
class _Stretch:
    """Text written in one go from one place: what a frame of Textual is made of."""

    y: int
    x: int
    runs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether it is known of every character how many cells it takes."""
        return all(_ALL_NARROW.fullmatch(text) or _all_certain().fullmatch(text) for _style, text in self.runs)

    def cells(self) -> tuple[list[str], list[str]]:
        """The character and the style of each cell; a wide character's second half carries it too, so that
        both halves differ from whatever else is there."""
        characters: list[str] = []
        styles: list[str] = []
        for style, text in self.runs:
            characters += text if _ALL_NARROW.fullmatch(text) else _with_halves(text)
            styles += [style] * (len(characters) - len(styles))
        return characters, styles


class ScreenMemory:
    """Remembers what was written, and turns the next frame into what is new in it."""

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}
        self._cursor: tuple[int, int] | None = None
        self.columns: int | None = None
        """How wide the terminal is: a frame from before a change of layout may reach beyond its edge."""

    def forget(self) -> None:
        """Remember nothing: the next frame is sent whole, as after a change of the terminal's size."""
        self._lines.clear()
        self._cursor = None

    def news(self, written: str) -> str:
        """What must be sent to the terminal so that it shows the same as after the whole of ``written``.

        Whatever is not understood is sent as it is, and what was remembered is forgotten.
        """
        stretches = _stretches(written)
        if not stretches:
            if not _CHANGES_NO_CELL.fullmatch(written):
                self.forget()
            return written
        writer = _Writer(self._cursor)
        for stretch in stretches:
            self._write(writer, stretch)
        last = stretches[-1]
        writer.finish(last)
        self._cursor = (last.y, last.x) if not last.runs else None
        return "".join(writer.out)

    def _write(self, writer: _Writer, stretch: _Stretch) -> None:
        line = self._lines.setdefault(stretch.y, _Line())
        if not stretch.is_certain:
            writer.whole(stretch, self.columns)
            # How many cells that took is the terminal's secret.
            line.break_halves(stretch.x, len(line.characters))
            del line.characters[stretch.x :], line.styles[stretch.x :]
            return
        characters, styles = stretch.cells()
        if self.columns is not None and stretch.x + len(characters) > self.columns:
            room = max(self.columns - stretch.x, 0)
            if room and characters[room].startswith(_SECOND_HALF):
                characters[room - 1] = " "
            characters, styles = characters[:room], styles[:room]
        here = slice(stretch.x, stretch.x + len(characters))
        line.reach(here.stop)
        different = map(ne, line.characters[here], characters)
        if line.styles[here] != styles:
            different = map(or_, different, map(ne, line.styles[here], styles))
        changed = compress(range(len(characters)), different)
        for piece in _pieces(changed):
            writer.cells(stretch.y, stretch.x + piece.start, characters[piece], styles[piece])
        line.break_halves(here.start, here.stop)
        line.characters[here], line.styles[here] = characters, styles


class _Writer:
    """Collects what is sent: moves the cursor and changes the style only where it must."""

    def __init__(self, cursor: tuple[int, int] | None) -> None:
        self.out: list[str] = []
        self._place = cursor
        self._style = ""

    def cells(self, y: int, x: int, characters: list[str], styles: list[str]) -> None:
        """Cells side by side on one line."""
        self._go(y, x)
        first = 0
        for style, run in groupby(styles):
            end = first + len(list(run))
            self._dress(style)
            self.out.append(_HALVES.sub("", "".join(characters[first:end])))
            first = end
        self._place = (y, x + len(characters))

    def whole(self, stretch: _Stretch, columns: int | None = None) -> None:
        """A stretch in which it is not certain how many cells every character takes on this terminal.

        The cells of such characters are blanked first, and what follows them is put in its place: else a name in
        an Indic script would push the rest of its line aside, or leave something of what was there before.
        """
        x = stretch.x
        for style, text in stretch.runs:
            for piece in _piece().finditer(text):
                width = cell_len(piece[0])
                if columns is not None and x + width > columns:
                    return
                self._go(stretch.y, x)
                self._dress(style)
                if piece["certain"]:
                    self._place = (stretch.y, x + width)
                elif width:
                    self.out.append(" " * width)
                    self._place = None
                    self._go(stretch.y, x)
                    self._place = None
                self.out.append(piece[0])
                x += width

    def finish(self, last: _Stretch) -> None:
        """Leave no style behind, and the cursor where the program left it."""
        self._dress("")
        if not last.runs:
            self._go(last.y, last.x)

    def _go(self, y: int, x: int) -> None:
        if self._place == (y, x):
            return
        if self._place is not None and self._place[0] == y and x > self._place[1]:
            self.out.append(f"\x1b[{x - self._place[1]}C")
        else:
            self.out.append(f"\x1b[{y + 1};{x + 1}H")
        self._place = (y, x)

    def _dress(self, style: str) -> None:
        if style != self._style:
            self.out.append(f"\x1b[0;{style}m" if style and self._style else f"\x1b[{style}m")
            self._style = style


def _with_halves(text: str) -> Iterator[str]:
    for character in text:
        yield character
        if _wide().match(character):
            yield _SECOND_HALF + character


def _pieces(changed: Iterable[int]) -> Iterator[slice]:
    """The changed cells in pieces; cells between that are cheaper to write again than to step over come along."""
    start = previous = -1
    for at in changed:
        if start < 0:
            start = at
        elif at - previous > _WORTH_SKIPPING:
            yield slice(start, previous + 1)
            start = at
        previous = at
    if start >= 0:
        yield slice(start, previous + 1)


def _stretches(written: str) -> list[_Stretch] | None:
    """What a frame writes where; None for what is not a frame."""
    stretches: list[_Stretch] = []
    style = ""
    placed = False
    for token in _TOKEN.finditer(written):
        kind = token.lastgroup
        if kind == "place":
            stretches.append(_Stretch(int(token["y"] or 1) - 1, int(token["x"] or 1) - 1))
            placed = True
        elif kind == "style":
            style = _restyled(style, token["style"])
        elif kind == "text" and placed:
            stretches[-1].runs.append((style, token["text"]))
        elif kind == "feed":
            # Textual ends a line so before it goes to the next by its place: the feed itself would draw nothing.
            placed = False
        else:
            return None
    return stretches if not style else None


def _restyled(style: str, added: str) -> str:
    if added in ("", "0"):
        return ""
    return f"{style};{added}" if style else added
