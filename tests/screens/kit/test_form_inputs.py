"""The inputs of a form by themselves."""

from __future__ import annotations

from textual.app import App
from textual.geometry import Region
from textual.strip import Strip

from screens.kit.form_entries import Entry
from screens.kit.form_inputs import LinesInput
from tests.screens.small_company import until


async def test_an_input_of_several_lines_that_was_taken_away_may_be_drawn_once_more() -> None:
    app, drawn = App[None](), list[list[Strip]]()
    async with app.run_test() as pilot:
        lines = LinesInput(Entry("Call\nthe bank"))
        await app.mount(lines)
        await lines.remove()
        lines.notify_style_update()  # as when the focus goes elsewhere
        app.call_later(lambda: drawn.append(lines.render_lines(Region(0, 0, 10, 2))))
        await until(pilot, lambda: bool(drawn))
    assert [line.text.strip() for line in drawn[0]] == ["", ""]
