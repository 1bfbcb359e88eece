"""The message inside what mail programs wrap around it, and what of a large one is parsed."""

from __future__ import annotations

import base64

import pytest

from importers.mail_wrapping import LARGE, after_from_line, core_hash, reduced, unwrapped, wanted_fields

FROM = b"From anna@example.org Thu Oct  1 10:00:00 2026\n"
HEAD = b"From: anna@example.org\nSubject: x\n"


@pytest.mark.parametrize(
    ("wrapped", "inside"),
    [
        (FROM + HEAD + b"\n>From here on\n>>From there\n", HEAD + b"\nFrom here on\n>From there\n"),
        (
            FROM + HEAD + b"Content-Length: 15\n\n>From here on\nx\n",
            HEAD + b"Content-Length: 15\n\nFrom here on\nx\n",
        ),
        (
            FROM + HEAD + b"Content-Length: 27\n\nFrom here on\n>From quoted\n",
            HEAD + b"Content-Length: 27\n\nFrom here on\n>From quoted\n",
        ),
        (HEAD + b"\n>From is quoted\n", HEAD + b"\n>From is quoted\n"),
        (b"From here on it is a text.\n\nNo message.\n", b"From here on it is a text.\n\nNo message.\n"),
        (b"", b""),
    ],
    ids=["mboxrd", "mboxcl", "mboxcl2", "no mbox", "a text", "empty"],
)
def test_a_message_is_unwrapped(wrapped: bytes, inside: bytes) -> None:
    assert unwrapped(wrapped) == inside


@pytest.mark.parametrize(
    "line",
    [
        b"From anna@example.org Thu Oct  1 10:00:00 2026\n",
        b"From MAILER-DAEMON Thu Oct  1 10:00 2026\n",
        b"From anna@example.org  Thu Oct 01 10:00:00 +0300 2026\r\n",
        b"From - Thu Oct  1 10:00:00 2026\n",
        b"From somebody without a date\n",
    ],
)
def test_from_lines_of_many_programs_are_known(line: bytes) -> None:
    assert after_from_line(line + HEAD) == len(line)


def test_copies_of_a_message_have_one_core() -> None:
    message = HEAD + b"\nFrom here on\n"
    copies = [
        message,
        message.replace(b"\n", b"\r\n"),
        FROM + HEAD + b"\n>From here on\n\n",
        FROM + HEAD + b"Status: RO\nX-UID: 5\nX-Keywords:\n  a\n\n>From here on\n",
    ]
    assert len({core_hash(copy) for copy in copies}) == 1
    assert core_hash(message + b"more\n") != core_hash(message)


def test_headers_that_are_not_shown_are_left_out_and_long_ones_cut() -> None:
    fields, cut = wanted_fields(b"X-Spam: no\n  more\nSubject: a\n b\nReceived: x\nTo: y\n")
    assert (fields, cut) == ([b"Subject: a\n b\n", b"To: y\n"], False)
    fields, cut = wanted_fields(b"Subject: " + b"x" * 100_000 + b"\n")
    assert (len(b"".join(fields)), cut) == ((16 << 10) + 1, True)


def test_a_large_attachment_is_left_out_before_parsing() -> None:
    data = base64.encodebytes(bytes(4 << 20))
    head = HEAD + b"Content-Transfer-Encoding: base64\n\n"
    small = reduced(head + data)
    ((mark, left_out),) = small.cuts.items()
    assert mark.encode() in small.data
    assert len(small.data) < 20_000
    beginning = small.data.removeprefix(head).partition(mark.encode())[0]
    assert data.startswith(beginning)
    assert left_out == len(data.replace(b"\n", b"")) - len(beginning.replace(b"\n", b""))
    assert small.defects == []


def test_what_is_still_too_large_is_cut_and_said() -> None:
    small = reduced(HEAD + b"\n" + b"line after line\n" * (LARGE // 8))
    assert len(small.data) <= LARGE
    assert small.defects[0].startswith("text-cut ")
    small = reduced(HEAD + b"X-A: b\n" * 500_000 + b"\nbody\n")
    assert small.data == HEAD + b"\nbody\n"
    assert small.defects[0].startswith("headers-cut ")
