"""Online copies of the database, verified after writing, and putting one back beside the old database."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import peewee

from models.base import database
from models.database import DatabaseURL, connect, is_sqlite, raw_connection
from models.errors import DatabaseUnusable, RuleBroken
from models.language import _

_PAGES_PER_STEP = 2000


def backup_to(target: Path, progress: Any = None) -> None:
    """Copy the open SQLite database to a new file while others go on writing, then verify the copy.

    ``progress(done, total)`` is called with pages. Raises ``RuleBroken`` where the target exists or the copy is bad.
    """
    if not is_sqlite(database):
        raise RuleBroken("", _("A PostgreSQL database is not copied by TurboFly."), _("Use pg_dump for it."))
    if target.exists():
        raise RuleBroken("path", _("{path} exists already.").format(path=target), _("Choose another name."))
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        copy = raw_connection(unfinished)
        with copy.backup("main", database.connection(), "main") as running:
            while not running.done:
                running.step(_PAGES_PER_STEP)
                if progress is not None:
                    progress(running.page_count - running.remaining, running.page_count)
        copy.execute("pragma journal_mode = delete").fetchall()
        _verify(copy, unfinished)
        copy.close()
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    os.replace(unfinished, target)


def _verify(copy: Any, path: Path) -> None:
    found = [row[0] for row in copy.execute("pragma integrity_check(10)")]
    if found != ["ok"]:
        raise DatabaseUnusable(
            _("The copy {path} is damaged: {reason}.").format(path=path, reason=found[0]), _("Check the disk.")
        )
    ours = database.execute_sql("SELECT seq, hash FROM audit_head").fetchall()
    theirs = copy.execute("SELECT seq, hash FROM audit_head").fetchall()
    if theirs and ours and theirs[0][0] > ours[0][0]:
        raise DatabaseUnusable(_("The copy {path} is not a copy of this database.").format(path=path))


def restore_from(source: Path, url: DatabaseURL) -> Path | None:
    """Put a backup in the place of the database; the old one stays beside it under the returned name.

    The backup is verified first, and nothing is touched if it is bad.
    """
    if url.path is None:
        raise RuleBroken("", _("A PostgreSQL database is not restored by TurboFly."), _("Use pg_restore for it."))
    verified = connect(DatabaseURL.of_path(source))
    problems = [row[0] for row in verified.execute_sql("pragma integrity_check(10)").fetchall()]
    verified.close()
    if problems != ["ok"]:
        raise DatabaseUnusable(_("The backup {path} is damaged: {reason}.").format(path=source, reason=problems[0]))
    place = url.path.with_name(url.path.name + ".restoring")
    place.unlink(missing_ok=True)
    original, copy = raw_connection(source), raw_connection(place)
    with copy.backup("main", original, "main") as running:
        running.step()
    copy.close()
    original.close()
    place.chmod(0o660)
    old = _moved_aside(url.path)
    os.replace(place, url.path)
    return old


def _moved_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    number = 1
    while (old := path.with_name(f"{path.name}.replaced-{number}")).exists():
        number += 1
    # What cannot be opened is moved as it is, with what is not yet written into it.
    with contextlib.suppress(DatabaseUnusable, peewee.DatabaseError):
        opened = connect(DatabaseURL.of_path(path))
        opened.execute_sql("pragma wal_checkpoint(truncate)")
        opened.close()
    os.replace(path, old)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            os.replace(beside, old.with_name(old.name + ending))
    return old
