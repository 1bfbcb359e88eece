"""Which columns fit into which width, and where each stands. Nothing wraps; what does not fit is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.listing import Column

GAP = 2
_NARROWEST = 4
_WIDEST = 2
"""A text column grows to at most this many times its wished width."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column on the screen: ``index`` of its cell in a row, left edge ``x`` and ``width`` in cells."""

    column: Column
    index: int
    x: int
    width: int


def place_columns(columns: Sequence[Column], width: int, chosen: Sequence[str] | None = None) -> tuple[Placed, ...]:
    """The columns that fit into ``width`` cells, from the left.

    ``chosen`` are column ids in the operator's own order; without it, all that are not hidden in the listing's order.
    The least important go first (the highest priority number, then the rightmost); those of priority 1 stay
    and are narrowed instead. Room that is left over goes to text columns.
    """
    fitting = _without_least_important(columns, _wanted(columns, chosen), width)
    widths = _narrowed([columns[index].width for index in fitting], width)
    fitting = fitting[: len(widths)]
    widths = _widened(widths, [columns[index] for index in fitting], width)
    placed, x = [], 0
    for index, column_width in zip(fitting, widths, strict=True):
        placed.append(Placed(columns[index], index, x, column_width))
        x += column_width + GAP
    return tuple(placed)


def _wanted(columns: Sequence[Column], chosen: Sequence[str] | None) -> list[int]:
    if chosen is None:
        return [index for index, column in enumerate(columns) if not column.hidden]
    by_id = {column.id: index for index, column in enumerate(columns)}
    return [by_id[name] for name in chosen if name in by_id]


def _taken(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _without_least_important(columns: Sequence[Column], wanted: list[int], width: int) -> list[int]:
    kept = list(wanted)
    while _taken([columns[index].width for index in kept]) > width:
        place = max(range(len(kept)), key=lambda at: (columns[kept[at]].priority, at))
        if columns[kept[place]].priority <= 1:
            break
        del kept[place]
    return kept


def _narrowed(widths: list[int], width: int) -> list[int]:
    """The widest made narrower, cell by cell; the last ones left out when even that does not do."""
    widths = list(widths)
    while _taken(widths) > width and widths:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] > _NARROWEST:
            widths[widest] -= 1
        elif len(widths) > 1:
            widths.pop()
        else:
            return [max(0, width)]
    return widths


def _widened(widths: list[int], columns: Sequence[Column], width: int) -> list[int]:
    """The room that is left given cell by cell to the text column that has grown least."""
    widths = list(widths)
    left = width - _taken(widths)
    growing = [at for at, column in enumerate(columns) if column.kind == "text" and column.width > 0]
    while left > 0 and (growing := [at for at in growing if widths[at] < _WIDEST * columns[at].width]):
        at = min(growing, key=lambda at: widths[at] / columns[at].width)
        widths[at] += 1
        left -= 1
    return widths
