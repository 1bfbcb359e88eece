"""Readers of many small things from outside: forked from a process that has the parser loaded, each within limits.

``confined`` starts an interpreter for one file; for thousands of messages that would take longer than the reading.
Jobs and answers are bytes; nothing that a reader says is run here. What takes too much time or memory ends its reader:
that job is answered by ``Failed``, and the jobs that waited behind it get another reader.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import selectors
import signal
import socket
import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from importers import nursery_start

Tag = TypeVar("Tag")
_LENGTH = struct.Struct(">I")
_PIPE_BYTES = 1 << 20
_PIECE = 1 << 18
_CLOSING_SECONDS = 1.0
_MEMORY = b"memory"


class Failed(NamedTuple):
    """Why a job has no answer: ``memory``, ``time``, or ``died`` with how."""

    code: str
    detail: str = ""


class ReaderLimits(NamedTuple):
    """What a reader may use for one job: bytes of memory beyond its own, seconds; bytes of an answer."""

    memory: int = 176 << 20
    seconds: float = 10.0
    answer: int = 32 << 20
    silent_seconds: float = 60.0


@dataclass(slots=True, eq=False)
class _Reader(Generic[Tag]):
    """One reader: its process, its pipes, the jobs that it has not answered yet, the oldest first."""

    process: int
    jobs: int
    answers: int
    waiting: deque[tuple[Tag, bytes]] = field(default_factory=deque)
    outgoing: bytearray = field(default_factory=bytearray)
    incoming: bytearray = field(default_factory=bytearray)


class Nursery(Generic[Tag]):
    """Readers at work. ``give`` takes a job under a tag, ``answers`` yields what is answered, with the tags."""

    def __init__(self, worker: str, limits: ReaderLimits | None = None, readers: int = 2) -> None:
        self._limits = limits or ReaderLimits()
        self._wanted = readers
        self._readers: list[_Reader[Tag]] = []
        self._answered: deque[tuple[Tag, bytes | Failed]] = deque()
        self._selector = selectors.DefaultSelector()
        self._process, self._control = nursery_start.take(worker)

    def __enter__(self) -> Nursery[Tag]:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def dismiss(self) -> None:
        """Let all readers end, and the process that they are forked from; nothing can be given any more."""
        for reader in self._readers:
            os.close(reader.jobs)
            os.close(reader.answers)
            with contextlib.suppress(ProcessLookupError):
                os.kill(reader.process, signal.SIGKILL)
        self._readers.clear()
        self._selector.close()
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Dismiss them, where that is not done, and wait for their end; harmless when called again."""
        if self._control.fileno() < 0:
            return
        self.dismiss()
        # It takes leave of its readers and ends; what it is at may keep it from that.
        with contextlib.suppress(OSError):
            self._control.settimeout(_CLOSING_SECONDS)
            while self._control.recv(64):
                pass
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._process, 0)

    @property
    def waiting(self) -> int:
        """How many jobs are not answered yet."""
        return sum(len(reader.waiting) for reader in self._readers)

    def give(self, tag: Tag, job: bytes) -> None:
        """Hand a job to the reader that has the least to do."""
        if not self._readers:
            self._told()  # the worker is loaded
            self._readers = [self._hatched() for _number in range(self._wanted)]
        reader = min(self._readers, key=lambda one: len(one.waiting))
        reader.waiting.append((tag, job))
        self._send(reader, job)

    def answers(self, *, block: bool) -> Iterator[tuple[Tag, bytes | Failed]]:
        """What is answered by now; with ``block`` at least one, where any job waits."""
        if self._readers:
            self._look(0.0)
            while block and not self._answered and self.waiting:
                self._look(self._limits.silent_seconds)
        while self._answered:
            yield self._answered.popleft()

    def _look(self, patience: float) -> None:
        """Move bytes between the pipes and the readers, as far as they can be moved now."""
        ready = self._selector.select(patience)
        if not ready and patience:
            for reader in [one for one in self._readers if one.waiting]:
                self._replace(reader, alive=True, silent=True)
        for key, events in ready:
            reader = key.data
            if reader not in self._readers:
                continue  # it was replaced a moment ago, and its pipes are closed
            if events & selectors.EVENT_WRITE:
                self._push(reader)
                if not reader.outgoing:
                    self._selector.unregister(reader.jobs)
            elif events & selectors.EVENT_READ:
                self._pull(reader)

    def _send(self, reader: _Reader[Tag], job: bytes) -> None:
        goes_behind = bool(reader.outgoing)
        reader.outgoing += _LENGTH.pack(len(job)) + job
        if goes_behind:
            return
        self._push(reader)
        if reader.outgoing:
            self._selector.register(reader.jobs, selectors.EVENT_WRITE, reader)

    def _push(self, reader: _Reader[Tag]) -> None:
        """Write as much as the pipe takes."""
        try:
            written = os.write(reader.jobs, memoryview(reader.outgoing)[:_PIPE_BYTES])
        except BlockingIOError:
            return
        except BrokenPipeError:
            written = len(reader.outgoing)  # it has ended; reading from it tells how
        del reader.outgoing[:written]

    def _pull(self, reader: _Reader[Tag]) -> None:
        try:
            piece = os.read(reader.answers, _PIECE)
        except BlockingIOError:
            return
        reader.incoming += piece
        while len(reader.incoming) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(reader.incoming)
            if length > self._limits.answer:
                self._replace(reader, alive=True)
                return
            if len(reader.incoming) < _LENGTH.size + length:
                break
            answer = bytes(memoryview(reader.incoming)[_LENGTH.size : _LENGTH.size + length])
            del reader.incoming[: _LENGTH.size + length]
            tag, _job = reader.waiting.popleft()
            self._answered.append((tag, self._failed("memory") if answer == _MEMORY else answer))
        if not piece:
            self._replace(reader)

    def _replace(self, reader: _Reader[Tag], *, alive: bool = False, silent: bool = False) -> None:
        """A reader has ended, or is ended now: the job that it was at has failed, those behind it go to a new one."""
        status = self._asked(b"%s %d" % (b"end" if alive else b"wait", reader.process))
        if reader.outgoing:
            self._selector.unregister(reader.jobs)
        self._selector.unregister(reader.answers)
        os.close(reader.jobs)
        os.close(reader.answers)
        if reader.waiting:
            tag, _job = reader.waiting.popleft()
            slow = silent or status == -signal.SIGPROF
            self._answered.append((tag, self._failed("time") if slow else Failed("died", _ending(status))))
        heir = self._hatched()
        self._readers[self._readers.index(reader)] = heir
        for tag, job in reader.waiting:
            heir.waiting.append((tag, job))
            self._send(heir, job)

    def _failed(self, code: str) -> Failed:
        most = self._limits.memory >> 20 if code == "memory" else self._limits.seconds
        return Failed(code, f"{most:g}")

    def _hatched(self) -> _Reader[Tag]:
        their_jobs, jobs = os.pipe()
        answers, their_answers = os.pipe()
        for pipe in (jobs, answers):
            os.set_blocking(pipe, False)
            with contextlib.suppress(OSError, AttributeError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        limits = b"fork %d %r" % (self._limits.memory, self._limits.seconds)
        socket.send_fds(self._control, [limits], [their_jobs, their_answers])
        os.close(their_jobs)
        os.close(their_answers)
        reader: _Reader[Tag] = _Reader(self._told(), jobs, answers)
        self._selector.register(answers, selectors.EVENT_READ, reader)
        return reader

    def _asked(self, question: bytes) -> int:
        self._control.sendall(question)
        return self._told()

    def _told(self) -> int:
        line = b""
        while not line.endswith(b"\n"):
            piece = self._control.recv(64)
            if not piece:
                raise RuntimeError("the process that forks readers has ended")
            line += piece
        return int(line.strip() or 0)


def _ending(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else str(status)
