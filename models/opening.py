"""Opening a company's database: the schema is brought up to date, the areas are wired together.

Databases come into being only by running the migrations. Of several programs that open an older one at once, one
migrates under an exclusive lock, after a verified backup; the others wait and go on.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from models.base import database
from models.database import DatabaseURL, choose_driver, connect
from models.errors import DatabaseUnusable
from models.language import _
from models.write_lock import WriteLock, use_write_lock

MIGRATIONS = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"
_MIGRATION_LOCK = 0x5446_4D47


class Migrated(NamedTuple):
    """What a migration did: the last step before and after, and where the backup was put (None: it was new)."""

    before: str
    after: str
    backup: Path | None


def open_database(url: DatabaseURL, *, create: bool = False) -> Migrated | None:
    """Open the database for this process and make it the one that all models use; migrate it if it is older.

    Raises ``DatabaseUnusable`` where there is none, it is not ours, or it is of a newer version.
    """
    choose_driver(url)
    database.initialize(connect(url, create=create))
    make_writable(url)
    return _brought_up_to_date(url, create=create) if pending() else None


def open_for_reading(url: DatabaseURL) -> None:
    """Open the database without loading what writing takes (a third of the time of ``turbofly key``).

    An older database is migrated all the same. Raises as ``open_database`` does.
    """
    choose_driver(url)
    database.initialize(connect(url))
    if "models.writing" in sys.modules:
        make_writable(url)
    if pending():
        make_writable(url)
        _brought_up_to_date(url)


def _brought_up_to_date(url: DatabaseURL, *, create: bool = False) -> Migrated | None:
    """Migrate; an older database then gets the rows that a new company begins with."""
    done = migrate(url, create=create)
    if done is not None and done.before:
        from models import wiring

        wiring.complete_older_database()
    return done


def make_writable(url: DatabaseURL) -> None:
    """Load what writing takes: the queue of writers, and who handles which event. Harmless when called again."""
    from models import wiring

    use_write_lock(WriteLock(lock_path(url.path)) if url.path else None)
    wiring.connect_areas()


def lock_path(path: Path) -> Path:
    """The file beside a SQLite database on which its writers queue."""
    return path.with_name(path.name + ".lock")


def files_of(path: Path) -> list[Path]:
    """A SQLite database and all that can stand beside it: its log, its index, the locks of those who write."""
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", ".lock", ".waiting", ".copying")]


def close_database() -> None:
    """Close this thread's connection to the open database; harmless where none could be opened."""
    if database.obj is not None and not database.is_closed():
        database.close()


@contextlib.contextmanager
def thread_connection() -> Iterator[Any]:
    """Give a thread a connection of its own for as long as it works."""
    with database.connection_context():
        yield database


def known_steps() -> list[str]:
    """The migration steps that this program knows, in order."""
    return sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def applied_steps() -> list[str]:
    """The steps that the open database has been through; raises ``DatabaseUnusable`` if it knows one that we do not."""
    if not database.table_exists(HISTORY):
        if is_foreign():
            raise DatabaseUnusable(_("This is no database of TurboFly."), _("Check the path or the address."))
        return []
    steps = [name for (name,) in database.execute_sql(f"SELECT name FROM {HISTORY} ORDER BY name").fetchall()]
    if unknown := sorted(set(steps) - set(known_steps())):
        raise DatabaseUnusable(
            _("The database is of a newer version of TurboFly (it knows {step}).").format(step=unknown[-1]),
            _("Update the program on this machine."),
        )
    return steps


def is_foreign() -> bool:
    """Whether the open database holds tables that no migration of ours made."""
    return bool(set(database.get_tables()) - {HISTORY})


def pending() -> bool:
    """Whether the open database lacks steps that this program knows."""
    return applied_steps() != known_steps()


def migrate(url: DatabaseURL, *, create: bool = False) -> Migrated | None:
    """Bring the open database up to date; None when another program did so while this one waited for the lock."""
    with _exclusive(url):
        before = applied_steps()
        if before == known_steps():
            return None
        if not before and not create:
            raise DatabaseUnusable(_("The database is empty."), _("Make it with “turbofly init”."))
        backup = _backup_before(url, before[-1]) if before and url.path else None
        from playhouse.migrations import Runner

        runner = Runner(database.obj, str(MIGRATIONS), table_name=HISTORY)
        runner.up()
        return Migrated(before[-1] if before else "", known_steps()[-1], backup)


@contextlib.contextmanager
def _exclusive(url: DatabaseURL) -> Iterator[None]:
    if url.path is not None:
        # A migration of a large database takes minutes; who opens it meanwhile waits for its end.
        with WriteLock(lock_path(url.path)).held(patience=None):
            yield
        return
    database.execute_sql("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
    try:
        yield
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (_MIGRATION_LOCK,))


def _backup_before(url: DatabaseURL, step: str) -> Path:
    from models.backup import backup_to

    assert url.path is not None
    target = url.path.with_name(f"{url.path.name}.before-{step}")
    number = 1
    while target.exists():
        number += 1
        target = url.path.with_name(f"{url.path.name}.before-{step}.{number}")
    backup_to(target)
    return target
