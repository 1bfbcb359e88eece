"""How databases come into being, grow, and are refused."""

from __future__ import annotations

import multiprocessing
import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import opening
from models.audit import AuditEntry, AuditHead, broken_links
from models.base import database
from models.database import DatabaseURL
from models.errors import DatabaseUnusable
from models.files.tables import StoredContent
from models.kinds import KINDS
from models.mail.tables import MessageAddress, MessagePart, MessageReference, MessageText, WaitingOriginal
from models.write_lock import WriteLock
from models.writing import Actor
from tests.models.schema import schema_of
from tests.models.worlds import a_client

UNAUDITED = (
    AuditEntry, AuditHead, StoredContent, WaitingOriginal, MessageAddress, MessageReference, MessagePart, MessageText
)  # fmt: skip
"""Tables that are no kind of record: the trail itself, and what can be told from the rows that it covers."""


def test_the_migrations_make_what_the_models_say(database_url: DatabaseURL) -> None:
    opening.open_database(database_url)
    migrated = schema_of()
    tables: list[Any] = [*(kind.table for kind in KINDS.values()), *UNAUDITED]
    assert set(migrated) == {table._meta.table_name for table in tables}
    database.drop_tables(tables)
    database.create_tables(tables)
    assert schema_of() == migrated


def test_no_index_stands_within_another(database_url: DatabaseURL) -> None:
    opening.open_database(database_url)
    for table in database.get_tables():
        indexes = database.get_indexes(table)
        columns = [tuple(index.columns) for index in indexes]
        for index in indexes:
            within = [one for one in columns if one[: len(index.columns)] == tuple(index.columns)]
            assert len(within) == 1 or index.unique, f"{index.name} stands within another"


def test_a_database_is_opened_with_its_pragmas_and_is_private_to_its_group(tmp_path: Path) -> None:
    path = tmp_path / "company" / "turbofly.db"
    opening.open_database(DatabaseURL.of_path(path), create=True)
    values = {name: database.execute_sql(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert values == {"journal_mode": "wal", "synchronous": 2}
    assert database.execute_sql("pragma foreign_keys").fetchone() == (1,)
    assert database.execute_sql("pragma trusted_schema").fetchone() == (0,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o2770
    opening.close_database()


@pytest.mark.parametrize(
    ("name", "content"),
    [("letter.txt", b"Dear Sirs,\n" * 100), ("missing.db", None), ("empty.db", b""), ("other.db", b"foreign")],
)
def test_what_is_no_database_of_ours_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content == b"foreign":
        from playhouse.apsw_ext import APSWDatabase

        other = APSWDatabase(str(path))
        other.execute_sql("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
        other.close()
    elif content is not None:
        path.write_bytes(content)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(DatabaseUnusable):
        opening.open_database(DatabaseURL.of_path(path))
    opening.close_database()
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_database_of_a_newer_version_is_refused(database_url: DatabaseURL) -> None:
    opening.open_database(database_url)
    database.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    opening.close_database()
    with pytest.raises(DatabaseUnusable, match="9999_future"):
        opening.open_database(database_url)


def _older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DatabaseURL:
    """A database as a program made it that knew only the first four steps."""
    steps = tmp_path / "older_steps"
    steps.mkdir()
    for step in sorted(opening.MIGRATIONS.glob("000[1-4]*.py")):
        (steps / step.name).write_text(step.read_text())
    url = DatabaseURL.of_path(tmp_path / "old.db")
    with monkeypatch.context() as patched:
        patched.setattr(opening, "MIGRATIONS", steps)
        opening.open_database(url, create=True)
        opening.close_database()
    return url


def test_an_older_database_is_migrated_after_a_verified_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = _older(tmp_path, monkeypatch)
    migrated = opening.open_database(url)
    assert migrated is not None
    assert (migrated.before, migrated.after) == ("0004_clients", opening.known_steps()[-1])
    assert migrated.backup is not None
    assert migrated.backup.stat().st_size > 0
    opening.close_database()
    assert opening.open_database(url) is None


def _open_and_tell(url: DatabaseURL, start: Callable[[], int], answers: multiprocessing.Queue[bool]) -> None:
    start()
    answers.put(opening.open_database(url) is not None and not opening.pending())


def test_of_three_programs_that_open_an_older_database_one_migrates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = _older(tmp_path, monkeypatch)
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(3), context.Queue()
    programs = [context.Process(target=_open_and_tell, args=(url, barrier.wait, answers)) for _n in range(3)]
    for program in programs:
        program.start()
    told = [answers.get(timeout=60) for _program in programs]
    for program in programs:
        program.join(timeout=60)
    assert sorted(told) == [False, False, True]
    assert [program.exitcode for program in programs] == [0, 0, 0]
    opening.open_database(url)
    assert opening.applied_steps() == opening.known_steps()
    opening.close_database()


def _write_clients(url: DatabaseURL, actor: Actor, name: str) -> None:
    opening.close_database()
    opening.open_database(url)
    for number in range(20):
        a_client(actor, f"{name} {number}")


def test_four_programs_write_at_once_and_the_chain_stays_whole(database_url: DatabaseURL, director: Actor) -> None:
    opening.close_database()
    context = multiprocessing.get_context("fork")
    programs = [context.Process(target=_write_clients, args=(database_url, director, f"P{n}")) for n in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(timeout=60)
    assert [program.exitcode for program in programs] == [0] * 4
    opening.open_database(database_url)
    assert KINDS["client"].table.select().count() == 80
    assert list(broken_links()) == []


def test_the_group_may_queue_at_the_lock_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with WriteLock(tmp_path / "company.db.lock").held():
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "company.db.lock").stat().st_mode) == 0o660


def test_who_waits_too_long_for_the_lock_is_told_and_gets_it_later(tmp_path: Path) -> None:
    one, other = (WriteLock(tmp_path / "company.db.lock") for _each in range(2))
    with one.held(), pytest.raises(DatabaseUnusable), other.held(patience=0.05):
        pass
    with other.held(patience=5):
        pass


def test_who_writes_hears_that_somebody_waits(tmp_path: Path) -> None:
    one, other = (WriteLock(tmp_path / "company.db.lock") for _each in range(2))
    got_it = threading.Event()

    def wait() -> None:
        with other.held():
            got_it.set()

    waiting = threading.Thread(target=wait)
    with one.held():
        assert not one.is_wanted()
        waiting.start()
        until = time.monotonic() + 10
        while not one.is_wanted():
            assert time.monotonic() < until and not got_it.is_set()
    waiting.join()
    assert got_it.is_set() and not one.is_wanted()
