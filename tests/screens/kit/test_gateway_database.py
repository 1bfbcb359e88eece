"""The gateway and a real database: an endless query is ended, and the thread that ran it is free for the next."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.base import database
from models.database import DatabaseURL, interrupter
from models.opening import close_database, open_database, thread_connection
from screens.kit.gateway import Gateway

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
PATIENCE_SECONDS = 10.0


class Screen:
    """An owner whose answers the test reads."""

    is_attached = True

    def __init__(self) -> None:
        self.callbacks: queue.SimpleQueue[Callable[..., object]] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    def call_later(self, callback: Callable[..., object]) -> bool:
        self.callbacks.put(callback)
        return True

    def next_answer(self) -> object:
        while self.answers.empty():
            self.callbacks.get(timeout=PATIENCE_SECONDS)()
        return self.answers.get()


@contextmanager
def connection() -> Iterator[Callable[[], None]]:
    with thread_connection():
        yield interrupter(database)


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """A gateway with one reading thread: what it does not give up, nothing else can be read by."""
    open_database(DatabaseURL.of_path(tmp_path / "company.db"), create=True)
    gateway = Gateway(connection, lambda error: None, readers=1)
    yield gateway
    gateway.close()
    close_database()


def first_value(sql: str) -> object:
    return database.execute_sql(sql).fetchone()[0]


def test_a_newer_question_ends_an_endless_query(gateway: Gateway) -> None:
    screen = Screen()
    begun: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def endless() -> object:
        begun.put(True)
        return first_value(ENDLESS)

    gateway.ask(screen, "rows", endless, screen.answers.put, screen.answers.put)
    begun.get(timeout=PATIENCE_SECONDS)
    gateway.ask(screen, "rows", lambda: first_value("select 42"), screen.answers.put, screen.answers.put)
    assert screen.next_answer() == 42
    assert screen.callbacks.empty()


def test_closing_ends_an_endless_query(gateway: Gateway) -> None:
    screen = Screen()
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()
    begun: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def endless() -> object:
        begun.put(True)
        try:
            return first_value(ENDLESS)
        except Exception as error:
            ended.put(type(error).__name__)
            raise

    gateway.ask(screen, "rows", endless, screen.answers.put, screen.answers.put)
    begun.get(timeout=PATIENCE_SECONDS)
    gateway.close()
    assert ended.get(timeout=PATIENCE_SECONDS)
    assert screen.callbacks.empty()
