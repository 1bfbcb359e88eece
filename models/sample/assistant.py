"""Processes that work things out while this one goes on: for what needs much time and no database.

Each ends with the pipe that it reads from. Those of ``concurrent.futures`` stay for ever when this one is killed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


def worked_out(
    work: Callable[[Given], Found], batches: Iterable[list[Given]], *, assistants: int
) -> Generator[list[Found], None, None]:
    """What ``work`` makes of the values of each batch, in order; ``work`` is a function of a module.

    Assistants are processes that do it, batch by batch, while the caller makes use of earlier ones: they take a third
    of a second to start. Without any the caller does it himself. What ``work`` raises is raised here.
    """
    if not assistants:
        yield from ([work(value) for value in batch] for batch in batches)
        return
    started = [_started(work) for _number in range(assistants)]
    given: deque[Connection] = deque()
    try:
        for batch, (pipe, _process) in zip(batches, cycle(started), strict=False):
            found = _answer(given.popleft()) if len(given) == assistants else None
            pipe.send(batch)
            given.append(pipe)
            if found is not None:
                yield found
        while given:
            yield _answer(given.popleft())
    finally:
        for pipe, process in started:
            pipe.close()
            process.join()


def _started(work: Callable[[Any], Any]) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("spawn")  # a fork would share the open database
    ours, theirs = context.Pipe()
    process = context.Process(target=_assist, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _answer(pipe: Connection) -> list[Any]:
    answer = pipe.recv()
    if isinstance(answer, Exception):
        raise answer
    found: list[Any] = answer
    return found


def _assist(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """An assistant: it ends when the pipe does, as when the process that started it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is told too, and ends it
    try:
        while True:
            batch = pipe.recv()
            try:
                answer: object = [work(value) for value in batch]
            except Exception as error:
                answer = error
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
