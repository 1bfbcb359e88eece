"""The database: where it is, how it is opened, locked, interrupted and closed.

SQLite through apsw by default, PostgreSQL through psycopg 3 for several hosts. No other module names a driver.
peewee pulls psycopg in when it is installed (0.1 s), so ``choose_driver`` decides before peewee is first imported.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from models.errors import DatabaseUnusable
from models.language import _

if TYPE_CHECKING:
    from peewee import Database

BUSY_TIMEOUT_SECONDS = 5.0
_SQLITE_MAGIC = b"SQLite format 3\x00"
_STEPS_BETWEEN_SIGNALS = 20_000
_LONG_LOG_PAGES = 1_000
_APPLICATION_ID = 0x54424659  # "TBFY": the file is ours
_PRAGMAS: tuple[tuple[str, object, object], ...] = (
    # pragma, value set, value asserted
    ("journal_mode", "wal", "wal"),
    ("synchronous", "full", 2),
    ("foreign_keys", 1, 1),
    ("trusted_schema", 0, 0),
    ("cache_size", -4096, -4096),  # KiB, in each thread; look-ups are as fast as with 32 MiB
    ("temp_store", "memory", 2),
)


class DatabaseURL(NamedTuple):
    """Where the company's data is: a file of SQLite or a database of a PostgreSQL server."""

    text: str
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> DatabaseURL:
        """Read a path, ``sqlite:///path`` or ``postgresql://…``; raises ``DatabaseUnusable`` for anything else."""
        scheme = text.partition("://")[0] if "://" in text else ""
        if scheme in ("postgresql", "postgres"):
            return cls("postgresql" + text[len(scheme) :])
        if scheme == "sqlite":
            return cls.of_path(Path(unquote(text.removeprefix("sqlite://").removeprefix("/"))))
        if scheme:
            raise DatabaseUnusable(
                _("“{scheme}” is no kind of database that TurboFly knows.").format(scheme=scheme),
                _("Give a path, sqlite:///path or postgresql://host/name."),
            )
        return cls.of_path(Path(text))

    @classmethod
    def of_path(cls, path: Path) -> DatabaseURL:
        path = path.expanduser()
        return cls(str(path), path)

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None

    @property
    def shown(self) -> str:
        """The address without its password."""
        if self.is_sqlite:
            return self.text
        parts = urlsplit(self.text)
        place = parts.hostname or ""
        return f"postgresql://{place}{parts.path}"


def choose_driver(url: DatabaseURL) -> None:
    """Import peewee with only the driver that this database needs. Call before the first ``import peewee``."""
    if "peewee" in sys.modules or not url.is_sqlite:
        return
    unneeded = [name for name in ("psycopg", "psycopg2", "pymysql", "MySQLdb") if name not in sys.modules]
    for name in unneeded:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to make an import fail
    import peewee  # noqa: F401

    for name in unneeded:
        del sys.modules[name]


def connect(url: DatabaseURL, *, create: bool = False) -> Database:
    """A peewee database for the URL, its settings made and asserted on every connection of every thread.

    Raises ``DatabaseUnusable`` when there is no such database, or it is not one of ours.
    """
    database = _sqlite(url, create=create) if url.path is not None else _postgresql(url)
    with _unusable_in_words(url):
        database.connect(reuse_if_open=True)
    return database


@contextlib.contextmanager
def _unusable_in_words(url: DatabaseURL) -> Iterator[None]:
    import peewee

    try:
        yield
    except (peewee.PeeweeException, OSError) as error:
        raise DatabaseUnusable(
            _("The database {place} cannot be opened: {reason}.").format(place=url.shown, reason=cause_of(error)),
            _("Check --database, TURBOFLY_DATABASE and the file's permissions."),
        ) from error


def _sqlite(url: DatabaseURL, *, create: bool) -> Database:
    from playhouse.apsw_ext import APSWDatabase

    path = url.path
    assert path is not None
    _assert_ours(path, create=create)

    class Sqlite(APSWDatabase):  # type: ignore[misc]  # playhouse has no type information
        """apsw's SQLite with our pragmas, and dates and moments bound as ISO text."""

        def _connect(self) -> Any:
            connection = super()._connect()
            try:
                connection.convert_binding = _bind
                _apply_pragmas(connection)
            except BaseException:
                connection.close()
                raise
            return connection

    return Sqlite(os.fspath(path), timeout=BUSY_TIMEOUT_SECONDS)


