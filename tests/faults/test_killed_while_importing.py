"""Killed in the middle of an import: what is in is whole, and the same import again takes the rest."""

from __future__ import annotations

import csv
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.database import raw_connection
from tests.faults.conftest import PROGRAM, problems, turbofly

ROWS = 1500
PATIENCE_SECONDS = 60.0


def count_of(path: Path, table: str) -> int:
    """How many rows a table has; a reader beside the program."""
    connection = raw_connection(path)
    try:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])
    finally:
        connection.close()


def kill_when(process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    """Kill the process as soon as the condition holds; it may not end before."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end
    process.kill()
    process.wait()


@pytest.fixture
def a_table(tmp_path: Path) -> Path:
    """A table of many clients."""
    path = tmp_path / "clients.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Code", "Name", "E-mail", "Phone"])
        writer.writerows([f"C{n}", f"Клиент {n}", f"c{n}@example.org", f"+7 495 {n:07}"] for n in range(ROWS))
    return path


def test_an_import_that_was_killed_goes_on_where_it_was(small_company: Path, a_table: Path) -> None:
    before = count_of(small_company, "client")
    command = [*PROGRAM, "--database", str(small_company), "import", "clients", str(a_table)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        kill_when(process, lambda: count_of(small_company, "client") > before)
    taken = count_of(small_company, "client") - before
    assert 0 < taken < ROWS
    assert problems(small_company) == []
    again = json.loads(turbofly(small_company, "import", "clients", str(a_table), "--json").stdout)
    assert (again["read"], again["added"], again["unchanged"], again["rejected"]) == (ROWS, ROWS - taken, taken, 0)
    assert count_of(small_company, "client") == before + ROWS
    assert problems(small_company) == []


@pytest.mark.proof
def test_a_sample_company_whose_making_was_killed_can_be_checked_and_is_not_made_over(tmp_path: Path) -> None:
    path = tmp_path / "sample.db"
    command = [*PROGRAM, "demo", "--scale", "medium", str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        kill_when(process, lambda: path.exists() and path.stat().st_size > 600_000)
    assert {problem["code"] for problem in problems(path)} <= {"look-up", "operators"}
    again = turbofly(path, "demo", str(path))
    assert again.returncode == 3
    assert "exists already" in again.stderr
