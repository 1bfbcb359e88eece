"""Slow questions to the database: one at a time for each purpose, interruptible, and never in the way of the app."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from screens.kit.gateway import Failures, Gateway

SOON = 5.0


class Interrupted(Exception):
    """What the database raises in the thread whose query was interrupted."""


class FakeDatabase:
    """Connections whose query lasts until it is answered or interrupted."""

    def __init__(self) -> None:
        self.local = threading.local()
        self.opened = 0
        self.closed = 0
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.interrupted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.answer = threading.Event()

    @contextmanager
    def connection(self) -> Iterator[Callable[[], None]]:
        self.opened += 1
        stop = self.local.stop = threading.Event()
        try:
            yield stop.set
        finally:
            self.closed += 1

    def query(self, name: str) -> str:
        """A query that takes until ``answer`` is set."""
        stop: threading.Event = self.local.stop
        stop.clear()
        self.asked.put(name)
        while not self.answer.wait(0.001):
            if stop.is_set():
                self.interrupted.put(name)
                raise Interrupted(name)
        return f"rows of {name}"


class Screen:
    """An owner whose callbacks run when the test takes them up, as an app does between two keys."""

    def __init__(self) -> None:
        self.is_attached = True
        self.callbacks: queue.SimpleQueue[Callable[..., object]] = queue.SimpleQueue()
        self.heard: list[object] = []

    def call_later(self, callback: Callable[..., object]) -> bool:
        if self.is_attached:
            self.callbacks.put(callback)
        return self.is_attached

    def take_up(self) -> None:
        self.callbacks.get(timeout=SOON)()


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def unheard() -> list[Exception]:
    return []


@pytest.fixture
def gateway(database: FakeDatabase, unheard: list[Exception]) -> Iterator[Gateway]:
    gateway = Gateway(database.connection, unheard.append)
    yield gateway
    gateway.close()


@pytest.fixture
def screen() -> Screen:
    return Screen()


def ask(gateway: Gateway, database: FakeDatabase, screen: Screen, name: str, channel: str = "rows") -> None:
    """Ask, and wait until the database has begun to work at it."""
    gateway.ask(screen, channel, lambda: database.query(name), screen.heard.append, screen.heard.append)
    assert database.asked.get(timeout=SOON) == name


def test_an_answer_is_given_in_the_thread_of_the_app(gateway: Gateway, database: FakeDatabase, screen: Screen) -> None:
    database.answer.set()
    threads: list[threading.Thread] = []
    gateway.ask(
        screen, "rows", lambda: threads.append(threading.current_thread()), screen.heard.append, screen.heard.append
    )
    screen.take_up()
    assert screen.heard == [None]
    assert threads[0] is not threading.current_thread()
    assert threads[0].daemon, "a slow query must not hold up the exit"


def test_a_failed_query_says_why(gateway: Gateway, screen: Screen) -> None:
    def query() -> None:
        raise OSError("disk full")

    gateway.ask(screen, "rows", query, screen.heard.append, screen.heard.append)
    screen.take_up()
    assert str(screen.heard[0]) == "disk full"


def test_a_connection_that_cannot_be_opened_is_a_failed_query(screen: Screen) -> None:
    @contextmanager
    def broken() -> Iterator[Callable[[], None]]:
        raise OSError("no route to host")
        yield

    gateway = Gateway(broken, lambda error: None)
    gateway.ask(screen, "rows", lambda: 1, screen.heard.append, screen.heard.append)
    screen.take_up()
    gateway.close()
    assert str(screen.heard[0]) == "no route to host"


class Lost(Exception):
    """The connection is gone."""


FAILURES = Failures(lambda error: isinstance(error, Lost), lambda error: OSError(f"in words: {error}"))


@pytest.mark.parametrize(("times_lost", "answer"), [(1, "rows"), (2, "in words: gone")])
def test_a_question_whose_connection_was_lost_is_asked_once_more_on_another(
    screen: Screen, times_lost: int, answer: str
) -> None:
    opened: list[int] = []

    @contextmanager
    def connection() -> Iterator[Callable[[], None]]:
        opened.append(1)
        yield lambda: None

    def query() -> str:
        if len(opened) <= times_lost:
            raise Lost("gone")
        return "rows"

    gateway = Gateway(connection, lambda error: None, failures=FAILURES)
    gateway.ask(screen, "rows", query, screen.heard.append, screen.heard.append)
    screen.take_up()
    gateway.close()
    assert str(screen.heard[0]) == answer
    assert len(opened) == 2


def test_a_write_is_not_done_again_when_its_connection_was_lost(screen: Screen) -> None:
    done: list[int] = []

    def work() -> None:
        done.append(1)
        raise Lost("gone")

    @contextmanager
    def connection() -> Iterator[Callable[[], None]]:
        yield lambda: None

    gateway = Gateway(connection, lambda error: None, failures=FAILURES)
    gateway.write(screen, work, screen.heard.append, screen.heard.append)
    screen.take_up()
    gateway.close()
    assert done == [1]
    assert str(screen.heard[0]) == "in words: gone"


def test_a_newer_question_interrupts_the_older_and_only_the_newer_is_answered(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    ask(gateway, database, screen, "ro")
    ask(gateway, database, screen, "rom")
    assert database.interrupted.get(timeout=SOON) == "ro"
    database.answer.set()
    screen.take_up()
    assert screen.heard == ["rows of rom"]
    assert screen.callbacks.empty()


def test_an_answer_that_was_on_its_way_when_a_newer_question_came_is_dropped(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    database.answer.set()
    ask(gateway, database, screen, "ro")
    late = screen.callbacks.get(timeout=SOON)
    ask(gateway, database, screen, "rom")
    late()
    screen.take_up()
    assert screen.heard == ["rows of rom"]


def test_questions_on_different_channels_are_answered_side_by_side(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    ask(gateway, database, screen, "page", "rows")
    ask(gateway, database, screen, "total", "count")
    assert gateway.is_asked(screen, "rows")
    assert gateway.is_asked(screen, "count")
    database.answer.set()
    screen.take_up()
    screen.take_up()
    assert set(map(str, screen.heard)) == {"rows of page", "rows of total"}
    assert not gateway.is_asked(screen, "rows")


def test_only_what_waits_for_its_very_first_answer_is_opening(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    assert not gateway.is_opening(screen, SOON)
    ask(gateway, database, screen, "page")
    assert gateway.is_opening(screen, SOON)
    assert not gateway.is_opening(Screen(), SOON)
    assert not gateway.is_opening(screen, 0.0)
    database.answer.set()
    screen.take_up()
    database.answer.clear()
    ask(gateway, database, screen, "page")
    assert not gateway.is_opening(screen, SOON)


def test_the_question_of_a_screen_that_was_left_is_interrupted(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    ask(gateway, database, screen, "report")
    screen.is_attached = False
    assert database.interrupted.get(timeout=SOON) == "report"


def test_dropped_questions_are_interrupted_and_those_of_others_are_not(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    other = Screen()
    ask(gateway, database, screen, "mine")
    ask(gateway, database, other, "theirs")
    gateway.drop(screen)
    assert database.interrupted.get(timeout=SOON) == "mine"
    database.answer.set()
    other.take_up()
    assert other.heard == ["rows of theirs"]
    assert screen.callbacks.empty()


def test_an_interrupted_connection_is_closed_and_never_used_again(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    ask(gateway, database, screen, "first")
    gateway.drop(screen)
    database.interrupted.get(timeout=SOON)
    database.answer.set()
    ask(gateway, database, screen, "second")
    screen.take_up()
    assert (database.opened, database.closed) == (2, 1)


def test_a_connection_serves_one_question_after_the_other(
    gateway: Gateway, database: FakeDatabase, screen: Screen
) -> None:
    database.answer.set()
    for number in range(5):
        ask(gateway, database, screen, str(number))
        screen.take_up()
    assert len(screen.heard) == 5
    assert database.opened == 1


def test_a_question_that_waits_for_a_thread_is_not_even_asked_when_a_newer_one_comes(
    database: FakeDatabase, screen: Screen
) -> None:
    gateway = Gateway(database.connection, lambda error: None, readers=1)
    ask(gateway, database, screen, "long", "other")
    for name in ("r", "ro", "rom"):
        gateway.ask(screen, "rows", partial(database.query, name), screen.heard.append, screen.heard.append)
    database.answer.set()
    screen.take_up()
    screen.take_up()
    gateway.close()
    assert screen.heard == ["rows of long", "rows of rom"]
    assert database.asked.get(timeout=SOON) == "rom"
    assert database.asked.empty()


def test_writes_are_done_in_the_order_in_which_they_were_asked_for(gateway: Gateway, screen: Screen) -> None:
    done: list[int] = []
    for number in range(20):
        gateway.write(screen, partial(done.append, number), screen.heard.append, screen.heard.append)
    for _number in range(20):
        screen.take_up()
    assert done == list(range(20))


def test_a_write_is_not_interrupted_when_its_screen_is_left(
    gateway: Gateway, database: FakeDatabase, screen: Screen, unheard: list[Exception]
) -> None:
    written = threading.Event()

    def write() -> None:
        database.query("save")
        written.set()

    gateway.write(screen, write, screen.heard.append, screen.heard.append)
    database.asked.get(timeout=SOON)
    screen.is_attached = False
    gateway.drop(screen)
    database.answer.set()
    assert written.wait(SOON)
    assert database.interrupted.empty()
    assert unheard == []


def test_a_write_that_failed_after_its_screen_was_left_is_told_all_the_same(
    gateway: Gateway, screen: Screen, unheard: list[Exception]
) -> None:
    def write() -> None:
        raise OSError("disk full")

    screen.is_attached = False
    gateway.write(screen, write, screen.heard.append, screen.heard.append)
    gateway.close()
    assert [str(error) for error in unheard] == ["disk full"]


def test_closing_interrupts_all_that_is_asked(database: FakeDatabase, screen: Screen) -> None:
    gateway = Gateway(database.connection, lambda error: None)
    ask(gateway, database, screen, "report")
    start = time.monotonic()
    gateway.close()
    assert time.monotonic() - start < 1.0
    assert database.interrupted.get(timeout=SOON) == "report"
    assert database.closed == database.opened == 1


def test_closing_lets_the_writes_end(database: FakeDatabase, screen: Screen) -> None:
    gateway = Gateway(database.connection, lambda error: None)
    done: list[int] = []
    for number in range(3):
        gateway.write(screen, partial(done.append, number), screen.heard.append, screen.heard.append)
    gateway.close()
    assert done == [0, 1, 2]
    with pytest.raises(RuntimeError):
        gateway.write(screen, lambda: None, screen.heard.append, screen.heard.append)


def test_closing_does_not_wait_for_a_query_that_cannot_be_interrupted(screen: Screen) -> None:
    @contextmanager
    def deaf() -> Iterator[Callable[[], None]]:
        yield lambda: None

    gateway = Gateway(deaf, lambda error: None)
    begun, end = threading.Event(), threading.Event()

    def query() -> None:
        begun.set()
        end.wait(60)

    gateway.ask(screen, "rows", query, screen.heard.append, screen.heard.append)
    assert begun.wait(SOON)
    start = time.monotonic()
    gateway.close()
    took = time.monotonic() - start
    end.set()
    assert 0.9 < took < 2.0
