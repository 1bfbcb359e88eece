"""Messages are found in files, folders, mbox files and Maildirs, by what is in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from importers.mail_sources import Original, Refused, mail_files, originals_in

FROM = b"From anna@example.org Thu Oct  1 10:00:00 2026\n"


def a_message(subject: str, body: bytes = b"text\n", head: bytes = b"") -> bytes:
    return b"From: anna@example.org\nSubject: " + subject.encode() + b"\n" + head + b"\n" + body


def originals(path: Path) -> list[bytes]:
    found = list(originals_in(path))
    assert all(isinstance(one, Original) for one in found)
    return [one.raw for one in found if isinstance(one, Original)]


BODY = b"first\n\nFrom here on it goes\n"
QUOTED = b"first\n\n>From here on it goes\n"
SEPARATING = b"first\n\nFrom bob@example.org Thu Oct  1 11:00:00 2026\nSubject: inside\n\nlast\n"
HABITS = {
    "mboxo": [FROM + a_message("1", QUOTED) + b"\n", FROM + a_message("2")],
    "mboxrd": [FROM + a_message("1", QUOTED.replace(b">", b">>")) + b"\n", FROM + a_message("2")],
    "mboxcl": [
        FROM + a_message("1", QUOTED, b"Content-Length: %d\n" % len(QUOTED)) + b"\n",
        FROM + a_message("2", b"text\n", b"Content-Length: 5\n"),
    ],
    "mboxcl2": [
        FROM + a_message("1", SEPARATING, b"Content-Length: %d\n" % len(SEPARATING)) + b"\n",
        FROM + a_message("2", b"text\n", b"Content-Length: 5\n"),
    ],
    "lying length": [
        FROM + a_message("1", BODY, b"Content-Length: 9999\n") + b"\n",
        FROM + a_message("2", BODY, b"Content-Length: 3\n"),
    ],
}


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_an_mbox_is_divided_whatever_its_quoting(tmp_path: Path, habit: str, line_end: bytes) -> None:
    messages = [one.replace(b"\n", line_end) for one in HABITS[habit]]
    if line_end == b"\r\n" and "cl" in habit:
        pytest.skip("a stated length goes with the line ends that it was counted with")
    (tmp_path / "box").write_bytes(b"".join(messages))
    assert originals(tmp_path / "box") == messages


def test_a_file_of_one_message_stays_whole(tmp_path: Path) -> None:
    raw = FROM + a_message("1", BODY + b"\n\n")
    (tmp_path / "one").write_bytes(raw)
    (one,) = originals_in(tmp_path / "one")
    assert isinstance(one, Original)
    assert (one.raw, one.position) == (raw, 0)


def test_messages_of_an_mbox_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(b"\n".join([FROM + a_message(str(number)) for number in range(3)]))
    assert [one.position for one in originals_in(tmp_path / "box")] == [1, 2, 3]


def test_folders_are_walked_by_name_and_maildirs_by_their_rules(tmp_path: Path) -> None:
    for name in (
        "b.eml", "a/1", "a/2", ".hidden", "Maildir/cur/1:2,S", "Maildir/new/2", "Maildir/tmp/3",
        "Maildir/dovecot-uidlist", "Maildir/.Sent/cur/4", "Maildir/.Sent/new/5", ".cache/x",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(a_message(name))
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [str(path.relative_to(tmp_path)) for path in mail_files([tmp_path]) if isinstance(path, Path)]
    assert found == [
        "Maildir/.Sent/cur/4", "Maildir/.Sent/new/5", "Maildir/cur/1:2,S", "Maildir/new/2", "a/1", "a/2", "b.eml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        (b"\x89PNG\r\n", "no message"),
        (b"PK\x03\x04", "no message"),
        (b"%PDF-1.7", "no message"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook"),
        (b"!BDN", "Outlook"),
    ],
)
def test_what_certainly_is_no_message_is_refused(tmp_path: Path, beginning: bytes, words: str) -> None:
    (tmp_path / "x.eml").write_bytes(beginning + bytes(100))
    (refused,) = originals_in(tmp_path / "x.eml")
    assert isinstance(refused, Refused)
    assert words in refused.reason


@pytest.mark.parametrize("content", [b"", b"just a text\n", b"\0\0\0", b"Subject: x"])
def test_everything_else_is_taken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    assert originals(tmp_path / "x") == [content]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    found = list(mail_files([fifo, tmp_path / "missing"]))
    assert [type(one) for one in found] == [Refused, Refused]
