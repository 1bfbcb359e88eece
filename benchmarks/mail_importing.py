"""Importing mail – originals kept, threads, filing, the index of words – beside ``notmuch new`` and ``mu index`` of the
same files; and how long another operator waits for a save, or for a key on his screen, meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import letters
from benchmarks.importing import saving
from benchmarks.measured import Line
from benchmarks.starting import keys_list
from benchmarks.timing import Took, in_turns, percentile, process
from benchmarks.workshop import Workshop

MOST_LETTERS = 20_000
SAVES_ALONE, PRESSES_ALONE = 40, 60
_ROUNDS = 3
_AIMS = {"notmuch": "≥ 2.5 ×", "mu": "≥ 1.25 ×"}
_DOES = {
    "notmuch": "notmuch new: index and threads; originals stay where they are",
    "mu": "mu index: index and threads; originals stay where they are",
}
_LOGIN = "anna"
_BETWEEN_KEYS_SECONDS = 0.1


def measure(workshop: Workshop) -> Iterator[Line]:
    """Messages per second of the folder that was given, and of the sample's letters; then saves and keys."""
    of_sample = letters.of_sample(workshop, MOST_LETTERS)
    if (folder := letters.given(workshop)) is not None:
        yield from _speed(workshop, folder, "messages of the folder", _ROUNDS)
    else:
        print("mail: no folder of messages; name one with --mail", file=sys.stderr)
    yield from _speed(workshop, of_sample, "letters of the sample", 1)
    yield from _saves(workshop, of_sample)
    yield from _keys(workshop, of_sample)


def _speed(workshop: Workshop, folder: Path, of_what: str, rounds: int) -> Iterator[Line]:
    trials: dict[str, Callable[[], Took]] = {"ours": lambda: process(_command(workshop, folder), workshop.environment)}
    trials |= {peer.name: peer.index for peer in letters.peers(workshop, folder)}
    took = in_turns(trials, min(rounds, workshop.rounds))
    count = letters.count(folder)
    what = f"import of {count:,} {of_what}"
    if len(took) == 1:
        yield Line(f"{what}, by the clock", "messages/s", count / took["ours"].wall * 1000)
    for name in (name for name in took if name != "ours"):
        for which, mine, theirs in (
            ("by the clock", took["ours"].wall, took[name].wall),
            ("processor", took["ours"].cpu, took[name].cpu),
        ):
            aim = _AIMS[name] if which == "by the clock" else ""
            speeds = (count / mine * 1000, count / theirs * 1000)
            yield Line(f"{what}, {which}", "messages/s", *speeds, _DOES[name], aim)


def _command(workshop: Workshop, folder: Path) -> list[str | Path]:
    """The import into a company that has clients already."""
    copy = workshop.copy_of(workshop.small, "mail.db")
    return [workshop.programs / "turbofly", "--database", copy, "import", "mail", folder]


@contextmanager
def _importing(workshop: Workshop, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        _command(workshop, folder), env=workshop.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        yield running


def _saves(workshop: Workshop, folder: Path) -> Iterator[Line]:
    copy = workshop.copy_of(workshop.small, "mail.db")
    alone = saving(workshop, copy, until_saved=SAVES_ALONE, login=_LOGIN)
    with _importing(workshop, folder) as running:
        during = saving(workshop, workshop.folder / "mail.db", while_process=running.pid, login=_LOGIN)
    for percent in (50, 95, 99):
        yield Line(
            f"save during an import of mail, {percent}th percentile", "ms", percentile(during, percent),
            percentile(alone, percent), "the same save without an import", "≤ 50 ms" if percent == 95 else "",
        )  # fmt: skip


def _keys(workshop: Workshop, folder: Path) -> Iterator[Line]:
    """Rows up and down in the list of keys, until the first byte of the answer."""
    copy = workshop.copy_of(workshop.small, "mail.db")
    with keys_list(workshop, copy, wait=True) as terminal:
        alone = [terminal.press(_key(n), _BETWEEN_KEYS_SECONDS).first for n in range(PRESSES_ALONE)]
    with (
        _importing(workshop, folder) as running,
        keys_list(workshop, workshop.folder / "mail.db", wait=True) as terminal,
    ):
        during: list[float] = []
        while running.poll() is None or not during:
            during.append(terminal.press(_key(len(during)), _BETWEEN_KEYS_SECONDS).first)
            time.sleep(0.01)
    for percent in (50, 95):
        yield Line(
            f"key during an import of mail, {percent}th percentile", "ms", percentile(during, percent),
            percentile(alone, percent), "the same key without an import",
        )  # fmt: skip


def _key(number: int) -> str:
    return "down" if number // 15 % 2 == 0 else "\x1b[A"
