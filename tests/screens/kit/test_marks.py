"""Marked records: some, or all that the filter finds but some."""

from screens.kit.marks import ALL, NONE


def test_nothing_is_marked_at_first() -> None:
    assert not NONE
    assert 5 not in NONE
    assert NONE.number(100) == 0


def test_a_record_is_marked_and_unmarked() -> None:
    marked = NONE.toggled(5)
    assert marked and 5 in marked and 6 not in marked
    assert marked.number(None) == 1
    assert marked.toggled(5) == NONE


def test_all_are_marked_but_one() -> None:
    marked = ALL.toggled(5)
    assert 6 in marked and 5 not in marked
    assert marked.number(1_000_000) == 999_999
    assert marked.number(None) is None, "nobody counted the list yet"


def test_taking_the_only_record_out_of_all_leaves_a_selection_that_still_grows_with_the_list() -> None:
    assert ALL.toggled(1).number(1) == 0
    assert 2 in ALL.toggled(1)
