"""Where the public sample tables lie, and small files made on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importers.csv_table import read_csv
from importers.table import ReadingOptions, SourceTable
from tests.models.conftest import (
    clean_database,
    database_url,
    director,
    empty_database,
    postgresql_server,
    sqlite_template,
)

__all__ = ["clean_database", "database_url", "director", "empty_database", "postgresql_server", "sqlite_template"]

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "tables"


@pytest.fixture
def samples() -> Path:
    """The folder of public sample tables beside the checkout."""
    if not SAMPLES.is_dir():
        pytest.skip("the public sample tables are not beside this checkout")
    return SAMPLES


@pytest.fixture
def a_csv(tmp_path: Path) -> Callable[..., SourceTable]:
    """A table read from the given text or bytes."""

    def read(content: str | bytes, options: ReadingOptions | None = None) -> SourceTable:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_csv(path, options)

    return read
