"""Told to end, or left, while a query runs that does not end: gone within two seconds, the terminal restored."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from models.database import raw_connection
from tests.terminal.harness import unrestored_modes
from tests.terminal.walk import WIDE, Step, Walk, program

pytestmark = pytest.mark.terminal

ENDLESS = "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c) > 0"


@pytest.fixture
def endless_people(small_company: Path) -> Path:
    """A company whose contact persons are never read to the end."""
    connection = raw_connection(small_company)
    connection.execute("pragma legacy_alter_table = on")
    connection.execute("alter table person rename to person_kept")
    connection.execute(f"create view person as select * from person_kept where {ENDLESS}")
    connection.close()
    return small_company


@pytest.mark.parametrize("how", ["SIGTERM", "ctrl+q"])
def test_the_program_is_gone_within_two_seconds(endless_people: Path, tmp_path: Path, how: str) -> None:
    with program(endless_people, WIDE, tmp_path) as terminal:
        before = terminal.attributes()
        Walk(terminal, WIDE).go([Step(sees="1 Today"), Step("2", sees="Лютик"), Step("]", sees="Position")])
        told = time.monotonic()
        if how == "SIGTERM":
            terminal.signal(signal.SIGTERM)
        else:
            terminal.key("ctrl+q")
        assert terminal.wait_for_exit() == (128 + signal.SIGTERM if how == "SIGTERM" else 0)
        assert time.monotonic() - told < 2.0
        assert unrestored_modes(terminal.raw) == {}
        assert terminal.attributes() == before
