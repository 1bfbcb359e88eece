"""Sending a message through the company's SMTP server: TLS always verified, every refusal in words."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path

from models.errors import RuleBroken
from models.language import _
from models.text import clean

_TIMEOUT_SECONDS = 60.0
_IDENTIFIER = re.compile(r"[!-;=?-~]+")
_LONGEST_LINE = 998
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_TLS_PORT, _SUBMISSION_PORT = 465, 587


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The server of the configuration file; ``password`` is asked for when it is needed, None: nobody logs in."""

    host: str
    sender: str
    """The address that messages come from."""
    name: str = ""
    """The name beside it; empty for that of the operator."""
    user: str = ""
    password: Callable[[], str] | None = None
    port: int = _TLS_PORT
    starttls: bool | None = None
    """Whether TLS begins by a command; None: by the port, 587 does."""
    ca_file: Path | None = None
    plain: bool = False
    """Without TLS; only for a server on this machine."""

    @property
    def begins_plainly(self) -> bool:
        """Whether TLS is asked for after the connection is made."""
        return self.port == _SUBMISSION_PORT if self.starttls is None else self.starttls


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message."""

    name: str
    content: bytes
    main_type: str = "application"
    sub_type: str = "pdf"


def checked_addresses(text: str) -> tuple[str, ...]:
    """The addresses of a text with commas between; raises ``RuleBroken`` where one is none, or there is none."""
    found = tuple(one for one in re.split(r"[,;\s]+", text.strip()) if one)
    for one in found:
        local, _at, domain = one.rpartition("@")
        if not _ADDRESS.fullmatch(one) or not local.isascii():
            raise RuleBroken("to", _("“{text}” is no e-mail address.").format(text=one))
        _idna(domain)
    if not found:
        raise RuleBroken("to", _("There is no address to write to."), _("Give one, or write it down at the client."))
    return found


def _idna(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError as error:
        raise RuleBroken("to", _("“{text}” is no e-mail address.").format(text=domain)) from error


def composed(
    server: SmtpServer,
    name: str,
    to: Sequence[str],
    subject: str,
    text: str,
    attachments: Sequence[Attachment],
    *,
    answers: Sequence[str] = (),
) -> bytes:
    """A message as it is sent and kept, byte for byte; ``answers`` are the Message-IDs before it, the nearest last."""
    (sender,) = checked_addresses(server.sender)
    thread = _identifiers(answers)
    # A long identifier that is folded becomes an encoded word, which no reader takes for one.
    message = EmailMessage(policy=SMTP.clone(max_line_length=_LONGEST_LINE) if thread else SMTP)
    message["From"] = _address(sender, server.name or name)
    message["To"] = [_address(one, "") for one in to]
    message["Subject"] = clean(subject)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=_idna(sender.rpartition("@")[2]))
    if thread:
        message["In-Reply-To"] = thread[-1]
        message["References"] = " ".join(thread)
    message.set_content(clean(text, multiline=True) + "\n")
    for one in attachments:
        message.add_attachment(one.content, maintype=one.main_type, subtype=one.sub_type, filename=clean(one.name))
    return message.as_bytes()


def _identifiers(names: Sequence[str]) -> list[str]:
    """The nearest Message-IDs that fit on a line, as headers write them; those that a header cannot hold are out."""
    found: list[str] = []
    length = len("References:")
    for name in reversed(names):
        length += len(name) + 3
        if _IDENTIFIER.fullmatch(name) and length < _LONGEST_LINE:
            found.insert(0, f"<{name}>")
        elif not found:
            return []
    return found


def _address(address: str, name: str) -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(display_name=clean(name), username=local, domain=_idna(domain))


def deliver(server: SmtpServer, message: bytes, to: Sequence[str]) -> str:
    """Hand a message to the server; says whom of ``to`` it does not deliver to, nothing where it does to all.

    Raises ``RuleBroken`` where the server does not take it for anybody.
    """
    recipients = [f"{local}@{_idna(domain)}" for local, _at, domain in (one.rpartition("@") for one in to)]
    with _connected(server) as connection:
        try:
            unreached = connection.sendmail(server.sender, recipients, message)
        except smtplib.SMTPRecipientsRefused as error:
            raise RuleBroken("to", _not_taken(server, error.recipients)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise RuleBroken(
                "server", _("{host} did not take the message: {reason}.").format(host=server.host, reason=_why(error))
            ) from error
    return _not_taken(server, unreached) if unreached else ""


def _not_taken(server: SmtpServer, refused: dict[str, tuple[int, bytes]]) -> str:
    addresses = ", ".join(clean(address) for address in refused)
    reason = clean(next(iter(refused.values()))[1].decode(errors="replace"))[:200]
    return _("{host} does not deliver to {addresses}: {reason}.").format(
        host=server.host, addresses=addresses, reason=reason
    )


@contextlib.contextmanager
def _connected(server: SmtpServer) -> Iterator[smtplib.SMTP]:
    if server.plain and server.host not in _LOCAL_HOSTS:
        raise RuleBroken("plain", _("Without TLS only a server on this machine is asked."), _("Take plain out."))
    password = server.password() if server.password is not None else ""
    connection = _opened(server)
    try:
        if server.user:
            _log_in(server, connection, password)
        yield connection
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def _opened(server: SmtpServer) -> smtplib.SMTP:
    try:
        if server.plain:
            return smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
        if not server.begins_plainly:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_SECONDS, context=_tls(server))
        connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.starttls(context=_tls(server))
        except BaseException:
            connection.close()
            raise
        return connection
    except ssl.SSLCertVerificationError as error:
        raise RuleBroken(
            "host",
            _("{host} does not prove that it is {host}: {reason}.").format(
                host=server.host, reason=error.verify_message or error.reason
            ),
            _("Ask who runs it; the certificate of an own authority is named by ca_file."),
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise RuleBroken(
            "host",
            _("{host} cannot be reached on port {port}: {reason}.").format(
                host=server.host, port=server.port, reason=_why(error)
            ),
            _("Look at host and port in the configuration file, and at the network."),
        ) from error


def _tls(server: SmtpServer) -> ssl.SSLContext:
    """Certificates and names are verified, always."""
    context = ssl.create_default_context()
    if server.ca_file is not None:
        try:
            context.load_verify_locations(server.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise RuleBroken(
                "ca_file", _("{file} cannot be read: {reason}.").format(file=server.ca_file, reason=_why(error))
            ) from error
    return context


def _log_in(server: SmtpServer, connection: smtplib.SMTP, password: str) -> None:
    try:
        if (server.user + password).isascii():
            connection.login(server.user, password)
        else:
            _log_in_by_utf8(connection, server.user, password)
    except (OSError, UnicodeError, smtplib.SMTPException) as error:
        raise RuleBroken(
            "user",
            _("{host} refuses the login of {user}.").format(host=server.host, user=server.user),
            _("Look at user and password in the configuration file."),
        ) from error


def _log_in_by_utf8(connection: smtplib.SMTP, user: str, password: str) -> None:
    """AUTH PLAIN as RFC 4616 has it; smtplib knows ASCII alone."""
    connection.ehlo_or_helo_if_needed()
    code, said = connection.docmd("AUTH", "PLAIN " + b64encode(f"\0{user}\0{password}".encode()).decode())
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return clean(said.decode(errors="replace") if isinstance(said, bytes) else str(said))[:200]
    return clean(str(getattr(error, "strerror", None) or error) or type(error).__name__)[:200]
