"""Figures in rows and columns, of which some are only shown where there is room."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from screens.kit.cell_grid import GridColumn
from screens.kit.figure_table import FigureRow, FigureTable
from tests.screens.small_company import until

COLUMNS = (
    GridColumn("client", "Client", 0),
    GridColumn("bar", "", 8, wide=True),
    GridColumn("owed", "Owed", 10, right=True),
)


class NotYetTold(FigureTable, inherit_bindings=False):
    """A table that is drawn while it has not heard yet how large it is."""

    def on_resize(self) -> None:
        """Nothing is heard."""


class Figures(App[None]):
    """A table of figures, shown before it has a size, and nothing else."""

    def compose(self) -> ComposeResult:
        table = NotYetTold(COLUMNS)
        table.show([FigureRow(1, ("Romashka", "█████", "1,000.00"))])
        yield table


@pytest.mark.parametrize(("width", "seen"), [(80, ["Romashka", "1,000.00"]), (120, ["Romashka", "█████", "1,000.00"])])
async def test_what_has_room_is_drawn_before_the_table_hears_of_its_size(width: int, seen: list[str]) -> None:
    app = Figures()
    async with app.run_test(size=(width, 10)) as pilot:
        table = app.query_one(FigureTable)
        await until(pilot, lambda: table.size.width == width)
        assert table.render_line(1).text.replace("▌", " ").split() == seen
