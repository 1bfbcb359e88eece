"""Pages of rows: few are kept, and the length of the list becomes known."""

from models.listing import Row
from screens.kit.row_window import PAGE, RowWindow, Span, span_around
from tests.screens.kit.computed_listing import ComputedListing


def rows(first: int, number: int) -> list[Row]:
    return [Row(place + 1, ()) for place in range(first, first + number)]


def test_a_list_grows_with_what_is_read_until_it_is_counted() -> None:
    window = RowWindow()
    window.store(Span(0, PAGE), rows(0, PAGE))
    assert window.extent == 2 * PAGE, "more may follow a full page"
    window.store(Span(PAGE, PAGE), rows(PAGE, PAGE))
    assert window.extent == 3 * PAGE
    window.count = 1_000_000
    assert window.extent == 1_000_000


def test_a_page_that_is_not_full_is_the_last() -> None:
    window = RowWindow()
    window.store(Span(0, PAGE), rows(0, 10))
    assert (window.count, window.extent) == (10, 10)


def test_an_empty_page_after_a_full_one_shows_the_end() -> None:
    window = RowWindow()
    window.store(Span(0, PAGE), rows(0, PAGE))
    window.store(Span(PAGE, PAGE), [])
    assert (window.count, window.extent) == (PAGE, PAGE)


def test_a_list_that_became_shorter_than_it_was_counted_is_not_asked_for_what_it_lacks_again() -> None:
    window = RowWindow(count=1000)
    window.store(Span(512, PAGE), [])
    assert window.extent == 512
    assert window.missing(520, 560) is None


def test_rows_are_found_by_their_place() -> None:
    window = RowWindow(count=1000)
    window.store(Span(128, 2 * PAGE), rows(128, 2 * PAGE))
    found = [window.row(place) for place in (127, 128, 255, 256)]
    assert [row.id if row else None for row in found] == [None, 129, 256, None]


def test_only_missing_pages_are_asked_for_and_none_beyond_the_end() -> None:
    window = RowWindow(count=300)
    assert window.missing(0, 40) == Span(0, PAGE)
    window.store(Span(0, PAGE), rows(0, PAGE))
    assert window.missing(0, 40) is None
    assert window.missing(40, 100) == Span(PAGE, PAGE)
    assert window.missing(290, 340) == Span(4 * PAGE, PAGE)
    assert window.missing(320, 340) is None


def test_of_millions_of_rows_few_are_kept() -> None:
    window = RowWindow(count=10_000_000)
    for number in range(0, 5_000_000, 50_000):
        span = span_around(number, number)
        window.store(span, rows(span.first, PAGE))
    kept = sum(1 for number in range(0, 5_000_000, 50_000) if window.row(number) is not None)
    assert 0 < kept <= 24


def test_rows_in_the_second_half_are_read_from_the_end() -> None:
    listing = ComputedListing(1000)
    near_the_end = Span(960, PAGE).read(listing, 1000)
    assert [row.id for row in near_the_end] == list(range(961, 1001))
    assert listing.pages == [(-40, 40)]
    assert [row.id for row in Span(64, PAGE).read(listing, 1000)] == list(range(65, 129))
    assert listing.pages[-1] == (64, 64)


def test_rows_are_read_from_the_front_while_nobody_knows_where_the_end_is() -> None:
    listing = ComputedListing(1000)
    assert [row.id for row in Span(960, PAGE).read(listing, None)] == list(range(961, 1001))
    assert listing.pages == [(960, PAGE)]
