"""The commands for mail: import, find, show; what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.command_line.conftest import Turbofly

LETTER = b"""From: Pyotr Sidorov <pyotr@romashka.example>
To: office@dealer.example
Subject: A key for the second office
Date: Thu, 1 Oct 2026 10:00:00 +0300
Message-ID: <1@romashka.example>

Please send one more key, see https://romashka.example/key.
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with a letter, an answer to it, and a picture."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "1.eml").write_bytes(LETTER)
    answer = LETTER.replace(b"<1@", b"<2@").replace(b"Subject: ", b"In-Reply-To: <1@romashka.example>\nSubject: Re: ")
    (folder / "2.eml").write_bytes(answer + b"\0")
    (folder / "3.gif").write_bytes(b"GIF89a" + bytes(20))
    return folder


def test_what_is_taken_is_counted_and_what_is_refused_ends_with_3(
    company: Path, turbofly: Turbofly, letters: Path
) -> None:
    ran = turbofly("import", "mail", letters, "--owner-address", "dealer.example", "--json")
    told = json.loads(ran.out)
    errors = told.pop("errors")
    assert ran.code == 3
    assert told == {"read": 2, "added": 2, "duplicate": 0, "filed": 0, "unfiled": 2, "broken": 1}
    assert [(Path(one["source"]).name, one["position"]) for one in errors] == [("3.gif", 0), ("2.eml", 0)]
    (letters / "3.gif").unlink()
    ran = turbofly("import", "mail", letters)
    assert (ran.code, ran.out) == (0, "2 read: 0 added, 2 there already; 0 filed, 0 wait to be filed.\n")


def test_a_path_that_is_not_there_is_wrong_usage(company: Path, turbofly: Turbofly) -> None:
    assert turbofly("import", "mail", "/no/such/path").code == 2


def test_messages_are_found_and_shown(company: Path, turbofly: Turbofly, letters: Path) -> None:
    turbofly("import", "mail", letters)
    found = json.loads(turbofly("find", "office", "from:pyotr", "--kind", "message", "--json").out)
    assert [(row["id"], row["title"], row["date"]) for row in found] == [
        (2, "Re: A key for the second office", "2026-10-01"), (1, "A key for the second office", "2026-10-01"),
    ]  # fmt: skip
    assert turbofly("find", "nothing-like-it", "--kind", "message").code == 1
    shown = json.loads(turbofly("show", "message", "<1@romashka.example>", "--json").out)
    assert (shown["id"], shown["client"], shown["links"]) == (1, None, ["https://romashka.example/key"])
    assert [line["id"] for line in shown["thread"]] == [1, 2]
    card = turbofly("show", "message", "#2").out
    for words in ("Re: A key for the second office  #2", "Pyotr Sidorov <pyotr@romashka.example>", "NUL", "Thread"):
        assert words in card
    assert turbofly("show", "message", "#99").code == 1


def test_an_account_that_the_configuration_does_not_have_is_refused(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("import", "imap", "office")
    assert ran.code == 3
    assert "[imap.office]" in ran.err
