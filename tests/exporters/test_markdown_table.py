"""Markdown: columns that stand, and texts that stay texts."""

from __future__ import annotations

import io

from exporters.markdown_table import write_markdown_to
from exporters.table import ExportTable
from models.listing import Column


def written(rows: list[tuple[str, str]]) -> list[str]:
    stream = io.StringIO()
    columns = (Column("client", "Client"), Column("owes", "Owes", "money"))
    assert write_markdown_to(stream, ExportTable(columns, rows)) == len(rows)
    return stream.getvalue().splitlines()


def test_numbers_stand_at_the_right() -> None:
    assert written([("Vector", "1,250.00"), ("Romashka", "9.00")]) == [
        "| Client   |     Owes |",
        "| -------- | -------: |",
        "| Vector   | 1,250.00 |",
        "| Romashka |     9.00 |",
    ]


def test_nothing_in_a_text_is_markup_or_ends_its_cell() -> None:
    (line,) = written([("a|b\n<script> *x* [y](z) `c` \x1b[31m", "")])[2:]
    assert line == r"| a\|b \<script\> \*x\* \[y\](z) \`c\` ␛\[31m |      |"
