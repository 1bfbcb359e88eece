"""How a list comes by its rows: the cursor stays on its record, no key waits, failures are said and mended."""

from dataclasses import replace

import pytest
from textual.strip import Strip

from models.listing import Sort
from screens.kit.record_table import RecordTable
from tests.screens.kit.computed_listing import ComputedListing, number
from tests.screens.kit.table_app import Gate, TableApp, settled

TEN_MILLION = ComputedListing(10_000_000)
WIDE = (120, 40)
NARROW = (80, 24)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_list_shows_its_first_rows_and_then_how_many_there_are(size: tuple[int, int]) -> None:
    counting = Gate()
    app = TableApp(replace(TEN_MILLION, before_count=counting))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert number(1) in app.lines[1]
        assert number(size[1] - 3) in app.lines[-1]
        assert app.table.total is None
        counting.open()
        await settled(pilot)
        assert app.table.total == app.last(RecordTable.Counted).total == 10_000_000


async def test_the_first_time_that_the_table_is_painted_its_rows_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    render_line = RecordTable.render_line

    def noted(table: RecordTable, y: int) -> Strip:
        line = render_line(table, y)
        painted.append(line.text if y == 1 else "")
        return line

    monkeypatch.setattr(RecordTable, "render_line", noted)
    async with TableApp(TEN_MILLION).run_test(size=WIDE):
        assert number(1) in next(filter(None, painted))


async def test_only_the_rows_on_the_screen_and_some_ahead_are_read() -> None:
    listing = ComputedListing(10_000_000, pages=[])
    app = TableApp(listing)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("pagedown", "end")
        await settled(pilot)
        assert sum(limit for _offset, limit in listing.pages) < 1000


async def test_the_end_of_a_list_that_is_not_counted_yet_is_reached_when_it_is() -> None:
    counting = Gate()
    app = TableApp(replace(TEN_MILLION, before_count=counting))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("end")
        assert 0 < app.table.cursor_row < 1000, "no key waits"
        counting.open()
        await settled(pilot)
        assert app.table.cursor_id == 10_000_000
        assert number(10_000_000) in app.cursor_line


async def test_the_cursor_stays_on_its_record_when_the_list_is_sorted() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("pagedown", "down", "right", "s")
        await settled(pilot)
        assert app.last(RecordTable.Sorted).sort == Sort("product")
        assert app.table.cursor_id == 39
        assert app.table.cursor_row > 1000
        assert number(39) in app.cursor_line
        assert "Product ▲" in app.lines[0]
        await pilot.press("s")
        await settled(pilot)
        assert "Product ▼" in app.lines[0]
        assert number(39) in app.cursor_line


