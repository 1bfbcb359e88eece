"""CSV on standard output: as it is for another program, harmless where it is read on a terminal."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporters.table import ExportTable


def print_csv(table: ExportTable) -> None:
    """Write a table; another program gets the data as they are, a terminal must not obey them."""
    from exporters.csv_table import write_csv_to
    from models.text import shown_lines

    if sys.stdout.isatty():
        text = io.StringIO(newline="")
        write_csv_to(text, table)
        print(shown_lines(text.getvalue()), end="")
        return
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        write_csv_to(stream, table)
    finally:
        stream.detach()
