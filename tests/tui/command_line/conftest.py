"""A company for the commands: made once by ``init`` and filled through the actions, copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.company.identity import actor_for, system_login
from models.database import DatabaseURL
from models.opening import close_database, open_database
from models.sample.build import make_sample
from tests.models.worlds import a_client, a_key, a_licence, a_product
from tui.command_line.running import run


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Turbofly = Callable[..., Ran]


@pytest.fixture
def turbofly(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Turbofly:
    """Run a command in this process, its output to no terminal."""

    def ran(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One client with a key and two licences on it, a spare key, another client."""
    path = tmp_path_factory.mktemp("company") / "company.db"
    url = DatabaseURL.of_path(path)
    open_database(url, create=True)
    from models.company.actions import found_company, founder

    found_company(
        founder("anna", "Anna", "test"),
        {"name": "Our company"},
        {"login": "anna", "name": "Anna", "system_login": system_login()},
    )
    anna = actor_for(None, "test")
    romashka, lutik = a_client(anna), a_client(anna, "АО «Лютик»")
    smeta = a_product(anna)
    key = a_key(anna, owner=romashka)
    a_key(anna, "0A1F-9999")
    for number in ("LIC-0001", "LIC-0002"):
        a_licence(anna, number, romashka, smeta, key=key)
    a_licence(anna, "LIC-0003", lutik, smeta)
    close_database()
    return path


@pytest.fixture
def company(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The company's database, which commands open without being told."""
    path = tmp_path / "company.db"
    shutil.copy(founded, path)
    monkeypatch.setenv("TURBOFLY_DATABASE", str(path))
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample company; only read it."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    open_database(DatabaseURL.of_path(path), create=True)
    make_sample("small", 1, lambda *_told: None)
    close_database()
    return path


def changed_behind(path: Path, *statements: str) -> None:
    """Write into the database as somebody would who does not use the program."""
    from models.database import raw_connection

    connection: Any = raw_connection(path)
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()