async def test_the_cursor_stays_on_its_record_when_the_list_is_filtered() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.go_to(21)
        await settled(pilot)
        app.table.set_listing(TEN_MILLION.with_filter("every:7"))
        await settled(pilot)
        assert (app.table.cursor_id, app.table.cursor_row, app.table.total) == (21, 2, 10_000_000 // 7)
        assert number(21) in app.cursor_line


async def test_the_cursor_goes_to_the_first_row_when_the_filter_hides_its_record() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.go_to(21)
        await settled(pilot)
        app.table.set_listing(TEN_MILLION.with_filter("every:10"))
        await settled(pilot)
        assert (app.table.cursor_id, app.table.cursor_row) == (10, 0)


async def test_while_the_record_is_looked_for_the_first_rows_of_the_new_filter_are_shown() -> None:
    looking = Gate()
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.go_to(21)
        await settled(pilot)
        app.table.set_listing(replace(TEN_MILLION, filter_text="every:7", before_position=looking))
        while number(7) not in app.lines[1]:
            await pilot.pause()
        assert app.table.cursor_id == 7
        looking.open()
        await settled(pilot)
        assert app.table.cursor_id == 21


async def test_an_operator_who_went_on_meanwhile_is_not_pulled_back() -> None:
    looking = Gate()
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.go_to(21)
        await settled(pilot)
        app.table.set_listing(replace(TEN_MILLION, filter_text="every:7", before_position=looking))
        while number(7) not in app.lines[1]:
            await pilot.pause()
        await pilot.press("down")
        looking.open()
        await settled(pilot)
        assert app.table.cursor_id == 14


async def test_when_a_record_above_goes_the_cursor_stays_on_its_own() -> None:
    app = TableApp(ComputedListing(100))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press(*["down"] * 5)
        app.table.set_listing(ComputedListing(100, gone=frozenset({2, 3})))
        await settled(pilot)
        assert (app.table.cursor_id, app.table.cursor_row, app.table.total) == (6, 3, 98)
        assert number(6) in app.cursor_line


async def test_when_its_record_goes_the_cursor_is_on_the_nearest_row() -> None:
    app = TableApp(ComputedListing(3))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("end")
        app.table.set_listing(ComputedListing(3, gone=frozenset({3})))
        await settled(pilot)
        assert (app.table.cursor_id, app.table.cursor_row) == (2, 1)


async def test_the_list_read_again_shows_what_changed_and_keeps_the_screen_where_it_is() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("end", *["up"] * 3)
        before = app.lines
        app.table.refresh_rows()
        await settled(pilot)
        assert app.lines == before


async def test_reading_again_does_not_pull_the_screen_back_to_a_cursor_far_away() -> None:
    listing = ComputedListing(10_000_000, pages=[])
    app = TableApp(listing)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.scroll_to(y=5_000_000, animate=False)
        await settled(pilot)
        before = app.lines
        app.table.refresh_rows()
        await settled(pilot)
        assert app.lines == before and number(5_000_001) in before[1]
        assert app.table.cursor_id == 1
        assert max(limit for _offset, limit in listing.pages) < 500


async def test_a_record_from_elsewhere_is_gone_to() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.table.go_to(7_654_321)
        await settled(pilot)
        assert app.table.cursor_id == app.last(RecordTable.Highlighted).record_id == 7_654_321
        assert number(7_654_321) in app.cursor_line


async def test_no_key_waits_for_rows_that_are_slow_to_come() -> None:
    slow = Gate()
    listing = ComputedListing(10_000_000, filter_text="every:1", before_page=slow)
    app = TableApp(listing)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "…" in app.lines[1]
        slow.open()
        await settled(pilot)
        assert number(1) in app.lines[1]


async def test_rows_to_come_are_shown_as_such() -> None:
    listing = ComputedListing(10_000_000, sort=Sort("owner"))
    app = TableApp(listing)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        slow = Gate()
        app.table.set_listing(replace(listing, before_page=slow))
        slow.open()
        await settled(pilot)
        slow.close()
        await pilot.press("end")
        assert app.cursor_line.split() == ["▌", "…"]
        assert app.table.cursor_id is None
        slow.open()
        await settled(pilot)
        assert app.table.cursor_id == listing.record_at(9_999_999)
        assert "…" not in app.cursor_line[:8]


async def test_a_query_that_failed_says_why_and_is_tried_again() -> None:
    broken = [OSError("disk [/red] full")]

    def fail() -> None:
        if broken:
            raise broken[0]

    app = TableApp(ComputedListing(100, before_page=fail))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        text = "\n".join(app.lines)
        assert "The list cannot be read." in text and "disk [/red] full" in text and "Press r" in text
        assert app.last(RecordTable.Failed).error is broken[0]
        broken.clear()
        await pilot.press("r")
        await settled(pilot)
        assert number(1) in app.cursor_line


async def test_a_list_that_cannot_be_counted_is_shown_all_the_same() -> None:
    def fail() -> None:
        raise OSError("no")

    app = TableApp(ComputedListing(200, before_count=fail))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert isinstance(app.last(RecordTable.Failed).error, OSError)
        await pilot.press(*["pagedown"] * 8)
        await settled(pilot)
        assert (app.table.cursor_id, app.table.total) == (200, 200), "its end was found by going there"


async def test_a_list_of_another_kind_begins_anew() -> None:
    app = TableApp(TEN_MILLION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("down", "space")
        app.table.set_listing(ComputedListing(50, kind="licence"))
        await settled(pilot)
        assert (app.table.cursor_id, app.table.total) == (1, 50)
        assert not app.table.marks


async def test_leaving_the_screen_interrupts_what_the_list_asked() -> None:
    counting = Gate()
    app = TableApp(replace(TEN_MILLION, before_count=counting))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert app.gateway.is_asked(app.table, "count")
        await app.table.remove()
        assert not app.gateway.is_asked(app.table, "count")
        counting.open()
