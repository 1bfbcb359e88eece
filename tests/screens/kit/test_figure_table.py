"""Figures in columns: whole where there is room, which names and bars give up first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from screens.kit.cell_grid import GridColumn
from screens.kit.figure_table import FigureRow, FigureTable
from screens.kit.glyphs import UNICODE

COLUMNS = (
    GridColumn("stage", "Stage"),
    GridColumn("bar", "", 6),
    GridColumn("count", "Deals", 5, right=True),
    GridColumn("sum", "Sum", 8, right=True),
)


class Figures(App[None]):
    """The table alone."""

    BINDINGS: ClassVar[list[BindingType]] = []
    glyphs = UNICODE

    def __init__(self, rows: Sequence[FigureRow]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield FigureTable(COLUMNS)

    def on_mount(self) -> None:
        self.query_one(FigureTable).show(self._rows)


async def lines_at(columns: int, *sums: str) -> list[str]:
    app = Figures(
        [FigureRow(number, ("A stage with a long name", "██", "12", sum_)) for number, sum_ in enumerate(sums)]
    )
    async with app.run_test(size=(columns, 10)):
        table = app.query_one(FigureTable)
        return [table.row_strip(row).text.rstrip() for row in range(table.rows)]


@pytest.mark.parametrize(
    ("columns", "total", "line"),
    [
        (50, "1 000", "▌ A stage with a long name ██        12    1 000"),
        (50, "17 164 306 067", "▌ A stage with a lo… ██        12 17 164 306 067"),
        (36, "17 164 306 067", "▌ A stage w…     12 17 164 306 067"),
        (30, "17 164 306 067", "▌ A stage w…     12 17 164 …"),
    ],
)
async def test_a_long_figure_takes_room_of_the_name_then_of_the_bar(columns: int, total: str, line: str) -> None:
    heading, row = await lines_at(columns, total)
    assert row == line
    assert heading.endswith("Sum")


async def test_all_rows_stand_in_the_same_columns() -> None:
    lines = await lines_at(60, "5", "17 164 306 067", "")
    assert {line.index("12") for line in lines[1:]} == {lines[1].index("12")}


async def test_a_table_without_rows_has_its_heading() -> None:
    assert [line.split() for line in await lines_at(60)] == [["Stage", "Deals", "Sum"]]
