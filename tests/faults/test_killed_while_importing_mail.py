"""Killed in the middle of an import of messages: run again, the archive is as if it had never been."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from models.database import raw_connection
from tests.faults.conftest import PROGRAM, problems, turbofly
from tests.faults.test_killed_while_importing import count_of, kill_when

LETTERS = 1500
# What of a message is the same whenever it came in; ids and moments of writing are not asked for.
_CONTENT = (
    "select m.sha256, m.message_id, m.moment, m.subject, m.sender_address, m.recipients, m.direction, m.state,"
    " m.defects, m.preview, t.compressed, (select message_id from message as f where f.id = m.thread)"
    " from message as m join message_text as t on t.message_id = m.id order by m.sha256"
)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """An mbox of many letters in threads of ten."""
    path = tmp_path / "letters.mbox"
    with path.open("wb") as file:
        for number in range(LETTERS):
            first = number // 10 * 10
            answer = b"References: <%d@x>\n" % first if number != first else b""
            file.write(
                b"From p@x.example Thu Oct  1 10:00:00 2026\nFrom: p%d@x.example\nTo: us@dealer.example\n"
                % (number % 7)
                + b"Message-ID: <%d@x>\nSubject: Letter %d\n" % (number, number)
                + answer
                + b"Date: Thu, 1 Oct 2026 10:%02d:00 +0300\n\n%s\n\n" % (number % 60, b"Good day to you. " * 40)
            )
    return path


def content(path: Path) -> list[tuple[object, ...]]:
    connection = raw_connection(path)
    try:
        return [tuple(row) for row in connection.execute(_CONTENT)]
    finally:
        connection.close()


def test_an_import_that_was_killed_ends_with_the_same_content(
    small_company: Path, letters: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.db"
    whole.write_bytes(small_company.read_bytes())
    told = json.loads(turbofly(whole, "import", "mail", str(letters), "--json").stdout)
    assert (told["read"], told["added"]) == (LETTERS, LETTERS)
    command = [*PROGRAM, "--database", str(small_company), "import", "mail", str(letters)]
    for least in (0, 300):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            kill_when(process, lambda least=least: count_of(small_company, "message") > least)  # type: ignore[misc]
    taken = count_of(small_company, "message")
    assert 300 < taken < LETTERS
    assert problems(small_company) == []
    again = json.loads(turbofly(small_company, "import", "mail", str(letters), "--json").stdout)
    assert (again["read"], again["added"] + again["duplicate"]) == (LETTERS, LETTERS)
    assert content(small_company) == content(whole)
    assert count_of(small_company, "waiting_original") == 0
    assert problems(small_company) == []
    assert json.loads(turbofly(small_company, "import", "mail", str(letters), "--json").stdout)["added"] == 0
