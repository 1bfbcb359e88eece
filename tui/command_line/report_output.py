"""A report on its way out: as a table for people, or in a form for other programs, to standard output or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.language import _, ngettext

if TYPE_CHECKING:
    from models.listing import Cell
    from models.reports.frame import ReportRows

FORMATS = ("table", "csv", "xlsx", "md", "json")
OF_ENDINGS = {"csv": "csv", "xlsx": "xlsx", "md": "md", "json": "json", "txt": "table"}
"""By the ending of a file: the format that it means."""
_RIGHT = frozenset({"integer", "money", "quantity"})


def give(answer: ReportRows, name: str, chosen: str, output: Path | None) -> None:
    """Print a report, or write it to a file, whole or not at all."""
    if output is None:
        _PRINTERS[chosen](answer)
        return
    from tui.command_line.errors import say

    if chosen == "xlsx":
        from exporters.xlsx_table import write_xlsx

        write_xlsx(output, _table(answer, totals=True), sheet=name)
    elif chosen == "csv":
        from exporters.csv_table import write_csv

        write_csv(output, _table(answer))
    else:
        _write_text(output, _printed(_PRINTERS[chosen], answer))
    count = len(answer.rows)
    said = ngettext("{number} row written to {file}.", "{number} rows written to {file}.", count)
    say(said.format(number=count, file=output))


def _printed(printer: Callable[[ReportRows], None], answer: ReportRows) -> str:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as text:
        printer(answer)
    return text.getvalue()


def _write_text(output: Path, text: str) -> None:
    from exporters.table import replacing

    with replacing(output) as file:
        file.write(text.encode())


def _table(answer: ReportRows, *, totals: bool = False) -> Any:
    from exporters.table import ExportTable

    total = [_totals(answer)] if totals and answer.total else []
    is_money = [column.kind == "money" for column in answer.columns]

    def exact(cells: Sequence[Cell]) -> list[Cell]:
        return [
            cell.quantize(Decimal("0.01")) if money and isinstance(cell, Decimal) else cell
            for cell, money in zip(cells, is_money, strict=True)
        ]

    return ExportTable(answer.columns, [exact(cells) for cells in (*answer.rows, *total)])


def _totals(answer: ReportRows) -> list[Cell]:
    return [_("Total"), *answer.total[1:]]


def _print_table(answer: ReportRows) -> None:
    from tui.command_line.output import TableColumn, print_line, print_table

    columns = [TableColumn(_(one.title), right=one.kind in _RIGHT) for one in answer.columns if not one.hidden]
    print_table(columns, list(_lines(answer)))
    for note in answer.notes:
        print_line(note)


def _lines(answer: ReportRows) -> Iterable[list[str]]:
    """The rows and the totals as people read them, without hidden columns."""
    from screens.kit.cells import cell_text

    shown = [number for number, one in enumerate(answer.columns) if not one.hidden]

    def line(cells: Sequence[Any]) -> list[str]:
        return [cell_text(cells[number], answer.columns[number].kind, {}) for number in shown]

    yield from map(line, answer.rows)
    if answer.total:
        yield [_("Total"), *line(answer.total)[1:]]


def _print_markdown(answer: ReportRows) -> None:
    import sys

    from exporters.markdown_table import write_markdown_to
    from exporters.table import ExportTable
    from tui.command_line.output import print_line

    columns = tuple(column for column in answer.columns if not column.hidden)
    write_markdown_to(sys.stdout, ExportTable(columns, list(_lines(answer))))
    for note in answer.notes:
        print()
        print_line(note)


def _print_csv(answer: ReportRows) -> None:
    from tui.command_line.csv_output import print_csv

    print_csv(_table(answer))


def _print_json(answer: ReportRows) -> None:
    from tui.command_line.output import print_json

    names = [column.id for column in answer.columns]
    print_json([dict(zip(names, map(_as_json, row), strict=True)) for row in answer.rows])


def _as_json(cell: Any) -> Any:
    """Absent values are null; shares and medians are numbers."""
    return float(cell) if isinstance(cell, Decimal) else None if cell == "" else cell


_PRINTERS: Mapping[str, Callable[[ReportRows], None]] = {
    "table": _print_table, "csv": _print_csv, "md": _print_markdown, "json": _print_json,
}  # fmt: skip
