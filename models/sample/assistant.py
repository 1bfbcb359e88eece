"""A second process that works things out while this one goes on: for what needs much time and no database."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


def worked_out(
    work: Callable[[Given], Found], batches: Iterable[list[Given]], *, beside: bool
) -> Generator[list[Found], None, None]:
    """What ``work`` makes of the values of each batch, in order; ``work`` is a function of a module.

    With ``beside`` a second process does it while the caller makes use of the batch before: it takes a third of a
    second to start. What ``work`` raises is raised here.
    """
    if not beside:
        yield from ([work(value) for value in batch] for batch in batches)
        return
    context = multiprocessing.get_context("spawn")  # a fork would share the open database
    ours, theirs = context.Pipe()
    assistant = context.Process(target=_assist, args=(theirs, work), daemon=True)
    assistant.start()
    theirs.close()
    try:
        given = False
        for batch in batches:
            found = _answer(ours) if given else None
            ours.send(batch)
            given = True
            if found is not None:
                yield found
        if given:
            yield _answer(ours)
    finally:
        ours.close()
        assistant.join()


def _answer(pipe: Connection) -> list[Any]:
    answer = pipe.recv()
    if isinstance(answer, Exception):
        raise answer
    found: list[Any] = answer
    return found


def _assist(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """The second process: it ends when the pipe does, the first one's end included."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told too, and ends this one
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
