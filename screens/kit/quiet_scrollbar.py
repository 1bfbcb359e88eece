"""Which lines of a scroll bar look different after a move, so that only those are sent to the terminal.

Textual repaints the whole bar on every step: 1.5 KB at 40 lines, where a move in a long list changes one or none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest

from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender


def move(bar: ScrollBar, position: float) -> None:
    """Set the position of a vertical scroll bar and repaint what changes by it."""
    with _repainting_what_changes(bar):
        bar.set_reactive(ScrollBar.position, bar.validate_position(position))


def stretch(bar: ScrollBar, length: int) -> None:
    """Set how many lines a vertical scroll bar stands for and repaint what changes by it."""
    with _repainting_what_changes(bar):
        bar.set_reactive(ScrollBar.window_virtual_size, length)


@contextmanager
def _repainting_what_changes(bar: ScrollBar) -> Iterator[None]:
    before = _lines(bar)
    yield
    # Textual draws more lines than there are while the position lies beyond a text that has become shorter.
    pairs = list(zip_longest(before, _lines(bar)))[: bar.size.height]
    changed = [y for y, (old, new) in enumerate(pairs) if old != new]
    if changed:
        bar.refresh(*(Region(0, y, bar.size.width, 1) for y in changed))


def _lines(bar: ScrollBar) -> list[object]:
    window = bar.window_size if bar.window_size < bar.window_virtual_size else 0
    drawn = ScrollBarRender.render_bar(
        size=bar.size.height, virtual_size=bar.window_virtual_size, window_size=window, position=bar.position
    )
    return [segment for segment in drawn.segments if segment.text != "\n"]
