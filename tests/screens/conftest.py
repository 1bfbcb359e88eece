"""The program over a small company, as an operator has it before him: the same names and days in every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from models import opening
from models.actor import Actor
from models.base import database
from models.company.identity import actor_for
from models.database import DatabaseURL
from tests.quick_pilot import quick_pilot
from tests.screens.small_company import Program, found

__all__ = ["quick_pilot"]

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""


@pytest.fixture(autouse=True)
def own_choices(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What an operator chose in one test (columns, filters, settings) is not there in the next."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def monday_noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What ends soon, and what is overdue, is the same whenever the tests run."""
    monkeypatch.setenv("TZ", "UTC")
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small company, made once."""
    path = tmp_path_factory.mktemp("company") / "turbofly.db"
    with time_machine.travel(NOON, tick=True):
        opening.open_database(DatabaseURL.of_path(path), create=True)
        found()
    database.execute_sql("pragma wal_checkpoint(truncate)")
    opening.close_database()
    return path


@pytest.fixture
def company(company_template: Path, tmp_path: Path) -> Iterator[DatabaseURL]:
    """The small company, opened for this test."""
    url = DatabaseURL.of_path(tmp_path / "turbofly.db")
    assert url.path is not None
    shutil.copy(company_template, url.path)
    opening.open_database(url)
    yield url
    opening.close_database()


@pytest.fixture
def anna(company: DatabaseURL) -> Actor:
    """The director, who sits at the terminal."""
    return actor_for("anna", "test")


@pytest.fixture
def boris(company: DatabaseURL) -> Actor:
    """Of sales, at another terminal."""
    return actor_for("boris", "test")


@pytest.fixture
def program(company: DatabaseURL, anna: Actor) -> Iterator[Program]:
    """Makes the program as Anna, or another, has it; all of them are closed at the end."""
    made = Program(company, anna)
    yield made
    made.close()