def _bind(cursor: object, number: int, value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no database value: {type(value).__name__}")


def bound(database: Database, moment: dt.datetime) -> object:
    """A moment as it is bound in the end: for one that many rows share, and that would be made a text for each."""
    return _bind(None, 0, moment) if is_sqlite(database) else moment


def _apply_pragmas(connection: Any) -> None:
    for name, value, expected in _PRAGMAS:
        if name == "journal_mode" and connection.readonly("main"):
            continue
        connection.execute(f"pragma {name} = {value}").fetchall()
        found = connection.execute(f"pragma {name}").fetchone()[0]
        if found != expected:
            raise DatabaseUnusable(
                _("The database would not take the setting {name}: it says {found}.").format(name=name, found=found),
                _("It may lie on a network drive; put it on a local disk or use PostgreSQL."),
            )


def _assert_ours(path: Path, *, create: bool) -> None:
    """Refuse what is no database of TurboFly; make an empty file, 0660 in a setgid folder, where one is wanted."""
    if create and (not path.exists() or path.stat().st_size == 0):
        make_private_folder(path.parent)
        path.touch(mode=0o660)
        path.chmod(0o660)
        new = raw_connection(path)
        new.execute(f"pragma application_id = {_APPLICATION_ID}").fetchall()
        new.close()
        return
    if not path.is_file():
        raise DatabaseUnusable(
            _("There is no database at {path}.").format(path=path),
            _("Make one with “turbofly init”, or a sample with “turbofly demo {path}”.").format(path=path),
        )
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise DatabaseUnusable(
            _("The database {path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Ask for the right to read and write it."),
        ) from error
    if header[:16] != _SQLITE_MAGIC or header[68:72] != _APPLICATION_ID.to_bytes(4, "big"):
        raise DatabaseUnusable(_("{path} is no database of TurboFly.").format(path=path), _("Check the path."))


def make_private_folder(folder: Path) -> None:
    """Make the folder of a new database 2770, so that the group's members share what is made in it."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    with contextlib.suppress(PermissionError):
        folder.chmod(stat.S_ISGID | 0o770)


def raw_connection(path: Path) -> Any:
    """A bare connection to a SQLite file, made if it is missing: for copying databases page by page."""
    import apsw

    return apsw.Connection(os.fspath(path))


def _postgresql(url: DatabaseURL) -> Database:
    import peewee

    try:
        import psycopg
    except ImportError as error:
        raise DatabaseUnusable(
            _("PostgreSQL's driver is not installed."), _("Install it: pip install 'turbofly[postgres]'.")
        ) from error

    class Postgresql(peewee.PostgresqlDatabase):
        """psycopg 3, connections named for the server's lists, moments without time zone in UTC."""

    assert psycopg is not None
    return Postgresql(
        url.text,
        prefer_psycopg3=True,
        application_name="turbofly",
        options="-c timezone=UTC -c search_path=public -c jit=off",
        prepare_threshold=5,
    )


def is_sqlite(database: Database) -> bool:
    """Whether the database is SQLite (else PostgreSQL)."""
    import peewee

    return isinstance(getattr(database, "obj", database), peewee.SqliteDatabase)


def cause_of(error: BaseException) -> str:
    """The first cause of an error: peewee hides “disk full” behind “cannot rollback”."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        current = current.__cause__ or current.__context__
    return (str(seen[-1]).strip() or type(seen[-1]).__name__).splitlines()[0]


def unusable(error: BaseException) -> DatabaseUnusable | None:
    """What a failure of the database itself, met while reading, is to an operator; None for any other error."""
    import peewee

    if not isinstance(error, peewee.PeeweeException) and type(error).__module__ != "apsw":
        return None
    if is_connection_lost(error):
        return DatabaseUnusable(
            _("The connection to the database was lost: {reason}.").format(reason=cause_of(error)),
            _("Check the server and the network, then try again."),
        )
    return DatabaseUnusable(
        _("The database cannot be read: {reason}.").format(reason=cause_of(error)),
        _("Look at it with “turbofly check”; “turbofly restore” puts a backup in its place."),
    )


def is_failure_of_database(error: BaseException) -> bool:
    """Whether the database failed, and not the program that used it: its disk, its file, its server, its locks."""
    import peewee

    own_mistakes = (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError, peewee.NotSupportedError)
    return isinstance(error, peewee.PeeweeException) and not isinstance(error, own_mistakes)


def is_connection_lost(error: BaseException) -> bool:
    """Whether a server of PostgreSQL is gone, went away meanwhile, or cannot be reached."""
    import peewee

    if not isinstance(error, peewee.OperationalError | peewee.InterfaceError):
        return False
    drivers = [one for one in (error, error.__cause__, error.__context__) if type(one).__module__.startswith("psycopg")]
    # A cancelled or refused query has a code of its own; class 57P is the server's shutdown, 08 the connection's loss.
    return any((getattr(one, "sqlstate", None) or "08")[:3].startswith(("08", "57P")) for one in drivers)


def is_locked(error: BaseException) -> bool:
    """Whether anything in the error's chain says that another writer was in the way."""
    current: BaseException | None = error
    while current is not None:
        name = type(current).__name__
        if name in ("BusyError", "LockedError", "DeadlockDetected", "SerializationFailure", "LockNotAvailable"):
            return True
        current = current.__cause__ or current.__context__
    return False


def interrupter(database: Database) -> Callable[[], None]:
    """A function that ends the query that this thread runs; it may be called from any thread."""
    connection: Any = database.connection()
    if is_sqlite(database):
        return _guarded(connection.interrupt)
    return _guarded(connection.cancel)


def copy_log_at_commit(database: Database, *, wished: bool) -> None:
    """Whether this thread's commits copy a log that has become long, as SQLite does by itself, or leave it alone."""
    connection: Any = database.connection()
    connection.wal_autocheckpoint(_LONG_LOG_PAGES if wished else 0)


def heed_signals(database: Database) -> None:
    """Let Ctrl+C end the query that this thread, the main one, runs; SQLite would first finish it, however long."""
    if is_sqlite(database):
        connection: Any = database.connection()
        connection.set_progress_handler(lambda: False, _STEPS_BETWEEN_SIGNALS)


def _guarded(stop: Callable[[], None]) -> Callable[[], None]:
    def interrupt() -> None:
        # The connection may be closed by its own thread at the same moment: then there is nothing to stop.
        with contextlib.suppress(Exception):
            stop()

    return interrupt


def wait_between_tries(attempt: int) -> None:
    """Sleep a little before the next try of a locked write, longer each time, with jitter (4 … 250 ms)."""
    import random

    time.sleep(min(0.25, 0.004 * 2**attempt) * (0.5 + random.random()))
