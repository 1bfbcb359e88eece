"""A parser that misbehaves dies in its own process, and the operator reads why."""

import os
import sys

import pytest

from importers.confined import Limits, confined
from models.errors import RuleBroken

WORKERS = "tests.importers.workers"


def run(worker: str, limits: Limits | None = None, **arguments: object) -> list[object]:
    return list(confined(f"{WORKERS}:{worker}", arguments, name="odd.xlsx", limits=limits))


def test_values_arrive_as_they_were_yielded() -> None:
    values = run("counting", most=5000)
    assert len(values) == 5000
    assert values[7] == {"number": 7, "text": "ё\n"}


def test_a_worker_that_yields_nothing_ends_in_order() -> None:
    assert run("counting", most=0) == []


@pytest.mark.parametrize(
    ("worker", "limits", "words"),
    [
        ("refusing", Limits(), "red"),
        ("breaking", Limits(), "odd byte"),
        ("greedy", Limits(memory=200 << 20), "200 MB of memory"),
        ("looping", Limits(processor_seconds=1), "more than 1 s"),
        ("silent", Limits(silent_seconds=0.5), "more than"),
        ("dying", Limits(), "7"),
        ("talking_without_end", Limits(message=1 << 20), "1 MB"),
        ("absent", Limits(), "AttributeError"),
    ],
)
def test_a_misbehaving_worker_ends_in_words(worker: str, limits: Limits, words: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        run(worker, limits)
    assert "odd.xlsx" in refusal.value.rule
    assert words in refusal.value.remedy
    assert "\x1b" not in str(refusal.value)


def test_what_came_before_the_refusal_is_handed_on() -> None:
    values = confined(f"{WORKERS}:refusing", {}, name="odd.xlsx")
    assert next(values) == "first"
    with pytest.raises(RuleBroken):
        next(values)


def test_closing_ends_the_child() -> None:
    values = confined(f"{WORKERS}:telling_its_process", {}, name="odd.xlsx")
    child = next(values)
    values.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_child_imports_what_the_parent_can_and_nothing_from_its_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path_factory.mktemp("hostile")))
    (told,) = run("telling_its_surroundings")
    assert isinstance(told, dict)
    assert told["isolated"]
    assert told["path"] == sys.path
