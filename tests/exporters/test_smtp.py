"""Sending through a server: what arrives, and how each refusal reads."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from exporters.smtp import Attachment, SmtpServer, checked_addresses, composed, deliver
from models.errors import RuleBroken
from tests.exporters.smtp_server import SENDER, PostOffice, post_office, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is one")
TO = ("orlova@ural.example",)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    """A server that speaks TLS from the first byte."""
    with post_office(tmp_path_factory.mktemp("smtp")) as office:
        yield office


@pytest.fixture
def office(running: PostOffice) -> PostOffice:
    """The server, with nothing taken yet."""
    running.taken.clear()
    return running


def a_message(server: SmtpServer, subject: str = "Счёт № 26-00045") -> bytes:
    return composed(server, "Анна Котова", TO, subject, "Добрый день!\nСчёт во вложении.", [PDF])


PDF = Attachment("Счёт 26-00045.pdf", b"%PDF-1.7 \r\n\n\x00\xff")


def test_a_message_arrives_as_it_was_composed(office: PostOffice) -> None:
    server = office.account()
    raw = a_message(server)
    assert deliver(server, raw, TO) == ""
    (taken,) = office.taken
    assert (taken.sender, taken.to, taken.content) == (SENDER, list(TO), raw)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert (message["Subject"], message["To"]) == ("Счёт № 26-00045", "orlova@ural.example")
    assert message["From"] == f"Анна Котова <{SENDER}>" and message["Message-ID"].endswith("@tehnosoft.example>")
    body = message.get_body()
    assert body is not None and body.get_content().splitlines() == ["Добрый день!", "Счёт во вложении."]
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (PDF.name, PDF.content)


def test_starttls(tmp_path: Path) -> None:
    with post_office(tmp_path, starttls=True) as office:
        server = office.account(starttls=True)
        deliver(server, a_message(server), TO)
        assert len(office.taken) == 1


def test_no_subject_makes_a_header_of_its_own(office: PostOffice) -> None:
    raw = a_message(office.account(), "Счёт\r\nBcc: thief@evil.example\n\nбез тела")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Bcc"] is None and "Bcc: thief" in message["Subject"]


def test_one_of_two_is_not_reached(office: PostOffice) -> None:
    server, to = office.account(), (*TO, "nobody@ural.example")
    assert "does not deliver to nobody@ural.example: no such mailbox here" in deliver(server, a_message(server), to)
    assert office.taken[0].to == list(TO)


@pytest.mark.parametrize(
    ("other", "subject", "to", "says"),
    [
        ({"ca_file": None}, "", TO, "does not prove that it is localhost"),
        ({"password": lambda: "wrong"}, "", TO, "refuses the login of anna"),
        ({}, "", ("nobody@ural.example",), "does not deliver to nobody@ural.example"),
        ({}, "REFUSE ME", TO, "did not take the message: the content is refused"),
    ],
)
def test_refusals_are_told(
    office: PostOffice, other: dict[str, object], subject: str, to: tuple[str, ...], says: str
) -> None:
    server = office.account(**other)
    with pytest.raises(RuleBroken, match=says) as told:
        deliver(server, a_message(server, subject), to)
    assert "s3cret" not in str(told.value)
    assert office.taken == []


def test_a_server_by_another_name_than_its_certificate_says_gets_nothing(office: PostOffice) -> None:
    server = SmtpServer("127.0.0.1", SENDER, port=office.port, ca_file=office.certificate)
    with pytest.raises(RuleBroken, match=r"127\.0\.0\.1 does not prove"):
        deliver(server, a_message(server), TO)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = SmtpServer("127.0.0.1", SENDER, port=free.getsockname()[1])
    with pytest.raises(RuleBroken, match="cannot be reached on port"):
        deliver(server, a_message(server), TO)


def test_without_tls_only_this_machine() -> None:
    server = SmtpServer("smtp.example.ru", SENDER, plain=True)
    with pytest.raises(RuleBroken, match="Without TLS"):
        deliver(server, b"", TO)


def test_addresses_are_read_and_checked() -> None:
    assert checked_addresses(" a@b.ru, c@почта.рф;d@e.org ") == ("a@b.ru", "c@почта.рф", "d@e.org")
    for wrong in ("", "a", "a@b", "a@b.ru\r\nBcc:x@y.ru <z>", "имя@b.ru", "a@..ru"):
        with pytest.raises(RuleBroken):
            checked_addresses(wrong)


def test_a_message_that_answers_names_those_before_it_unbroken_and_none_that_is_no_identifier() -> None:
    long, last = "a" * 120 + "@b.example", "c@d.example"
    server = SmtpServer("localhost", "sales@tehnosoft.example")
    raw = composed(server, "Anna", TO, "Invoice", "text", [], answers=["evil\r\nBcc: x@y.example", long, last])
    head = raw.split(b"\r\n\r\n")[0].decode()
    assert f"In-Reply-To: <{last}>\r\nReferences: <{long}> <{last}>\r\n" in head
    assert "Bcc" not in head
    many = composed(server, "Anna", TO, "Invoice", "text", [], answers=[f"{n}{long}" for n in range(99)])
    (references,) = [line for line in many.decode().splitlines() if line.startswith("References:")]
    assert len(references) <= 998 and references.endswith(f"<98{long}>")
