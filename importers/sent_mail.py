"""What the program itself sends, into the archive: as it was sent, outgoing, filed under whom it is for."""

from __future__ import annotations

from importers.mail import MailImport
from importers.mail_sources import Original
from models.actor import Actor
from models.files.contents import content_of
from models.mail.sent import file_sent

SOURCE = "smtp"


def archive_sent(actor: Actor, raw: bytes, sender: str, client: int | None, person: int | None = None) -> int:
    """Keep a message that was sent from an address of ours; returns its id."""
    sha256 = content_of(raw).sha256
    with MailImport(actor, [sender]) as work:
        work.take(Original(raw, SOURCE))
        work.finish()
    return file_sent(actor, sha256, client, person)
