"""The quick message answers as Python's own does, whatever it is made from and whatever is asked of it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.mail_message import QuickMessage, message_of
from importers.mail_wrapping import HEAD, wanted_fields

NAMES = ["Subject", "subject", "Content-Type", "content-type", "Content-Disposition", "Content-Transfer-Encoding", "To"]
VALUES = [
    "text/plain", "text/plain; charset=koi8-r", "text/html; charset=\"utf-8\"; name*=utf-8''%D1%8F.txt", "TEXT",
    "a/b/c", "multipart/mixed; boundary=x", "message/rfc822", "attachment; filename=a.txt", "base64",
    "quoted-printable", "hello", "", "two\n lines", "crlf\r\n lines", "lone\rreturn", "\xd0\xbf\xd1\x80", "  spaces  ",
]  # fmt: skip
BODIES = [
    "", "\n", "\r\n", "\ntext\n", "\r\ntext\r\nmore\rlone", "no empty line\n", "\n--x\n\npart\n--x--\n",
    "\nSubject: inside\n\ntext", "\n=D0=BF", "\n0L8=\n", "\n\xff\xfe\x00",
]  # fmt: skip
ENDS = ["\n", "\r\n"]


def said(message: Message) -> list[object]:
    """What a parser asks of a message, more than once."""
    found: list[object] = [list(message.raw_items()), [type(one).__name__ for one in message.defects], message.preamble]
    for _time in (1, 2):
        for part in message.walk():
            found += [
                part.get_content_type(), part.get_content_maintype(), part.get_content_charset(), part.get_filename(),
                part.get_content_charset("utf-8"), part.get_content_disposition(), part.get_param("charset"),
                part.get_param("boundary", "none"), part.get_param("name", unquote=False), str(part.get("subject")),
                part.get("SUBJECT") is None, part.get("absent", "none"), [str(value) for value in part.values()],
                None if part.is_multipart() else (part.get_payload(), part.get_payload(decode=True)),
            ]  # fmt: skip
    return found


fields_given = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES), st.sampled_from(ENDS)), max_size=6)


@given(fields_given, st.sampled_from(BODIES))
def test_it_is_what_python_reads(fields: list[tuple[str, str, str]], body: str) -> None:
    head = "".join(f"{name}: {value}{end}" for name, value, end in fields)
    whole = (head + body).encode("latin-1")
    found = HEAD.match(whole)
    assert found is not None
    wanted, _cut = wanted_fields(found[0])
    rest = whole[found.end() :]
    assert said(message_of(wanted, rest)) == said(message_from_bytes(b"".join(wanted) + rest))


@pytest.mark.parametrize("field", [b"Subject : a\n", b"Content-Type\t: text/html\n"])
def test_a_space_before_the_colon_is_read_by_the_rules_of_python(field: bytes) -> None:
    assert said(message_of([field], b"\ntext")) == said(message_from_bytes(field + b"\ntext"))


def test_what_it_has_answered_it_forgets_when_its_headers_change() -> None:
    message = QuickMessage()
    assert (message.get("Content-Type"), message.get_content_type()) == (None, "text/plain")
    message["Content-Type"] = "text/html; charset=utf-8"
    assert (message.get_content_type(), message.get_param("charset")) == ("text/html", "utf-8")
    message.set_raw("X-Other", "1")
    assert message.get("x-other") == "1"
    del message["Content-Type"]
    assert (message.get_param("charset", "none"), message.get_content_type()) == ("none", "text/plain")
    message.set_default_type("message/rfc822")
    assert message.get_content_type() == "message/rfc822"
