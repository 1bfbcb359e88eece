"""An SMTP server for the tests, on this machine, with TLS and a login, that keeps what it takes."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from exporters.smtp import SmtpServer

USER, PASSWORD = "anna", "пароль s3cret"
SENDER = "sales@tehnosoft.example"


def why_not() -> str:
    """Why there can be no server; empty where there can."""
    return "" if shutil.which("openssl") else "there is no openssl to make certificates with"


@dataclass
class Taken:
    """A message that the server took."""

    sender: str
    to: list[str]
    content: bytes


@dataclass
class PostOffice:
    """The running server, and what it has got; it refuses addresses that begin with ``nobody``."""

    certificate: Path
    port: int = 0
    taken: list[Taken] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if b"REFUSE ME" in envelope.content:
            return "554 the content is refused"
        self.taken.append(Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    def account(self, **other: Any) -> SmtpServer:
        """How the program is told of it."""
        given: dict[str, Any] = {
            "user": USER, "password": lambda: PASSWORD, "port": self.port, "ca_file": self.certificate,
        }  # fmt: skip
        return SmtpServer("localhost", SENDER, **{**given, **other})


@contextlib.contextmanager
def post_office(folder: Path, *, starttls: bool = False) -> Iterator[PostOffice]:
    """A running server."""
    certificate, key = folder / "localhost.pem", folder / "localhost.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    further = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *further], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    office = PostOffice(certificate)
    way: dict[str, Any] = {"tls_context": context, "require_starttls": True} if starttls else {"ssl_context": context}
    controller = Controller(
        office, hostname="localhost", port=_free_port(), authenticator=_authenticate, auth_required=True,
        auth_require_tls=starttls, **way,
    )  # fmt: skip
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
