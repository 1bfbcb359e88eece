"""Fetching from a mail server: only what is new, nothing changed there, whatever happens to the line."""

from __future__ import annotations

import imaplib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from importers.imap import ImapAccount, fetch
from importers.mail import MailReport
from models.errors import RuleBroken
from models.mail.queries import original
from models.mail.tables import MailFolder, Message
from models.writing import Actor
from tests.importers import mail_server
from tests.importers.mail_server import PASSWORD, USER, Front, as_another_program

_folders = (f"Box{number}" for number in range(1000))


def a_message(number: int, size: int = 0) -> bytes:
    head = f"From: p{number}@romashka.example\r\nTo: office@dealer.example\r\nMessage-ID: <{number}@imap>\r\n"
    date = "Date: Thu, 1 Oct 2026 10:00:00 +0300\r\n"
    return (
        f"{head}Subject: Letter {number}\r\n{date}\r\n".encode() + "Привет\r\n".encode("koi8-r") + b"x" * size + b"\r\n"
    )


@dataclass
class Box:
    """A folder on the server, and how our program reaches it."""

    account: ImapAccount
    server_port: int
    front: Front

    def put(self, *messages: bytes) -> None:
        with as_another_program(self.server_port) as client:
            for message in messages:
                client.append(self.account.folder, "", "", message)

    def make_anew(self) -> None:
        with as_another_program(self.server_port) as client:
            client.delete(self.account.folder)
            client.create(self.account.folder)

    def flags(self) -> list[bytes]:
        with as_another_program(self.server_port) as client:
            client.select(self.account.folder, readonly=True)
            return [line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]


@pytest.fixture(scope="module")
def server_port() -> Iterator[int]:
    with mail_server.server() as port:
        yield port


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Path]]:
    if reason := mail_server.why_not():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("certificates")
    made = {name: mail_server.certificate(folder, name) for name in ("localhost", "elsewhere.example")}
    return made.__getitem__


