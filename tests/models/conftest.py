"""The databases that the models are tested on: each test on SQLite and on PostgreSQL, in a new, empty one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from models import opening
from models.base import database
from models.company.actions import found_company, founder
from models.company.identity import actor_for, system_login
from models.database import DatabaseURL
from models.writing import Actor
from tests import postgresql
from tests.clean_database import CleanDatabase


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server of the tests' own; the URL has a place for the name of a database."""
    if reason := postgresql.why_not():
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: CI installs one")
        pytest.skip(reason)
    with postgresql.server() as url:
        yield url


@pytest.fixture(scope="session")
def clean_database(postgresql_server: str) -> CleanDatabase:
    """A PostgreSQL database that is as new for each test."""
    return CleanDatabase(postgresql_server)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    path = tmp_path_factory.mktemp("template") / "turbofly.db"
    opening.open_database(DatabaseURL.of_path(path), create=True)
    database.execute_sql("pragma wal_checkpoint(truncate)")
    opening.close_database()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseURL]:
    """An empty, migrated database that nobody has open."""
    if request.param == "sqlite":
        target = tmp_path / "turbofly.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), target)
        yield DatabaseURL.of_path(target)
        return
    postgresql_database: CleanDatabase = request.getfixturevalue("clean_database")
    yield postgresql_database.as_new()
    opening.close_database()


@pytest.fixture
def empty_database(database_url: DatabaseURL) -> Iterator[peewee.Database]:
    """The database opened for the models of this process."""
    opening.open_database(database_url)
    yield database
    opening.close_database()


@pytest.fixture
def director(empty_database: peewee.Database) -> Actor:
    """The company is founded; its director acts."""
    found_company(
        founder("anna", "Anna", "test"),
        {"name": "Our company"},
        {"login": "anna", "name": "Anna", "system_login": system_login()},
    )
    return actor_for(None, "test")
