"""Repainting of a scroll bar while what it stands for changes its length."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.scrollbar import ScrollBar

from screens.kit.quiet_scrollbar import move, stretch


class BarApp(App[None]):
    """A bar of twenty lines."""

    def compose(self) -> ComposeResult:
        """Only the bar."""
        yield ScrollBar(vertical=True)


async def test_a_bar_whose_text_became_shorter_than_its_position_is_moved() -> None:
    async with BarApp().run_test(size=(10, 20)) as pilot:
        bar = pilot.app.query_one(ScrollBar)
        bar.window_size = 10
        stretch(bar, 400)
        move(bar, 390)
        stretch(bar, 12)
        move(bar, 0)
        assert bar.position == 0 and bar.window_virtual_size == 12
