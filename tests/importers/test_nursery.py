"""Readers that misbehave end alone: their job has failed, the jobs behind it are answered."""

from __future__ import annotations

import os
import selectors
from collections.abc import Iterator

import pytest

from importers import nursery_start
from importers.nursery import Failed, Nursery, ReaderLimits

LIMITS = ReaderLimits(memory=64 << 20, seconds=0.3, silent_seconds=2.0, answer=1 << 20)


@pytest.fixture
def readers() -> Iterator[Nursery[int]]:
    with Nursery[int]("tests.importers.workers:answering", LIMITS) as nursery:
        yield nursery


def answered(readers: Nursery[int], jobs: list[bytes]) -> dict[int, bytes | Failed]:
    for number, job in enumerate(jobs):
        readers.give(number, job)
    found: dict[int, bytes | Failed] = {}
    while readers.waiting:
        found.update(readers.answers(block=True))
    return found


def test_every_job_is_answered(readers: Nursery[int]) -> None:
    jobs = [b"%d" % number * 500 for number in range(300)]
    assert answered(readers, jobs) == {number: job[::-1] for number, job in enumerate(jobs)}


@pytest.mark.parametrize(
    ("job", "failed"),
    [
        (b"loop", Failed("time", "0.3")),
        (b"hoard", Failed("memory", "64")),
        (b"die", Failed("died", "7")),
        (b"crash", Failed("died", "SIGSEGV")),
        (b"boast", Failed("died", "SIGKILL")),
        (b"raise", Failed("died", "1")),
    ],
)
def test_only_the_job_that_misbehaves_fails(readers: Nursery[int], job: bytes, failed: Failed) -> None:
    jobs = [b"ab", b"cd", job, b"ef", b"gh", job, b"ij"]
    found = answered(readers, jobs)
    assert found == {n: failed if one == job else one[::-1] for n, one in enumerate(jobs)}


def test_a_process_that_was_begun_early_is_the_one_that_is_used() -> None:
    worker = "tests.importers.workers:answering"
    nursery_start.begin(worker)
    (begun, _control) = nursery_start._begun[worker]
    with Nursery[int](worker, LIMITS) as early, Nursery[int](worker, LIMITS) as late:
        assert (early._process == begun, late._process == begun) == (True, False)
        assert answered(early, [b"ab"]) == answered(late, [b"ab"]) == {0: b"ba"}


def test_a_silent_reader_is_replaced(readers: Nursery[int]) -> None:
    assert answered(readers, [b"wait"]) == {0: Failed("time", "0.3")}
    assert answered(readers, [b"ab"]) == {0: b"ba"}


def test_large_jobs_and_answers_pass_the_pipes(readers: Nursery[int]) -> None:
    jobs = [bytes([number]) * 900_000 for number in range(8)]
    assert answered(readers, jobs) == dict(enumerate(jobs))


def test_closing_ends_all_processes() -> None:
    nursery = Nursery[int]("tests.importers.workers:answering", LIMITS)
    nursery.give(0, b"pid")
    ((_tag, answer),) = nursery.answers(block=True)
    assert isinstance(answer, bytes)
    nursery.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(answer[::-1]), 0)


def test_a_reader_that_was_just_replaced_is_sent_nothing_more(
    readers: Nursery[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    large = [bytes([number]) * 500_000 for number in range(12)]
    for tag, job in enumerate([b"boast", b"boast", *large]):
        readers.give(tag, job)
    select = readers._selector.select

    def answers_first(timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = select(timeout)
        answered = [one for one in ready if one[1] == selectors.EVENT_READ]
        theirs = [key.data for key, _events in answered]
        more = [key for key in readers._selector.get_map().values() if key.data in theirs]
        return answered + [(key, selectors.EVENT_WRITE) for key in more if key.events == selectors.EVENT_WRITE] or ready

    monkeypatch.setattr(readers._selector, "select", answers_first)
    found: dict[int, bytes | Failed] = {}
    while readers.waiting:
        found.update(readers.answers(block=True))
    assert [found[number] for number in range(2, 14)] == large