@pytest.fixture
def box(server_port: int, certificates: Callable[[str], tuple[Path, Path]]) -> Iterator[Box]:
    certificate, key = certificates("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    folder = next(_folders)
    with as_another_program(server_port) as client:
        client.create(folder)
    with Front(server_port, context) as front:
        account = ImapAccount("office", "localhost", USER, lambda: PASSWORD, front.port, folder, certificate)
        yield Box(account, server_port, front)


def counts(report: MailReport) -> tuple[int, int, int]:
    return report.read, report.added, report.duplicate


def test_the_first_fetch_takes_all_byte_for_byte_and_the_next_only_what_is_new(director: Actor, box: Box) -> None:
    sent = [a_message(number) for number in range(5)]
    box.put(*sent)
    assert counts(fetch(box.account, director, ["dealer.example"])) == (5, 5, 0)
    assert [original(row.id) for row in Message.select().order_by(Message.id)] == sent
    assert Message.get(Message.subject == "Letter 2").source == f"imap:office/{box.account.folder}"
    assert counts(fetch(box.account, director)) == (0, 0, 0)
    box.put(a_message(5))
    assert counts(fetch(box.account, director)) == (1, 1, 0)
    folder = MailFolder.get()
    assert (folder.account, folder.folder, folder.last_uid) == ("office", box.account.folder, 106)


def test_nothing_is_changed_on_the_server(director: Actor, box: Box) -> None:
    box.put(a_message(1), a_message(2))
    fetch(box.account, director)
    assert not any(b"Seen" in line for line in box.flags())
    asked = b"".join(box.front.asked)
    assert b"EXAMINE" in asked
    assert b"BODY.PEEK[]" in asked
    assert not any(word in asked for word in (b"SELECT", b"STORE", b"EXPUNGE", b"BODY[]"))


def test_an_empty_folder_gives_nothing(director: Actor, box: Box) -> None:
    assert counts(fetch(box.account, director)) == (0, 0, 0)


def test_a_folder_that_was_made_anew_is_fetched_as_a_whole_and_nothing_twice(director: Actor, box: Box) -> None:
    box.put(a_message(1), a_message(2))
    fetch(box.account, director)
    before = MailFolder.get().uidvalidity
    box.make_anew()
    box.put(a_message(2), a_message(3))
    assert counts(fetch(box.account, director)) == (2, 1, 1)
    assert MailFolder.get().uidvalidity != before


def test_after_a_cut_connection_the_next_fetch_takes_the_rest(
    director: Actor, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.imap._FETCHED_AT_ONCE", 5)
    box.put(*(a_message(number, 2000) for number in range(20)))
    box.front.most = 30_000
    report = fetch(box.account, director)
    assert "lost" in report.cut
    assert 0 < report.added < 20
    taken = report.added
    assert MailFolder.get().last_uid == 100 + taken
    box.front.most = None
    report = fetch(box.account, director)
    assert (report.cut, counts(report)) == ("", (20 - taken, 20 - taken, 0))
    assert Message.select().count() == 20


def test_a_wrong_password_is_said_and_stands_nowhere(director: Actor, box: Box) -> None:
    with pytest.raises(RuleBroken, match="refuses the login of demouser") as refusal:
        fetch(replace(box.account, password=lambda: "S3CRET-x"), director)
    assert refusal.value.field == "user"
    assert "S3CRET" not in str(refusal.value)


def test_a_certificate_that_nobody_vouches_for_ends_it(director: Actor, box: Box) -> None:
    with pytest.raises(RuleBroken, match="does not prove"):
        fetch(replace(box.account, ca_file=None), director)
    assert b"LOGIN" not in b"".join(box.front.asked)


def test_a_certificate_of_another_name_ends_it(
    director: Actor, box: Box, certificates: Callable[[str], tuple[Path, Path]]
) -> None:
    certificate, key = certificates("elsewhere.example")
    box.front.context.load_cert_chain(certificate, key)
    with pytest.raises(RuleBroken, match="does not prove"):
        fetch(replace(box.account, ca_file=certificate), director)


def test_without_tls_only_a_server_on_this_machine_is_asked(director: Actor, box: Box) -> None:
    box.put(a_message(1))
    plain = replace(box.account, plain=True, ca_file=None)
    assert counts(fetch(replace(plain, host="127.0.0.1", port=box.server_port), director)) == (1, 1, 0)
    with pytest.raises(RuleBroken, match="this machine"):
        fetch(replace(plain, host="mail.example.org"), director)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"folder": "Missing"}, "no folder Missing"),
        ({"port": 1}, "cannot be reached"),
        ({"ca_file": Path("/no")}, "/no"),
    ],
)
def test_what_the_configuration_has_wrong_is_said(
    director: Actor, box: Box, wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        fetch(replace(box.account, **wrong), director)  # type: ignore[arg-type]


@pytest.fixture
def dovecot_account(certificates: Callable[[str], tuple[Path, Path]]) -> Iterator[ImapAccount]:
    if reason := mail_server.why_no_dovecot():
        pytest.skip(reason)
    certificate, key = certificates("localhost")
    # pytest's own folders are closed to the user that Dovecot works as.
    with tempfile.TemporaryDirectory(prefix="turbofly-dovecot-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with mail_server.dovecot(folder, certificate, key) as port:
            yield ImapAccount("office", "localhost", USER, lambda: PASSWORD, port, "Archive", certificate)


@pytest.mark.proof
def test_dovecot_gives_its_messages_byte_for_byte(director: Actor, dovecot_account: ImapAccount) -> None:
    account = dovecot_account
    context = ssl.create_default_context(cafile=str(account.ca_file))
    client = imaplib.IMAP4_SSL("localhost", account.port, ssl_context=context)
    client.login(USER, PASSWORD)

    def put(*messages: bytes) -> None:
        client.create(account.folder)
        for message in messages:
            assert client.append(account.folder, "", "", message)[0] == "OK"

    sent = [a_message(number, number * 100) for number in range(150)]
    put(*sent)
    assert counts(fetch(account, director)) == (150, 150, 0)
    assert [original(row.id) for row in Message.select().order_by(Message.id)] == sent
    put(a_message(150))
    assert counts(fetch(account, director)) == (1, 1, 0)
    client.select(account.folder, readonly=True)
    assert not any(b"\\Seen" in line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes))
    client.close()
    client.delete(account.folder)
    put(a_message(150), a_message(151))
    assert counts(fetch(account, director)) == (2, 1, 1)
    with pytest.raises(RuleBroken, match="refuses the login"):
        fetch(replace(account, password=lambda: "wrong"), director)
    client.logout()
