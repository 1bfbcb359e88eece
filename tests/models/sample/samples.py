"""Making small samples for the tests."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from models import opening
from models.database import DatabaseURL
from models.sample.build import make_sample

TODAY = dt.date(2026, 11, 23)


def told(_title: str, done: int, count: int) -> None:
    """Hears how much is done."""
    assert 0 <= done <= count


def made(path: Path, template: Path, seed: int) -> Path:
    """A small sample in a new file."""
    shutil.copy(template, path)
    opening.open_database(DatabaseURL.of_path(path))
    make_sample("small", seed, told, today=TODAY, director_login="somebody")
    opening.close_database()
    return path
