"""What is new in a folder of a mail server: fetched by UID, without a change on the server, from where it was left.

The bytes come from imap-tools' client, as the server has them; its own messages are not byte for byte. How far a folder
was fetched is noted after the originals are kept, so that a cut connection costs no message and no second fetch.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importers.mail import MailImport, MailReport, Progress
from importers.mail_sources import LARGEST, Original, too_large
from models.actor import Actor
from models.errors import RuleBroken
from models.language import _
from models.mail.actions import fetched_up_to, note_fetched
from models.text import clean

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_TIMEOUT_SECONDS = 60.0
_SIZES_AT_ONCE = 1000
_FETCHED_AT_ONCE = 100
_BYTES_AT_ONCE = 8 << 20
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """A folder of a mail server, as the configuration file has it; ``password`` is asked for when it is needed."""

    name: str
    host: str
    user: str
    password: Callable[[], str]
    port: int = 993
    folder: str = "INBOX"
    ca_file: Path | None = None
    """The certificate of an own authority, beside those that the system trusts."""
    plain: bool = False
    """Without TLS; only for a server on this machine."""


def fetch(
    account: ImapAccount,
    actor: Actor,
    owner_addresses: Iterable[str] = (),
    progress: Progress = lambda done, total: None,
) -> MailReport:
    """Take what is new; raises ``RuleBroken`` when the server cannot be reached, is not the one, or refuses the login.

    A connection that is cut later is told in the report (``cut``); what had come is in.
    """
    with _logged_in(account) as mailbox, MailImport(actor, owner_addresses) as work:
        try:
            _fetch(account, mailbox, work, actor, progress)
        except (OSError, imaplib.IMAP4.error) as error:
            work.report.cut = _("The connection to {host} was lost: {reason}.").format(
                host=account.host, reason=_reason(error)
            )
        work.finish()
        return work.report


@contextlib.contextmanager
def _logged_in(account: ImapAccount) -> Iterator[BaseMailBox]:
    from imap_tools import MailBox, MailboxLoginError, MailBoxUnencrypted

    if account.plain and account.host not in LOCAL_HOSTS:
        raise RuleBroken("plain", _("Without TLS only a server on this machine is asked."), _("Take plain out."))
    password = account.password()
    try:
        mailbox: BaseMailBox = (
            MailBoxUnencrypted(account.host, account.port, timeout=_TIMEOUT_SECONDS)
            if account.plain
            else MailBox(account.host, account.port, timeout=_TIMEOUT_SECONDS, ssl_context=_tls(account))
        )
    except ssl.SSLCertVerificationError as error:
        raise RuleBroken(
            "host",
            _("{host} does not prove that it is {host}: {reason}.").format(
                host=account.host, reason=error.verify_message or error.reason
            ),
            _("Ask who runs it; the certificate of an own authority is named by ca_file."),
        ) from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise _unreachable(account, error) from error
    try:
        login = mailbox.login if (account.user + password).isascii() else mailbox.login_utf8
        login(account.user, password, initial_folder=None)
        yield mailbox
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if mailbox.login_result is not None:
            raise
        raise RuleBroken(
            "user",
            _("{host} refuses the login of {user}.").format(host=account.host, user=account.user),
            _("Look at user and password in the configuration file."),
        ) from error
    finally:
        with contextlib.suppress(Exception):
            mailbox.logout()


def _tls(account: ImapAccount) -> ssl.SSLContext:
    """Certificates and names are verified, always: Python's own client would not."""
    context = ssl.create_default_context()
    if account.ca_file is not None:
        try:
            context.load_verify_locations(account.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise RuleBroken(
                "ca_file", _("{file} cannot be read: {reason}.").format(file=account.ca_file, reason=_reason(error))
            ) from error
    return context


def _unreachable(account: ImapAccount, error: Exception) -> RuleBroken:
    return RuleBroken(
        "host",
        _("{host} cannot be reached on port {port}: {reason}.").format(
            host=account.host, port=account.port, reason=_reason(error)
        ),
        _("Look at host and port in the configuration file, and at the network."),
    )


def _reason(error: Exception) -> str:
    return clean(str(getattr(error, "strerror", None) or error) or type(error).__name__)[:200]


def _fetch(account: ImapAccount, mailbox: BaseMailBox, work: MailImport, actor: Actor, progress: Progress) -> None:
    uidvalidity = _opened(account, mailbox)
    last = fetched_up_to(account.name, account.folder, uidvalidity)
    # “n:*” names the last message also where its UID is lower.
    found = mailbox.uids(f"UID {last + 1}:*")
    uids = sorted(uid for uid in map(int, filter(str.isdecimal, found)) if uid > last)
    source = clean(f"imap:{account.name}/{account.folder}")
    done = 0
    for some in _portions(mailbox, uids):
        bodies = _bodies(mailbox, [uid for uid, size in some if size <= LARGEST])
        for uid, size in some:
            if size > LARGEST:
                work.take(too_large(source, uid, size))
            elif uid in bodies:
                work.take(Original(bodies[uid], source, uid))
        work.keep()
        note_fetched(actor, account.name, account.folder, uidvalidity, some[-1][0])
        done += len(some)
        progress(done, len(uids))


def _opened(account: ImapAccount, mailbox: BaseMailBox) -> int:
    """Open the folder for reading only; returns its UIDVALIDITY."""
    from imap_tools import ImapToolsError

    try:
        mailbox.folder.set(account.folder, readonly=True)
        return int(mailbox.folder.status(account.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    except (ImapToolsError, KeyError) as error:
        raise RuleBroken(
            "folder",
            _("{host} has no folder {folder} to read.").format(host=account.host, folder=account.folder),
            _("Look at folder in the configuration file."),
        ) from error


def _portions(mailbox: BaseMailBox, uids: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """UIDs with the sizes of their messages, so many at a time as are fetched at once."""
    for start in range(0, len(uids), _SIZES_AT_ONCE):
        some = uids[start : start + _SIZES_AT_ONCE]
        sizes = _sizes(mailbox, some)
        portion: list[tuple[int, int]] = []
        total = 0
        for uid in some:
            size = sizes.get(uid, 0)
            if portion and (len(portion) >= _FETCHED_AT_ONCE or total + size > _BYTES_AT_ONCE):
                yield portion
                portion, total = [], 0
            portion.append((uid, size))
            total += size
        if portion:
            yield portion


def _sizes(mailbox: BaseMailBox, uids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for line in _fetched(mailbox, uids, "(UID RFC822.SIZE)"):
        head = line[0] if isinstance(line, tuple) else line
        uid, size = _UID.search(head), _SIZE.search(head)
        if uid and size:
            found[int(uid[1])] = int(size[1])
    return found


def _bodies(mailbox: BaseMailBox, uids: Sequence[int]) -> dict[int, bytes]:
    """The bytes of messages, by UID. The UID may stand before the literal or behind it."""
    found: dict[int, bytes] = {}
    data = _fetched(mailbox, uids, "(UID BODY.PEEK[])") if uids else []
    for number, line in enumerate(data):
        if not isinstance(line, tuple):
            continue
        behind = data[number + 1] if number + 1 < len(data) else b""
        uid = _UID.search(line[0]) or _UID.search(behind if isinstance(behind, bytes) else b"")
        if uid:
            found[int(uid[1])] = line[1]
    return found


def _fetched(mailbox: BaseMailBox, uids: Sequence[int], what: str) -> list[Any]:
    status, data = mailbox.client.uid("FETCH", ",".join(map(str, uids)), what)
    if status != "OK":
        raise imaplib.IMAP4.error(clean(str(data[:1]))[:200])
    return [line for line in data if line is not None]
