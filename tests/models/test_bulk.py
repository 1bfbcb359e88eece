"""Many transactions in a row: the write-ahead log is copied meanwhile, stays short, and nothing is lost."""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import bulk, opening, write_lock
from models.base import database
from models.bulk import LogCopying, bulk_writing
from models.clients.tables import Client
from models.company.actions import found_company, founder
from models.company.identity import system_login
from models.database import DatabaseURL, cause_of, raw_connection
from models.writing import Actor
from tests.models.worlds import a_client

PATIENCE_SECONDS = 20.0


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


@pytest.fixture
def short_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs are copied after a few transactions."""
    monkeypatch.setattr(bulk, "_WORTH_COPYING", 5)
    monkeypatch.setattr(bulk, "_LONG", 20)
    monkeypatch.setattr(bulk, "_LOOK_SECONDS", 0.001)


@pytest.fixture
def path(sqlite_template: Path, tmp_path: Path) -> Iterator[Path]:
    """A SQLite database of a company, opened."""
    path = tmp_path / "company.db"
    path.write_bytes(sqlite_template.read_bytes())
    opening.open_database(DatabaseURL.of_path(path))
    found_company(
        founder("anna", "Anna", "test"),
        {"name": "Our company"},
        {"login": "anna", "name": "Anna", "system_login": system_login()},
    )
    yield path
    opening.close_database()


def log_state(path: Path) -> tuple[int, int]:
    """How many pages the log has, and how many of them are copied."""
    connection = raw_connection(path)
    _busy, length, copied = connection.execute("pragma wal_checkpoint(noop)").fetchone()
    connection.close()
    return length, copied


def pragma(name: str) -> int:
    return int(database.execute_sql(f"pragma {name}").fetchone()[0])


def test_a_bulk_writes_what_single_changes_write(director: Actor) -> None:
    with bulk_writing():
        for number in range(20):
            a_client(director, f"Client {number}")
    assert Client.select().count() == 20


def test_the_settings_of_the_connection_come_back(path: Path) -> None:
    before = pragma("cache_size")
    with pytest.raises(ZeroDivisionError), bulk_writing():
        assert pragma("cache_size") == -bulk._CACHE_KIB
        _ = 1 // 0
    assert pragma("cache_size") == before


def test_who_writes_meanwhile_leaves_the_log_to_the_one_who_copies_it(director: Actor, path: Path) -> None:
    a_client(director, "Before")
    assert pragma("wal_autocheckpoint") > 0
    with write_lock.log_copying() as ours, write_lock.log_copying() as again:
        assert (ours, again) == (True, False)
        a_client(director, "Meanwhile")
        assert pragma("wal_autocheckpoint") == 0
    a_client(director, "Afterwards")
    assert pragma("wal_autocheckpoint") > 0


def test_the_log_is_copied_and_begins_anew_while_transactions_are_written(path: Path, short_logs: None) -> None:
    me = founder("anna", "Anna", "test")
    lengths: list[int] = []

    def written() -> bool:
        a_client(me, f"Client {len(lengths)}")
        lengths.append(log_state(path)[0])
        return any(later < before for before, later in itertools.pairwise(lengths))

    with bulk_writing():
        until(written)
    assert Client.select().count() == len(lengths)


def test_a_log_that_cannot_be_copied_now_is_copied_later(path: Path, short_logs: None) -> None:
    class Broken:
        def execute(self, _sql: str) -> None:
            raise OSError("no space left")

    copying = LogCopying(path)
    copying._look(Broken())
    assert copying.failure == cause_of(OSError("no space left"))
    for number in range(10):
        a_client(founder("anna", "Anna", "test"), f"Client {number}")
    with copying:
        until(lambda: len(set(log_state(path))) == 1)
    assert not copying.failure


def test_what_is_not_flushed_at_once_is_flushed_at_the_end(
    director: Actor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def fsync(file: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{file}"))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(ZeroDivisionError), bulk_writing(flush_each=False):
        assert pragma("synchronous") == 1
        a_client(director, "Client")
        assert flushed == []
        _ = 1 // 0
    assert flushed == [f"{path}-wal"]
    assert pragma("synchronous") == 2
