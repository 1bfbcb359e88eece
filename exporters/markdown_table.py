"""Tables as Markdown: for a letter, a wiki, a note. What a text holds is never read as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO

from exporters.table import ExportTable
from models.text import shown

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~])")
_RIGHT = frozenset({"integer", "money", "quantity"})


def write_markdown_to(stream: TextIO, table: ExportTable) -> int:
    """Write a table whose cells are texts already; returns the number of rows."""
    rows = [list(map(_cell, table.headings())), *([_cell(str(cell)) for cell in row] for row in table.rows)]
    widths = [max(3, *map(len, cells)) for cells in zip(*rows, strict=True)]
    is_right = [column.kind in _RIGHT for column in table.columns]
    rules = [
        "-" * (width - right) + ":" * right for width, right in zip(widths, map(int, is_right), strict=True)
    ]  # fmt: skip
    for cells in (rows[0], rules, *rows[1:]):
        stream.write(_line(cells, widths, is_right))
    return len(rows) - 1


def _cell(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(shown(text).split()))


def _line(cells: Sequence[str], widths: Sequence[int], is_right: Sequence[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, is_right, strict=True)
    ]
    return f"| {' | '.join(padded)} |\n"
