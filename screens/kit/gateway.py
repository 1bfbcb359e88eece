"""How the screens ask for what takes time: daemon threads with a database connection of their own.

A request belongs to an owner and a channel, at most one at a time: a newer one supersedes the older, whose query
is interrupted in the database and whose late answer is dropped. Textual's own thread workers cannot be stopped
and hold up the exit, so they are not used.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, Protocol, TypeVar
from weakref import WeakSet

Answer = TypeVar("Answer")
Outcome = Callable[[], object]
Interruptible = Callable[[], AbstractContextManager[Callable[[], None]]]
"""Opens the calling thread's connection, closes it at the end, and gives the function that ends the query
then running on it. Any thread may call that function, also when nothing runs."""

_READERS = 4
_IDLE_SECONDS = 30.0
_WATCH_SECONDS = 0.02
_CLOSING_SECONDS = 1.0


class Failures(NamedTuple):
    """What failures of the database mean: whether the connection is lost, and what the operator is told."""

    is_lost: Callable[[Exception], bool] = lambda error: False
    in_words: Callable[[Exception], Exception] = lambda error: error


class Owner(Protocol):
    """Whose request it is: a widget, a screen or the app."""

    @property
    def is_attached(self) -> bool:
        """Whether it still stands in the app; the query of one that left is interrupted."""

    def call_later(self, callback: Callable[..., object]) -> bool:
        """Have the callback run in the app's thread; False when it never will. Any thread may call this."""


@dataclass(eq=False)
class _Request:
    owner: Owner
    channel: str
    run: Callable[[], Outcome]
    fail: Callable[[Exception], object]
    asked: float = field(default_factory=time.monotonic)
    unwanted: bool = False

    @property
    def key(self) -> tuple[int, str]:
        return id(self.owner), self.channel


