"""The benchmarks run, on the small company and once each; what they measure is nobody's business here."""

import sys
from pathlib import Path

import pytest

from benchmarks import (
    clients,
    importing,
    letters,
    licensing,
    look_up,
    mail_importing,
    mail_searching,
    queries,
    selling,
    starting,
    timelines,
    walking,
)
from benchmarks.fragments import LONGEST, SHORTEST, fragments
from benchmarks.measured import Line, table
from benchmarks.timing import Took, in_turns, percentile
from benchmarks.workshop import Workshop
from models.text import fold


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    small = Workshop(tmp_path_factory.mktemp("bench"), "small", "small", rounds=1, postgresql=False)
    # The environment of the tests, instead of one of its own from the network.
    small.programs = Path(sys.executable).parent
    return small


def test_looking_up_as_a_process_is_measured_beside_the_bare_import(workshop: Workshop) -> None:
    lines = list(look_up.measure(workshop))
    assert all(line.ours > 0 and line.peer for line in lines)
    assert lines[0].what == "turbofly key, by the clock"


def test_the_query_alone_is_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FRAGMENTS", 20)
    median, worst = queries.measure(workshop)
    assert 0 < median.ours <= worst.ours


def test_duplicates_and_merging_are_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "ASKED", 5)
    median, worst, merged, undone = clients.measure(workshop)
    assert 0 < median.ours <= worst.ours
    assert merged.ours > 0 and undone.ours > 0


def test_the_funnel_the_journal_and_an_issued_invoice_are_measured(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selling, "LINES", 5)
    lines = list(selling.measure(workshop))
    assert all(line.ours > 0 for line in lines)
    assert lines[0].peer and lines[-1].what == "an invoice of 5 lines is issued"


@pytest.mark.terminal
def test_cards_and_the_trade_of_licences_are_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LICENCES", "ON_A_KEY", "CODES"):
        monkeypatch.setattr(licensing, name, 3)
    lines = {line.what: line for line in licensing.measure(workshop)}
    assert all(line.ours > 0 for line in lines.values())
    assert [line.aim for line in lines.values() if line.aim] == ["≤ 60 ms", "≤ 100 ms", "≤ 150 ms", "≤ 150 ms"]
    assert "a shipment of 3 licences is posted" in lines


@pytest.mark.terminal
def test_the_start_is_measured_beside_a_bare_application(workshop: Workshop) -> None:
    wall, cpu, *_peers = starting.measure(workshop)
    assert wall.peer and cpu.peer and wall.ours > 0


@pytest.mark.terminal
def test_walking_through_the_list_is_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "BACKGROUND_SECONDS", 0.3)
    monkeypatch.setattr(walking, "PAGES_FOR_MEMORY", 3)
    lines = {line.what: line for line in walking.measure(workshop)}
    assert 0 < lines["row down: sent"].ours < lines["page down: sent"].ours
    assert lines["memory, 3 pages on"].ours > 1


@pytest.mark.proof
def test_the_timeline_is_measured_beside_that_of_others(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timelines, "EVENTS", 50)
    lines = {line.what: line for line in timelines.measure(workshop)}
    assert lines["timeline on SQLite: first page"].ours > 0
    assert lines["card of a client with 50 events: until the last byte"].peer


@pytest.mark.proof
def test_an_import_and_the_saves_during_it_are_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SAVES_ALONE", 5)
    clock, _cpu, *saves = importing.measure(workshop)
    assert clock.unit == "rows/s" and clock.ours > 0
    assert [line.peer is not None and line.ours > 0 for line in saves] == [True] * 3


@pytest.mark.proof
def test_an_import_of_mail_is_measured_with_saves_and_keys(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_importing, "MOST_LETTERS", 30)
    monkeypatch.setattr(mail_importing, "SAVES_ALONE", 3)
    monkeypatch.setattr(mail_importing, "PRESSES_ALONE", 3)
    workshop.mail = letters.of_sample(workshop, 10)
    lines = list(mail_importing.measure(workshop))
    assert {line.unit for line in lines} == {"messages/s", "ms"}
    assert all(line.ours > 0 for line in lines) and any("10 messages of the folder" in line.what for line in lines)
    assert sum("key during" in line.what and line.peer is not None for line in lines) == 2


def test_searching_mail_is_measured(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_searching, "PAIRS", 10)
    monkeypatch.setattr(mail_searching, "ALL_LETTERS", 30)
    lines = list(mail_searching.measure(workshop))
    assert lines[0].what.startswith("two words in ")
    assert all(line.ours > 0 for line in lines) and "turbofly find" in lines[-1].what


def test_pairs_of_words_are_the_same_for_the_same_seed(workshop: Workshop) -> None:
    asked = mail_searching.pairs(workshop, 20)
    assert asked == mail_searching.pairs(workshop, 20) and all(len(pair.split()) == 2 for pair in asked)


def test_fragments_are_the_same_for_the_same_seed(workshop: Workshop) -> None:
    asked = fragments(workshop, workshop.small, 50)
    assert asked == fragments(workshop, workshop.small, 50) != fragments(workshop, workshop.small, 50, seed=8)
    assert all(len(fold(fragment)) >= SHORTEST and len(fragment) <= LONGEST for fragment in asked)


def test_the_best_run_of_those_that_take_turns_counts() -> None:
    runs = iter([Took(99, 99), Took(3, 2), Took(2, 3)])
    assert in_turns({"one": lambda: next(runs)}, 2) == {"one": Took(2, 2)}


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    values = [float(number) for number in range(1, 101)]
    assert [percentile(values, percent) for percent in (1, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([7.0], 99) == 7


def test_the_table_says_the_ratio_only_where_there_is_a_peer() -> None:
    shown = table([Line("a", "ms", 3.0, 2.0, "b", "≤ 2 ×"), Line("c", "bytes", 1234.0)]).splitlines()
    assert [cell.strip() for cell in shown[2].split("|")[2:5]] == ["3.0 ms", "2.0 ms", "1.50 ×"]
    assert [cell.strip() for cell in shown[3].split("|")[2:5]] == ["1,234 B", "", ""]
