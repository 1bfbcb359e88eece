"""Many transactions one after the other, as an import writes them, in SQLite.

Each is appended to the write-ahead log, and from time to time the log is copied into the database. SQLite does that
while it commits, a transaction or two at a time, and everybody who wants to write waits for it. During an import a
thread copies instead, many transactions at once, of which most have written the same pages; who else writes leaves it
to that thread, too.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from models.base import database
from models.database import cause_of, is_sqlite, raw_connection
from models.write_lock import log_copying, turn_to_write

_CACHE_KIB = 32 << 10
"""Bulk writes touch every index, a look-up few pages."""
_NORMAL, _FULL = 1, 2
_LOOK_SECONDS = 0.05
_WORTH_COPYING = 4_000
_LONG = 12_000
"""Pages of 4 KiB. A log that long is copied to its end, to which nobody may add meanwhile: then it begins anew."""


@contextmanager
def bulk_writing(*, flush_each: bool = True) -> Iterator[None]:
    """Keep more pages in this thread's connection meanwhile, and leave the log to a thread that copies it.

    Without ``flush_each`` transactions are flushed to the disk with a later one that somebody commits, at the latest
    at the end: for what can be written again should the power fail. The log is flushed in its order, never with a gap.
    """
    if not is_sqlite(database):
        yield
        return
    path = Path(database.database)
    before = _set("cache_size", -_CACHE_KIB), _set("synchronous", _FULL if flush_each else _NORMAL)
    try:
        with LogCopying(path):
            yield
    finally:
        _set("cache_size", before[0])
        _set("synchronous", before[1])
        if not flush_each:
            _flush_log(path)


def _flush_log(path: Path) -> None:
    # SQLite has no lock on this file: closing it again loses none.
    with suppress(FileNotFoundError):
        log = os.open(path.with_name(path.name + "-wal"), os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)


def _set(name: str, value: int) -> int:
    (before,) = database.execute_sql(f"pragma {name}").fetchone()
    database.execute_sql(f"pragma {name} = {value}").fetchall()
    return int(before)


class LogCopying:
    """A thread that copies the write-ahead log of a database into it while it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log-copying", daemon=True)
        self.failure = ""
        """Why the log could not be copied the last time; it is tried again, and whoever opens the database does it."""

    def __enter__(self) -> LogCopying:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        connection = raw_connection(self._path)
        try:
            connection.execute("pragma synchronous = full").fetchall()
            while not self._end.is_set():
                with log_copying() as ours:
                    while not self._end.wait(_LOOK_SECONDS) and ours:
                        self._look(connection)
        finally:
            connection.close()

    def _look(self, connection: Any) -> None:
        try:
            _busy, length, copied = connection.execute("pragma wal_checkpoint(noop)").fetchone()
            if length - copied >= _WORTH_COPYING:
                self._copy(connection)
                if length >= _LONG:
                    # Most is copied by now; to the rest nothing may be added until the end is reached.
                    with turn_to_write():
                        self._copy(connection)
        except Exception as error:
            self.failure = cause_of(error)
        else:
            self.failure = ""

    @staticmethod
    def _copy(connection: Any) -> None:
        connection.execute("pragma wal_checkpoint(passive)").fetchall()
