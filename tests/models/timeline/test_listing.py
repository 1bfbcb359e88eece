"""The timeline: every event of a client once, in the order of time, from whatever table, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import time_machine

from models.clock import now
from models.errors import RuleBroken
from models.language import use_language
from models.listing import Sort
from models.timeline.listing import TimelineListing, event_of, latest_events
from models.timeline.sources import SOURCES, record_kinds
from models.timeline.vocabulary import EVENT_KINDS
from models.writing import Actor, in_transaction
from tests.models.timeline.events import an_eventful_client, an_interaction, at, many_events
from tests.models.worlds import a_client


@pytest.fixture
def client(director: Actor) -> int:
    """A client with an event of every source."""
    with time_machine.travel(dt.datetime(2026, 3, 15, tzinfo=dt.UTC), tick=True):
        return an_eventful_client(director)


def told(listing: TimelineListing) -> list[tuple[str, str]]:
    """Kind and text of the events."""
    return [(str(row.cells[1]), str(row.cells[2])) for row in listing.page(0, 100)]


def test_everything_about_a_client_stands_in_the_order_of_time(client: int) -> None:
    assert told(TimelineListing(client)) == [
        ("interaction", "→ demo: показ версии 12 (planned)"),
        ("file", "договор.pdf  подписан"),
        ("message", "→ Без даты"),
        ("key", "0A1F-4430  HASP HL Pro  receipt"),
        ("record", "The record was made."),
        ("contract", "К-7  (draft)"),
        ("document", "quote 26-00001  1,200.00 RUB  (issued)"),
        ("stage", "· → Quote sent  Сметы"),
        ("reminder", "перезвонить"),
        ("key", "0A1F-4430  HASP HL Pro  hand-over"),
        ("key", "0A1F-4430  HASP HL Pro  hand-over"),
        ("status", "candidate → client"),
        ("licence", "LIC-0000  Гранд-Смета GRD-01  (new)"),
        ("key", "0A1F-4430  HASP HL Pro  hand-over"),
        ("message", "← Запрос счёта  attachments: 2"),
        ("interaction", "→ call: о продлении → ждём заявку"),
    ]


def test_each_event_says_when_who_and_what_it_opens(client: int) -> None:
    events = {event.kind: event for event in latest_events(client, 50)}
    assert set(events) == {kind.id for kind in EVENT_KINDS} == {source.kind for source in SOURCES}
    assert (events["licence"].moment, events["licence"].ref.kind) == (dt.date(2026, 3, 5), "licence")
    assert (events["status"].moment, events["message"].who) == (at(5), "Пётр")
    assert (events["key"].ref.kind, events["key"].ref.id) == ("key", 1)
    assert (events["interaction"].who, events["interaction"].ref.kind) == ("anna", "interaction")
    assert {source.record_kind for source in SOURCES} < record_kinds()


def test_the_words_are_those_of_the_operator(client: int) -> None:
    use_language("ru")
    try:
        assert ("interaction", "→ звонок: о продлении → ждём заявку") in told(TimelineListing(client))
    finally:
        use_language("en")


FILTERS = {
    "kind:message": 2,
    "kind:message,interaction": 4,
    "-kind:message,interaction": 12,
    "kind:mess": 2,
    "СЧЁТА": 1,
    "счёта": 1,
    "-счёта": 15,
    '"запрос счёта"': 1,
    "договор": 1,
    "4430": 4,
    "kind:key 4430": 4,
    "when:2026-03-01..2026-03-03": 2,
    "when:2026-03-05": 1,
    "when>2026-03-15": 1,
    "when<2026-03-03": 1,
    "when:2025": 0,
    "kind:licence when:2026-03-05": 1,
    "no such thing": 0,
}


@pytest.mark.parametrize(("text", "found"), FILTERS.items())
def test_the_timeline_is_filtered(client: int, text: str, found: int) -> None:
    listing = TimelineListing(client).with_filter(text)
    assert (listing.count(), len(listing.page(0, 50))) == (found, found)


def test_a_text_that_is_no_filter_is_refused(client: int) -> None:
    for text in ("kind:dragon", "when:2026-13"):
        with pytest.raises(RuleBroken):
            TimelineListing(client).with_filter(text)
    with pytest.raises(KeyError):
        TimelineListing(client).with_sort(Sort("what"))


def test_pages_positions_and_count_agree_whatever_is_simultaneous(director: Actor) -> None:
    client, other = a_client(director), a_client(director, "АО «Лютик»")
    dice = random.Random(5)
    # Few moments for many events: most have others beside them, of their own source and of others.
    moments = [at(dice.randrange(6), dice.randrange(3)) for _number in range(180)]
    in_transaction(director, "events", lambda change: many_events(change, client, moments))
    in_transaction(director, "events", lambda change: many_events(change, other, moments[:40]))
    for sort in (Sort("moment", True), Sort("moment")):
        listing = TimelineListing(client).with_sort(sort)
        rows = listing.page(0, 500)
        ids = [row.id for row in rows]
        keys = [(row.cells[0], row.id) for row in rows if isinstance(row.cells[0], dt.datetime)]
        assert len(set(ids)) == listing.count() == 181, "with the making of the record"
        assert keys == sorted(keys, reverse=sort.descending)
        for size in (7, 50):
            known = TimelineListing(client).with_sort(sort)
            known.count()
            starts = list(range(0, 181, size))
            dice.shuffle(starts)
            paged = {start: [row.id for row in known.page(start, size)] for start in starts}
            assert [code for start in sorted(paged) for code in paged[start]] == ids
        assert [row.id for row in listing.page(-30, 10)] == ids[-30:-20]
        for place in dice.sample(range(181), 20):
            assert listing.position_of(ids[place]) == place


def test_an_event_that_is_gone_or_of_another_has_no_position(client: int, director: Actor) -> None:
    other = in_transaction(director, "events", lambda change: an_interaction(change, client + 1, now()))
    listing = TimelineListing(client)
    assert listing.position_of(other * 64) is None
    assert listing.position_of(9999 * 64 + 63) is None
    assert listing.with_filter("kind:file").position_of(listing.page(0, 1)[0].id) is None
    assert event_of(9999 * 64) is None


def test_a_client_of_whom_nothing_is_known_has_only_its_beginning(director: Actor) -> None:
    listing = TimelineListing(a_client(director))
    assert told(listing) == [("record", "The record was made.")]
    assert TimelineListing(99).page(0, 10) == []
