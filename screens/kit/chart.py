"""Charts as lines of text, by plotext; the one place that knows it."""

from __future__ import annotations

from collections.abc import Sequence

_AT_ONCE = 8
"""plotext draws nothing higher than the terminal, whose size it asks for itself."""


def bars(values: Sequence[float], width: int, mark: str) -> list[str]:
    """A horizontal bar for each value, a line each, the longest as wide as there is room."""
    most = max(values, default=0)
    if most <= 0 or width < 1:
        return [" " * width for _value in values]
    found: list[str] = []
    for start in range(0, len(values), _AT_ONCE):
        found += _drawn(values[start : start + _AT_ONCE], most, width, mark)
    return found


def _drawn(values: Sequence[float], most: float, width: int, mark: str) -> list[str]:
    import plotext

    figure, number = plotext.figure, len(values)
    figure.clear()
    figure.plot_size(width, number)
    lengths = [max(0.0, value) for value in reversed(values)]
    figure.draw(figure.bar(list(range(1, number + 1)), lengths, marker=mark, orientation="h", width=0.1))
    figure.axes(False)
    for axis, limit in (("x", (0, most)), ("y", (0.5, number + 0.5))):
        figure.ruler(axis).lim(*limit)
        figure.ruler(axis).ticks([])
    lines = plotext.uncolorize(str(figure.build())).split("\n")
    lines += [""] * (number - len(lines))
    return [line[:width].ljust(width) if value > 0 else " " * width for line, value in zip(lines, values, strict=False)]


def heat(rows: Sequence[Sequence[int]], shades: str, gap: int = 2) -> list[str]:
    """A grid of values as a map, a line for each row, ``gap`` cells for each value: the more, the darker the shade.

    ``shades`` begins with that of nothing; a value beyond the last has the last. Negative values are left out.
    """
    import plotext

    number, most = len(rows), max((len(row) for row in rows), default=0)
    if not number or not most:
        return [""] * number
    figure, width = plotext.figure, most * gap
    figure.clear()
    figure.plot_size(width, number)
    for level, shade in enumerate(shades):
        points = [
            (column * gap, number - 1 - line)
            for line, row in enumerate(rows)
            for column, value in enumerate(row)
            if min(value, len(shades) - 1) == level
        ]
        if points:
            figure.draw(figure.signal([x for x, _y in points], [y for _x, y in points], marker=shade))
    figure.axes(False)
    for axis, limit in (("x", width - 1), ("y", number - 1)):
        figure.ruler(axis).lim(0, max(1, limit))
        figure.ruler(axis).ticks([])
    lines = plotext.uncolorize(str(figure.build())).split("\n")
    return [line[:width].ljust(width) for line in [*lines, *[""] * number][:number]]
