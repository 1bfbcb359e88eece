"""The queue of SQLite's writers, within this host: a lock beside the database, taken before each transaction."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from models.errors import DatabaseUnusable
from models.language import _

LOCK_PATIENCE_SECONDS = 10.0
"""How long a write waits for others before the operator is told."""
_PAUSE_SECONDS = 0.001
_write_lock: list[WriteLock | None] = []


def use_write_lock(lock: WriteLock | None) -> None:
    """Set the queue of writers of the open database; None for one that has its own (PostgreSQL)."""
    _write_lock[:] = [lock]


def is_writable() -> bool:
    """Whether the database was opened for writing."""
    return bool(_write_lock)


def turn_to_write() -> contextlib.AbstractContextManager[None]:
    """A turn in the queue; meanwhile nobody else who uses this program writes."""
    return _write_lock[0].held() if _write_lock and _write_lock[0] else contextlib.nullcontext()


def turn_is_wanted() -> bool:
    """Whether somebody waits for his turn; of a database that has a queue of its own nobody knows."""
    return not _write_lock or _write_lock[0] is None or _write_lock[0].is_wanted()


@contextlib.contextmanager
def log_copying() -> Iterator[bool]:
    """Be the one who copies the log of the open database, until this is left; False where somebody else is."""
    if _write_lock and _write_lock[0]:
        with _write_lock[0].copying() as ours:
            yield ours
    else:
        yield True


def log_is_copied() -> bool:
    """Whether somebody copies the log of the open database: who commits meanwhile leaves it to him."""
    return bool(_write_lock and _write_lock[0] and _write_lock[0].is_copied())


def give_way(pause: Callable[[float], object] = time.sleep) -> None:
    """Before one of many transactions: let whoever waits for his turn be woken and take it."""
    if turn_is_wanted():
        pause(_PAUSE_SECONDS)


class WriteLock:
    """The queue of SQLite's writers: a ``flock`` on a file beside the database, taken before ``BEGIN IMMEDIATE``.

    busy_timeout alone polls: eight writers then wait up to 735 ms for each other, with the lock 8 ms. Whoever waits
    shares a lock on a second file, which says so to the one that writes; a lock on a third says that the log is copied.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting = path.with_suffix(".waiting")
        self._copying = path.with_suffix(".copying")
        self._local = threading.local()

    @contextlib.contextmanager
    def held(self, patience: float | None = LOCK_PATIENCE_SECONDS) -> Iterator[None]:
        """Hold the lock in this thread; re-entrant. ``flock`` waits in the kernel, which frees it on death.

        Raises ``DatabaseUnusable`` when others do not let go of it within ``patience`` seconds (None: waits on).
        """
        if getattr(self._local, "depth", 0):
            yield
            return
        with _opened(self._path) as descriptor:
            if not _taken(descriptor):
                self._wait(descriptor, patience)
            self._local.depth = 1
            try:
                yield
            finally:
                self._local.depth = 0

    def is_wanted(self) -> bool:
        """Whether somebody waits for the lock."""
        with _opened(self._waiting) as descriptor:
            return not _taken(descriptor)

    @contextlib.contextmanager
    def copying(self) -> Iterator[bool]:
        """Copy the log of the database meanwhile, if nobody else does."""
        with _opened(self._copying) as descriptor:
            yield _taken(descriptor)

    def is_copied(self) -> bool:
        """Whether somebody copies the log."""
        try:
            with _opened(self._copying, made=0) as descriptor:
                return not _taken(descriptor, shared=True)
        except FileNotFoundError:
            return False

    def _wait(self, descriptor: int, patience: float | None) -> None:
        import fcntl

        with _opened(self._waiting) as told:
            fcntl.flock(told, fcntl.LOCK_SH)  # only who asks may be there, for a moment
            _wait_for(descriptor, patience)


@contextlib.contextmanager
def _opened(path: Path, *, made: int = os.O_CREAT) -> Iterator[int]:
    """A file to lock, open; closing it frees its lock. ``made``: 0 for one that is not made where it is missing."""
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | made, 0o660)
    try:
        if os.fstat(descriptor).st_mode & 0o777 != 0o660:
            # The umask keeps the group out; only who made the file may change that.
            with contextlib.suppress(PermissionError):
                os.fchmod(descriptor, 0o660)
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock of a file, if it is free."""
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for(descriptor: int, patience: float | None) -> None:
    import fcntl

    # flock knows no time limit, and trying again and again would lose the place in the kernel's queue. The thread has
    # a descriptor of its own: if the lock comes too late, closing that one frees it.
    own = os.dup(descriptor)
    taken = threading.Event()

    def wait() -> None:
        fcntl.flock(own, fcntl.LOCK_EX)
        taken.set()
        os.close(own)

    threading.Thread(target=wait, daemon=True).start()
    if not taken.wait(patience):
        raise locked_out()


def locked_out() -> DatabaseUnusable:
    """What an operator is told when somebody else does not let go of the database."""
    return DatabaseUnusable(_("Another program keeps the database locked."), _("Try again."))
