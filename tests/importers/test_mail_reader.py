"""What is read of a message: its text in whatever character set, its people, its parts, and what is wrong with it."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest

from importers.mail_job import Job, PartJob, unpacked
from importers.mail_reader import answer, part, read_message

HEAD = b"From: Anna <Anna@Example.org>\nTo: b@example.org\nSubject: x\nDate: Thu, 1 Oct 2026 10:00:00 +0300\n"
RUSSIAN = "Добрый день! Высылаем счёт на оплату лицензий за октябрь."


def read(raw: bytes, **further: Any) -> dict[str, Any]:
    return read_message(raw, [], {}, **further)


def multipart(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    head = HEAD + b"MIME-Version: 1.0\nContent-Type: multipart/" + kind + b'; boundary="b"\n\n'
    return head + b"".join(b"--b\n" + one + b"\n" for one in parts) + b"--b--\n"


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "iso-8859-5"])
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_russian_letters_in_any_character_set(charset: str, encoding: str) -> None:
    data = RUSSIAN.encode(charset)
    body = base64.encodebytes(data) if encoding == "base64" else data
    subject = b"Subject: =?%s?b?%s?=\n" % (charset.encode(), base64.b64encode("Счёт".encode(charset)))
    head = HEAD.replace(b"Subject: x\n", subject) + b"Content-Type: text/plain; charset=%s\n" % charset.encode()
    found = read(head + b"Content-Transfer-Encoding: %s\n\n" % encoding.encode() + body)
    assert (found["subject"], found["text"], found["state"], found["defects"]) == ("Счёт", RUSSIAN, "whole", [])


@pytest.mark.parametrize("stated", ["", "us-ascii", "utf-8", "iso-8859-1", "x-unknown", "koi8-r"])
@pytest.mark.parametrize("true", ["windows-1251", "koi8-r"])
def test_a_missing_or_lying_character_set_is_seen_through(stated: str, true: str) -> None:
    typed = f"Content-Type: text/plain; charset={stated}\n".encode() if stated else b""
    found = read(HEAD + typed + b"Content-Transfer-Encoding: 8bit\n\n" + RUSSIAN.encode(true))
    assert found["text"] == RUSSIAN
    expected = {"": "", "us-ascii": "", true: "", "x-unknown": "charset x-unknown"}.get(
        stated, f"lying-charset {stated}"
    )
    assert " ".join(found["defects"]) == expected


@pytest.mark.parametrize("true", ["windows-1251", "koi8-r", "utf-8"])
def test_raw_letters_in_headers_are_read(true: str) -> None:
    head = "From: Пётр Сидоров <p@example.org>\nSubject: Высылаем счёт на оплату\n".encode(true)
    found = read(head + b"Date: Thu, 1 Oct 2026 10:00:00 +0300\n\n" + RUSSIAN.encode(true))
    assert found["subject"] == "Высылаем счёт на оплату"
    assert found["people"] == [("from", "Пётр Сидоров", "p@example.org")]


def test_html_becomes_text_and_its_links_are_listed() -> None:
    html = (
        "<html><head><style>p {}</style></head><body><p>Добрый день,</p><script>alert(1)</script>"
        '<p>смотрите <a href="https://example.org/a?b=1">здесь</a><img src="https://track.example/1.gif"></p></body>'
    )
    found = read(multipart(b"Content-Type: text/html; charset=utf-8\n\n" + html.encode()))
    assert [line.strip() for line in found["text"].split("\n") if line.strip()] == ["Добрый день,", "смотрите здесь"]
    assert found["links"] == ["https://example.org/a?b=1"]


def test_the_plain_text_is_taken_where_there_is_one() -> None:
    plain, html = b"Content-Type: text/plain\n\nplain https://example.org/x.", b"Content-Type: text/html\n\n<b>html</b>"
    found = read(multipart(plain, html, kind=b"alternative"))
    assert (found["text"], found["links"], found["parts"]) == (
        "plain https://example.org/x.",
        ["https://example.org/x"],
        [],
    )


def test_an_invitation_shows_its_event() -> None:
    event = (
        b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\n"
        b"DTSTART:20261005T090000Z\nSUMMARY:Demo\nLOCATION:Office 5\nATTENDEE;CN=Anna:mailto:a@example.org\n"
        b"END:VEVENT\nEND:VCALENDAR\n"
    )
    found = read(multipart(b"Content-Type: text/plain\n\nCome.", event))
    for words in ("Come.", "Invitation: Demo", "2026-10-05 09:00", "Office 5", "Anna <a@example.org>"):
        assert words in found["text"]
    assert [one["kind"] for one in found["parts"]] == ["calendar"]


def test_parts_are_listed_under_safe_names_and_come_back() -> None:
    file = b'Content-Disposition: attachment; filename="%s"\nContent-Type: application/pdf\n'
    raw = multipart(
        b"Content-Type: text/plain\n\nsee",
        file % b"../../../etc/passwd" + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"one"),
        file % b"=?utf-8?b?0YHRh9GR0YIucGRm?=" + b"\ntwo",
        b"Content-Type: application/ms-tnef; name=winmail.dat\n\nthree",
        b"Content-Type: application/pgp-signature\n\nfour",
    )
    found = read(raw)["parts"]
    assert [(one["name"], one["shown_name"], one["kind"], one["size"]) for one in found] == [
        ("passwd", "../../../etc/passwd", "attachment", 3),
        ("счёт.pdf", "счёт.pdf", "attachment", 3),
        ("winmail.dat", "winmail.dat", "tnef", 5),
        ("signature.asc", "signature.asc", "signature", 4),
    ]
    contents = [part(PartJob(raw, one["position"]).packed()) for one in found]
    assert contents == [b"+one", b"+two", b"+three", b"+four"]
    assert part(PartJob(raw, 9).packed()) == b""


def test_people_references_and_further_headers() -> None:
    found = read(
        HEAD + b'Cc: "C, D" <c@example.org>, e@example.org\nReply-To: r@example.org\nMessage-ID: <1@x>\n'
        b"References: <a@x> <b@x>\nIn-Reply-To: <b@x>\nUser-Agent: mutt\n\ntext\n"
    )  # fmt: skip
    assert found["people"] == [
        ("from", "Anna", "anna@example.org"), ("reply-to", "", "r@example.org"), ("to", "", "b@example.org"),
        ("cc", "C, D", "c@example.org"), ("cc", "", "e@example.org"),
    ]  # fmt: skip
    assert (found["message_id"], found["references"]) == ("1@x", ["a@x", "b@x"])
    assert ("User-Agent", "mutt") in found["headers"]
    assert found["moment"] == "2026-10-01T07:00:00"


@pytest.mark.parametrize(
    ("date", "moment", "defect"),
    [
        (b"Date: 1 Oct 26 10:00 +0300\n", "2026-10-01T07:00:00", ""),
        (b"Date: Fri, 31 Dec 1999 23:00:00 -0500\n", "2000-01-01T04:00:00", ""),
        (b"", "2026-10-01T08:00:00", "no-date"),
        (b"Date: yesterday\n", "2026-10-01T08:00:00", "odd-date yesterday"),
        (b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n", "2026-10-01T08:00:00", "odd-date Thu, 1 Jan 1970 00:00:00 +0000"),
    ],
)
def test_odd_dates(date: bytes, moment: str, defect: str) -> None:
    received = b"Received: from a by b;\n Thu, 1 Oct 2026 11:00:00 +0300\n"
    found = read(received + b"From: a@example.org\n" + date + b"\ntext\n")
    assert (found["moment"], " ".join(found["defects"])) == (moment, defect)


def test_a_message_without_any_date_has_none() -> None:
    assert read(b"From: a@example.org\n\ntext\n")["moment"] is None
    assert read(b"From a@example.org Thu Oct  1 10:00:00 2026\nSubject: x\n\ntext\n")["moment"] == "2026-10-01T10:00:00"


def test_the_beginning_is_what_the_sender_wrote_himself() -> None:
    found = read(HEAD + b"\n> quoted\n\nAgreed,\n  thank you.\n> quoted again\n")
    assert found["preview"] == "Agreed, thank you."


def test_a_plain_reading_takes_nothing_apart() -> None:
    found = read(multipart(b"Content-Type: text/plain\n\nsee"), plainly=True)
    assert (found["subject"], found["parts"]) == ("x", [])
    assert found["text"].startswith("--b\nContent-Type: text/plain")


def test_a_job_and_its_answer_travel_as_bytes() -> None:
    found = unpacked(answer(Job(HEAD + b"\ntext\n", language="ru", defects=["nul"]).packed()))
    assert (found["subject"], found["defects"], found["state"]) == ("x", ["nul"], "broken")
    assert dt.datetime.fromisoformat(found["moment"]) == dt.datetime(2026, 10, 1, 7, 0)
    assert isinstance(found["compressed"], bytes)
