"""The small company with its correspondence, in place of the one without."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from models import opening
from models.base import database
from models.database import DatabaseURL
from tests.screens.conftest import NOON
from tests.screens.mail.letters import take_letters
from tests.screens.small_company import found


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small company and its letters, made once."""
    folder = tmp_path_factory.mktemp("company-with-mail")
    path = folder / "turbofly.db"
    with time_machine.travel(NOON, tick=True):
        opening.open_database(DatabaseURL.of_path(path), create=True)
        found()
        take_letters(folder / "letters")
    database.execute_sql("pragma wal_checkpoint(truncate)")
    opening.close_database()
    return path
