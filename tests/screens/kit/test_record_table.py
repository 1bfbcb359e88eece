"""A list as an operator works with it, by the keys that he presses."""

import pytest
from textual.geometry import Offset

from models.language import use_language
from models.listing import Listing, Sort
from screens.kit.glyphs import ASCII
from screens.kit.marks import ALL, Marks
from screens.kit.record_table import RecordTable
from tests.screens.kit.computed_listing import COLUMNS, ComputedListing, number
from tests.screens.kit.table_app import TableApp, settled

TEN_MILLION = ComputedListing(10_000_000)
WIDE = (120, 40)
NARROW = (80, 24)


async def test_the_cursor_walks_and_jumps() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        steps = {"down": 1, "j": 2, "up": 1, "k": 0, "pagedown": 37, "end": 9_999_999, "pageup": 9_999_962, "home": 0}
        for key, row in (steps | {"G": 9_999_999, "g": 0}).items():
            await pilot.press(key)
            await settled(pilot)
            assert (app.table.cursor_row, app.table.cursor_id) == (row, row + 1), key
            assert number(row + 1) in app.cursor_line, key


async def test_at_the_ends_of_the_list_the_cursor_stays() -> None:
    app = TableApp(ComputedListing(3))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("up", "pageup")
        assert app.table.cursor_id == 1
        await pilot.press("down", "down", "down", "down", "pagedown")
        assert app.table.cursor_id == 3


async def test_marks_stay_on_their_records() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("space", "down", "space")
        assert app.table.marks == Marks(ids=frozenset({1, 3}))
        assert [line[1] for line in app.lines[1:5]] == ["●", " ", "●", " "]
        app.table.set_listing(TEN_MILLION.with_filter("every:3"))
        await settled(pilot)
        assert [line[1] for line in app.lines[1:3]] == ["●", " "]
        assert app.last(RecordTable.MarksChanged).marks == Marks(ids=frozenset({1, 3}))


async def test_all_that_is_filtered_is_marked_and_unmarked() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("a")
        assert app.table.marks == ALL
        await pilot.press("space")
        assert app.table.marks.number(app.table.total) == 9_999_999
        await pilot.press("a")
        assert not app.table.marks


async def test_all_marked_under_one_filter_is_not_all_under_another() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("a")
        app.table.set_listing(TEN_MILLION.with_filter("every:7"))
        await settled(pilot)
        assert not app.table.marks
        assert not app.last(RecordTable.MarksChanged).marks


async def test_what_the_operator_means_is_posted() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for key, message in (
            ("c", RecordTable.ColumnsRequested),
            ("x", RecordTable.ExportRequested),
            ("v", RecordTable.PreviewToggled),
            ("r", RecordTable.RepeatRequested),
            ("slash", RecordTable.FilterRequested),
        ):
            await pilot.press(key)
            assert type(app.heard[-1]) is message
            assert app.heard[-1].control is app.table
        await pilot.press("down", "enter")
        assert app.last(RecordTable.Opened).record_id == 2


async def test_a_cell_or_a_row_is_copied_whole() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("y")
        assert app.last(RecordTable.CopyRequested).text == number(1)
        await pilot.press("right", "right", "right", "y")
        assert app.last(RecordTable.CopyRequested).text == "issued to a client"
        await pilot.press("Y")
        assert app.last(RecordTable.CopyRequested).text == (
            f"{number(1)}\tnanoCAD Механика\tNorthwind Traders\tissued to a client\t13.70\t2020-02-01"
        )


async def test_a_column_that_cannot_be_sorted_says_so() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("right", "right", "right", "s")
        assert app.last(RecordTable.Refused).reason == "The list cannot be sorted by “State”."
        listing = app.table.listing
        assert listing is not None and listing.sort == Sort("number")


async def test_less_important_columns_are_left_out_on_a_narrow_screen() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert app.lines[0].split() == ["Number", "▲", "Owner", "State"]
        await pilot.resize_terminal(*WIDE)
        await settled(pilot)
        assert app.lines[0].split() == ["Number", "▲", "Product", "Owner", "State", "Price", "Valid", "until"]
        assert all(len(line) <= 117 for line in app.lines)


async def test_the_operator_chooses_the_columns() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.choose_columns(["note", "number"])
        assert app.lines[0].split() == ["Note", "Number", "▲"]
        await pilot.press("left")
        assert app.table.cursor_column == COLUMNS[-1]


async def test_an_empty_list_says_how_its_first_record_is_made() -> None:
    app = TableApp(ComputedListing(0))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "No keys yet. Press n to add one." in "\n".join(app.lines)
        await pilot.press("down", "end", "space", "enter", "y", "s")
        await settled(pilot)
        assert app.table.cursor_id is None


async def test_a_filter_that_finds_nothing_is_no_empty_list() -> None:
    app = TableApp(ComputedListing(5))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.set_listing(ComputedListing(5).with_filter("every:6"))
        await settled(pilot)
        assert "Nothing matches the filter." in "\n".join(app.lines)
        app.table.set_listing(ComputedListing(5))
        await settled(pilot)
        assert number(1) in app.cursor_line


async def test_the_mouse_selects_opens_sorts_and_scrolls() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.click(RecordTable, offset=Offset(20, 6))
        assert app.table.cursor_id == 5
        await pilot.double_click(RecordTable, offset=Offset(20, 8))
        assert app.last(RecordTable.Opened).record_id == 7
        await pilot.click(RecordTable, offset=Offset(40, 1))
        assert app.last(RecordTable.Sorted).sort == Sort("product")
        await settled(pilot)
        assert app.table.cursor_id == 7


@pytest.mark.parametrize("listing", [ComputedListing(200), ComputedListing(200, sort=Sort("owner"))])
async def test_the_wheel_scrolls_and_leaves_the_cursor_where_it_is(listing: Listing) -> None:
    app = TableApp(listing)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        first = app.lines[1]
        app.table.scroll_to(y=50, animate=False)
        await settled(pilot)
        assert app.cursor_line == ""
        assert app.lines[1] != first and "…" not in app.lines[1][:8]
        assert app.table.cursor_row == 0
        await pilot.press("down")
        assert app.table.cursor_row == 1
        assert app.cursor_line != ""


async def test_another_theme_and_another_language_show_at_once() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        dark = app.table.render_line(2)
        app.theme = "textual-light"
        await settled(pilot)
        light = app.table.render_line(2)
        assert light.text == dark.text and light != dark
        assert " 27.40 " in light.text
        use_language("ru")
        app.table.redraw()
        assert " 27,40 " in app.lines[2]


async def test_without_unicode_the_marks_are_plain_characters() -> None:
    app = TableApp(TEN_MILLION)
    app.glyphs = ASCII
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("space", "up")
        assert app.lines[0].split()[:2] == ["Number", "^"]
        assert app.lines[1].startswith(">*")


async def test_the_cursor_is_seen_without_colour() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("right")
        assert [line[0] for line in app.lines[:3]] == [" ", "▌", " "]
        underlined = [part.text.strip() for part in app.table.render_line(1) if part.style and part.style.underline]
        heading = [part.text.strip() for part in app.table.render_line(0) if part.style and part.style.underline]
        assert (heading, underlined) == (["Product"], ["nanoCAD Механика"])
