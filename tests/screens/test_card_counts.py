"""How long the lists of a card are: said with the first drawing of the card where that is quick."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from models.listing import Listing
from screens.card_counts import TabCounts
from screens.card_tabs import CardTabs
from screens.kit.list_head import ListHead
from tests.screens.small_company import Program
from tests.screens.test_card import ROMASHKA, opened

Lists = Callable[..., Listing]


@pytest.fixture
def listing_of(monkeypatch: pytest.MonkeyPatch) -> Lists:
    """Makes lists that take so many seconds to count, by a clock that stands still otherwise."""
    monkeypatch.setattr(TabCounts, "_slow", set())
    now = [1000.0]
    monkeypatch.setattr("screens.card_counts.time", Mock(perf_counter=lambda: now[0]))

    def listing(count: int, seconds: float = 0.0) -> Listing:
        def counted() -> int:
            now[0] += seconds
            return count

        return Mock(spec=Listing, count=counted)

    return listing


def test_a_list_that_took_long_is_counted_in_the_background_until_it_is_quick_again(listing_of: Lists) -> None:
    counts = TabCounts("client")
    assert counts.at_once({"deals": listing_of(7, 0.016), "keys": listing_of(1)}) == {"deals": 7, "keys": 1}
    assert counts.at_once({"deals": listing_of(7), "keys": listing_of(1)}) == {"keys": 1}
    assert TabCounts("key").at_once({"deals": listing_of(3)}) == {"deals": 3}
    assert counts.in_background({"deals": listing_of(7), "keys": listing_of(1)}) == {"deals": 7, "keys": 1}
    assert counts.at_once({"deals": listing_of(7)}) == {"deals": 7}


def test_the_card_waits_only_a_moment_for_all_its_counts(listing_of: Lists) -> None:
    lists = {str(number): listing_of(number, 0.009) for number in range(9)}
    assert TabCounts("client").at_once(lists) == {"0": 0, "1": 1, "2": 2}


def test_where_the_database_cannot_be_asked_now_the_background_says_why(listing_of: Lists) -> None:
    broken = Mock(spec=Listing, count=Mock(side_effect=RuntimeError("connection lost")))
    assert TabCounts("client").at_once({"deals": broken, "keys": listing_of(1)}) == {}
    with pytest.raises(RuntimeError, match="connection lost"):
        TabCounts("client").in_background({"deals": broken})


@pytest.mark.parametrize("slow", [False, True])
async def test_the_lists_of_a_card_say_how_long_they_are(
    program: Program, slow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabs = CardTabs(ROMASHKA)._tabs
    monkeypatch.setattr(TabCounts, "_slow", {("client", tab_id) for tab_id in tabs} if slow else set())
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        counts = {tab.id: tab.count for tab in screen.query_one(ListHead).facts.tabs}
        assert counts.keys() == tabs.keys()
        assert (counts["licences"], counts["people"]) == (2, 1)