@dataclass(eq=False)
class _Desk:
    """Where one reading thread works; the lock keeps an interruption from hitting the request after the unwanted."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    request: _Request | None = None
    interrupt: Callable[[], None] | None = None

    def interrupt_unwanted(self) -> None:
        with self.lock:
            request = self.request
            if request is not None and self.interrupt is not None:
                request.unwanted = request.unwanted or not request.owner.is_attached
                if request.unwanted:
                    self.interrupt()


class Gateway:
    """The one way from the screens to slow work; made, used and closed in the app's thread.

    ``unheard`` is told of a failed write whose owner left meanwhile, so that no failure is lost; it is called
    from the writing thread. ``prepare`` is called once, before the first write, in its thread. What was read when a
    connection was lost is read once more on a new one.
    """

    def __init__(
        self,
        connection: Interruptible,
        unheard: Callable[[Exception], None],
        *,
        readers: int = _READERS,
        prepare: Callable[[], None] | None = None,
        failures: Failures = Failures(),
    ) -> None:
        self._connection = connection
        self._failures = failures
        self._unheard = unheard
        self._most_readers = readers
        self._current: dict[tuple[int, str], _Request] = {}
        self._answered: WeakSet[Owner] = WeakSet()
        self._waiting: deque[_Request] = deque()
        self._change = threading.Condition()
        self._idle = 0
        self._desks: list[_Desk] = []
        self._threads: list[threading.Thread] = []
        self._look = threading.Event()
        self._writes: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._writing = False
        self._closed = False
        self._prepare = prepare
        self._preparing = threading.Lock()

    def ask(
        self,
        owner: Owner,
        channel: str,
        work: Callable[[], Answer],
        deliver: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Have ``work`` done in a thread, then ``deliver`` or ``failed`` called in the app's thread.

        What this owner asked before on this channel is interrupted and will not be answered.
        """
        request = _Request(owner, channel, partial(self._attempt, work, deliver, failed), failed)
        self.drop(owner, channel)
        with self._change:
            if self._closed:
                return
            self._current[request.key] = request
            self._waiting.append(request)
            if self._idle < len(self._waiting) and len(self._desks) < self._most_readers:
                self._hire_reader()
            self._change.notify_all()

    def ask_to_write(
        self,
        owner: Owner,
        channel: str,
        work: Callable[[], Answer],
        deliver: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """The same for work that writes in many short transactions and may be interrupted between them: an import."""

        def prepared() -> Answer:
            self._be_prepared()
            return work()

        self.ask(owner, channel, prepared, deliver, failed)

    def is_asked(self, owner: Owner, channel: str) -> bool:
        """Whether an answer to this owner on this channel is still to come."""
        with self._change:
            return (id(owner), channel) in self._current

    def is_opening(self, owner: Owner, patience: float) -> bool:
        """Whether this owner's very first answer is still to come, and was not asked for longer than ``patience``
        seconds ago."""
        if owner in self._answered:
            return False
        since = time.monotonic() - patience
        with self._change:
            return any(request.owner is owner and request.asked > since for request in self._current.values())

    def drop(self, owner: Owner, channel: str | None = None) -> None:
        """Interrupt what this owner asked on the channel, or on all of them; no answer will come."""
        with self._change:
            for key, request in list(self._current.items()):
                if request.owner is owner and channel in (None, request.channel):
                    request.unwanted = True
                    del self._current[key]
        self._look.set()

    def write(
        self,
        owner: Owner,
        work: Callable[[], Answer],
        deliver: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Have ``work`` done after all earlier writes, in one thread; it is never interrupted.

        Raises ``RuntimeError`` after ``close``: a write is done or refused, never forgotten.
        """
        if self._closed:
            raise RuntimeError("the gateway is closed")
        self._writes.put(partial(self._write, owner, work, deliver, failed))
        if not self._writing:
            self._writing = True
            self._start(self._write_all, "gateway-writer")

    def close(self) -> None:
        """Interrupt all that is read, let the writes end, and return within one second whatever happens."""
        with self._change:
            self._closed = True
            for request in self._current.values():
                request.unwanted = True
            self._current.clear()
            self._waiting.clear()
            self._change.notify_all()
        self._look.set()
        self._writes.put(None)
        end = time.monotonic() + _CLOSING_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _start(self, target: Callable[..., None], name: str, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _hire_reader(self) -> None:
        if not self._desks:
            self._start(self._watch, "gateway-watch")
        desk = _Desk()
        self._desks.append(desk)
        self._start(self._read_all, "gateway-reader", desk)

    def _next(self, timeout: float | None) -> _Request | None:
        """The next request; None when there is none in time, or when all is over."""
        with self._change:
            self._idle += 1
            self._change.wait_for(lambda: self._waiting or self._closed, timeout)
            self._idle -= 1
            return self._waiting.popleft() if self._waiting else None

    def _read_all(self, desk: _Desk) -> None:
        while (request := self._next(None)) is not None:
            lost = self._read_connected(desk, request)
            while lost is not None:
                lost = self._read_connected(desk, lost, again=True)

    def _read_connected(self, desk: _Desk, first: _Request, *, again: bool = False) -> _Request | None:
        """Serve requests on one connection until there are none for a while, or one was interrupted.

        A cancellation of PostgreSQL may arrive after its query ended, so an interrupted connection is used no more.
        Returns the request during which the connection was lost, to be read ``again`` on another.
        """
        request: _Request | None = first
        try:
            with self._connection() as interrupt:
                while request is not None and self._serve(desk, request, interrupt):
                    request = self._next(_IDLE_SECONDS)
        except Exception as error:
            with desk.lock:
                desk.request = desk.interrupt = None
            if request is not None:
                if self._failures.is_lost(error) and not (again and request is first):
                    return request
                self._answer(request, partial(request.fail, self._failures.in_words(error)))
        return None

    def _serve(self, desk: _Desk, request: _Request, interrupt: Callable[[], None]) -> bool:
        """Do one request; False when it was interrupted."""
        if request.unwanted:
            return True
        with desk.lock:
            desk.request, desk.interrupt = request, interrupt
        with self._change:
            self._change.notify_all()
        outcome = request.run()
        with desk.lock:
            desk.request = desk.interrupt = None
        self._answer(request, outcome)
        return not request.unwanted

    def _answer(self, request: _Request, outcome: Outcome) -> None:
        if request.unwanted or not _hand_over(request.owner, partial(self._arrive, request, outcome)):
            self._forget(request)

    def _arrive(self, request: _Request, outcome: Outcome) -> None:
        if self._forget(request):
            self._answered.add(request.owner)
            outcome()

    def _forget(self, request: _Request) -> bool:
        """Take the request off the books; False when it was no longer on them."""
        with self._change:
            standing = self._current.get(request.key) is request
            if standing:
                del self._current[request.key]
            return standing

    def _watch(self) -> None:
        """Interrupt unwanted queries, again and again: an interruption before the query has begun is lost."""
        while not self._closed or self._is_reading():
            with self._change:
                self._change.wait_for(lambda: self._closed or self._is_reading())
            for desk in list(self._desks):
                desk.interrupt_unwanted()
            self._look.wait(_WATCH_SECONDS)
            self._look.clear()

    def _is_reading(self) -> bool:
        return any(desk.request is not None for desk in self._desks)

    def _be_prepared(self) -> None:
        with self._preparing:
            prepare, self._prepare = self._prepare, None
            if prepare is not None:
                prepare()

    def _write_all(self) -> None:
        while (write := self._writes.get()) is not None:
            write()

    def _write(
        self,
        owner: Owner,
        work: Callable[[], Answer],
        deliver: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:
        try:
            self._be_prepared()
            with self._connection():
                answer = work()
        except Exception as error:
            if not _hand_over(owner, partial(failed, self._failures.in_words(error))):
                self._unheard(error)
        else:
            _hand_over(owner, partial(deliver, answer))

    def _attempt(
        self, work: Callable[[], Answer], deliver: Callable[[Answer], object], failed: Callable[[Exception], object]
    ) -> Outcome:
        try:
            answer = work()
        except Exception as error:
            if self._failures.is_lost(error):
                raise
            return partial(failed, self._failures.in_words(error))
        return partial(deliver, answer)


def _hand_over(owner: Owner, callback: Outcome) -> bool:
    """Whether the owner took the callback; it cannot when it left, or when the app's event loop is closed."""
    try:
        return owner.call_later(callback)
    except RuntimeError:
        return False
