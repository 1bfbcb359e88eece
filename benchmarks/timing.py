"""Time of processes. Runs of what is compared take turns, so that a machine that is busy for a while hits all alike;
the best run counts, which others disturbed the least."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds by the clock and of the processor."""

    wall: float
    cpu: float


def in_turns(trials: Mapping[str, Callable[[], Took]], rounds: int) -> dict[str, Took]:
    """The best of each trial; every trial is run once before, to warm the caches."""
    for trial in trials.values():
        trial()
    runs: dict[str, list[Took]] = {name: [] for name in trials}
    for _round in range(rounds):
        for name, trial in trials.items():
            runs[name].append(trial())
    return {name: Took(min(t.wall for t in took), min(t.cpu for t in took)) for name, took in runs.items()}


def process(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    expected: tuple[int, ...] = (0,),
    stdin: str = "",
) -> Took:
    """Run a process to its end, its output thrown away; raises ``RuntimeError`` for an exit code not expected."""
    start = time.perf_counter()
    running = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert running.stdin is not None
    running.stdin.write(stdin.encode())
    running.stdin.close()
    _pid, status, usage = os.wait4(running.pid, 0)
    wall = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in expected:
        raise RuntimeError(f"{command[0]} ended with {running.returncode}: {' '.join(map(str, command))}")
    return Took(wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]
