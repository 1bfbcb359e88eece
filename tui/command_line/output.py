"""What a command prints: tables and cards for people, JSON for programs. rich is loaded for terminals only, last."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from models.language import _
from models.text import is_visible, shown

_GAP = 2
_BROKEN_TO = 16
"""So many cells a text that may be broken into lines wants at least."""
_STYLES: Mapping[str, str] = {"expired": "red", "revoked": "red", "lost": "red", "broken": "red", "expiring": "yellow"}


class TableColumn(NamedTuple):
    """A column of a printed table: its title, already translated, and how its cells stand."""

    title: str
    right: bool = False
    strong: bool = False
    whole: bool = False
    """Never broken into lines: a number that is copied."""
    priority: int = 1
    """Columns of a higher number are left out first where the terminal is too narrow; those of 1 stay."""


class StateText(NamedTuple):
    """A cell that is a state: what is read, and the stored code, which gives its colour."""

    text: str
    code: str

    def __str__(self) -> str:
        return self.text


def print_json(value: Any) -> None:
    """Print a value as JSON; control and invisible characters of data are escaped, days and moments are ISO text."""
    import json

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    ascii_only = encoding != "utf8"
    text = json.dumps(value, ensure_ascii=ascii_only, default=_plain, indent=2 if sys.stdout.isatty() else None)
    print(text if ascii_only else _escaped(text))


def _escaped(text: str) -> str:
    """JSON with that escaped which json leaves as it is, and terminals or readers of lines would act on."""
    import json

    if is_visible(text.replace("\n", "")):
        return text
    return "".join(one if one == "\n" or is_visible(one) else json.dumps(one)[1:-1] for one in text)


def _plain(value: Any) -> Any:
    isoformat = getattr(value, "isoformat", None)
    return str(value) if isoformat is None else isoformat()


def print_table(columns: Sequence[TableColumn], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: drawn by rich on a terminal, else its columns one under the other."""
    if _drawn():
        _draw(columns, rows)
        return
    texts = [[column.title for column in columns], *([_text(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, cells)) for cells in zip(*texts, strict=True)]
    for line in texts:
        padded = (
            " " * (width - _width(cell)) + cell if column.right else cell + " " * (width - _width(cell))
            for cell, width, column in zip(line, widths, columns, strict=True)
        )
        print((" " * _GAP).join(padded).rstrip())


def fitting(columns: Sequence[TableColumn], rows: Sequence[Sequence[object]], width: int) -> tuple[list[int], bool]:
    """The places of the columns that a terminal of this width shows, and whether they fit unbroken.

    What is empty goes first, then the least important.
    """
    kept = list(range(len(columns)))
    empty = [not any(_text(row[at]) for row in rows) for at in kept]
    wanted = [_wanted(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    while not (fits := sum(wanted[at] + _GAP for at in kept) - _GAP <= width):
        least = max(kept, key=lambda at: (columns[at].priority > 1, empty[at], columns[at].priority, at))
        if columns[least].priority <= 1:
            break
        kept.remove(least)
    return kept, fits


def _wanted(column: TableColumn, cells: Sequence[object]) -> int:
    widest = max(_width(column.title), *(_width(_text(cell)) for cell in cells), 0)
    return widest if column.whole or column.right else min(widest, _BROKEN_TO)


def print_card(title: str, lines: Sequence[tuple[str, object]]) -> None:
    """Print one record: its title, then a line for each field; further lines of a text stand under the first."""
    width = max((_width(name) for name, _value in lines), default=0)
    print(_strong(shown(title)))
    for name, value in lines:
        first, *further = str(value).split("\n")
        print(f"  {name}{' ' * (width - _width(name))}  {shown(first)}")
        for line in further:
            print(f"  {' ' * width}  {shown(line)}")


def print_heading(text: str) -> None:
    """Print the heading of what follows on a card."""
    print("\n" + _strong(shown(text)))


def print_line(text: str) -> None:
    """Print one line of text, harmless to the terminal."""
    print(shown(text))


def _drawn() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _strong(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if _drawn() else text


def _text(cell: object) -> str:
    return "" if cell is None else shown(str(cell))


def _width(text: str) -> int:
    """In cells of the terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _draw(columns: Sequence[TableColumn], rows: Sequence[Sequence[object]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    places, fits = fitting(columns, rows, console.width)
    table = Table(
        box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, _GAP - 1, 0, 0)
    )
    for column in (columns[place] for place in places):
        style = "bold" if column.strong else None
        table.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            style=style,
            overflow="fold",
            # A number that does not fit is rather broken than cut.
            no_wrap=column.whole and fits,
        )
    for row in rows:
        cells = [row[place] for place in places]
        styles = (_STYLES.get(cell.code, "") if isinstance(cell, StateText) else "" for cell in cells)
        table.add_row(*(Text(_text(cell), style=style) for cell, style in zip(cells, styles, strict=True)))
    console.print(table)


def yes_no(value: object) -> str:
    """A flag in words."""
    return _("yes") if value else _("no")
