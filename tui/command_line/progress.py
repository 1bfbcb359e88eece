"""Progress of long work: a bar on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[str, int, int], None]
"""What the work calls: the title of the part that is running, how much of it is done, and of how much."""


@contextmanager
def progress_bar() -> Iterator[Told]:
    """A bar for each part of the work, one under the other, for as long as the work lasts."""
    if not sys.stderr.isatty():
        yield _nobody_looks
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, object] = {}

        def told(title: str, done: int, total: int) -> None:
            if title not in tasks:
                tasks[title] = bars.add_task(title, total=total)
            bars.update(tasks[title], completed=done, total=total)  # type: ignore[arg-type]

        yield told


def _nobody_looks(_title: str, _done: int, _total: int) -> None:
    return
