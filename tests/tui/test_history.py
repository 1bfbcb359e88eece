"""The way through the opened records: back and forward as in a browser."""

import pytest

from models.kinds import RecordRef
from tui.history import History

CLIENT, KEY, LICENCE = RecordRef("client", 1), RecordRef("key", 2), RecordRef("licence", 3)


@pytest.fixture
def history() -> History:
    walked = History()
    for ref in (CLIENT, KEY, LICENCE):
        walked.visit(ref)
    return walked


def test_back_and_forward_again(history: History) -> None:
    assert history.back(LICENCE) == KEY
    assert history.back(KEY) == CLIENT
    assert history.back(CLIENT) is None
    assert history.forward() == KEY
    assert history.forward() == LICENCE
    assert history.forward() is None


def test_back_from_a_list_is_the_record_last_seen(history: History) -> None:
    assert history.back(None) == LICENCE


def test_opening_another_record_forgets_what_lay_ahead(history: History) -> None:
    history.back(LICENCE)
    history.back(KEY)
    history.visit(LICENCE)
    assert history.forward() is None
    assert history.back(LICENCE) == CLIENT


def test_opening_a_record_again_counts_once(history: History) -> None:
    history.visit(LICENCE)
    assert history.back(LICENCE) == KEY


def test_nothing_was_opened() -> None:
    assert History().back(None) is None
    assert History().forward() is None


def test_a_long_way_keeps_its_end() -> None:
    walked = History()
    for number in range(1000):
        walked.visit(RecordRef("key", number))
    assert walked.back(RecordRef("key", 999)) == RecordRef("key", 998)
