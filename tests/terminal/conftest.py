"""Databases that are made once for all tests of the whole program, and copied where a test writes."""

import getpass
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.companies import few_clients, sample_with_history
from tests.terminal.poison import Poison, poison, public_strings

Poisoned = tuple[Path, dict[str, str]]


@pytest.fixture(scope="session")
def sample_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample company; not to be written to."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    sample_with_history(path)
    return path


@pytest.fixture(scope="session")
def poisoned(sample_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Poison], Poisoned]:
    """Makes the sample company with every text poisoned, once for each way; with the places of the marks."""
    made: dict[Poison, Poisoned] = {}

    def poisoned(how: Poison) -> Poisoned:
        if how not in made:
            path = tmp_path_factory.mktemp("poisoned") / "company.db"
            shutil.copy(sample_company, path)
            made[how] = (path, poison(path, how, public_strings(), getpass.getuser()))
        return made[how]

    return poisoned


@pytest.fixture(scope="session")
def _small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "company.db"
    few_clients(path)
    return path


@pytest.fixture
def small_company(_small_company: Path, tmp_path: Path) -> Path:
    """A company of three clients in a database of the test's own."""
    return Path(shutil.copy(_small_company, tmp_path / "company.db"))
