"""Small letters for the tests: made in one line, and taken into the archive as an import does it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from zstandard import ZstdCompressor

from models.files.contents import content_of
from models.importing import Acceptance, Incoming
from models.mail.incoming import IncomingMessage
from models.mail.intake import Arrived, MailIntake, keep_originals
from models.mail.own import own_addresses
from models.mail.stemming import index_text
from models.mail.subjects import is_reply, topic
from models.mail.tables import Message
from models.writing import Actor

OURS = "office@dealer.example"
_DAY = dt.datetime(2026, 10, 1, 7, 0)


def a_letter(
    sender: str = "pyotr@romashka.example",
    subject: str = "Счёт",
    text: str = "Просим выставить счёт.",
    *,
    to: Sequence[str] = (OURS,),
    message_id: str = "",
    after: Sequence[str] = (),
    days: float = 0,
    **further: Any,
) -> IncomingMessage:
    """A letter to us, unless it says otherwise; ``after`` are the Message-IDs that it answers."""
    message_id = message_id or hashlib.sha256(f"{sender}{subject}{text}{days}".encode()).hexdigest()[:12] + "@test"
    people = (("from", "", sender), *(("to", "", one) for one in to))
    raw = f"From: {sender}\nMessage-ID: <{message_id}>\nSubject: {subject}\n\n{text}\n".encode()
    about = topic(subject)
    return IncomingMessage(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        message_id=message_id,
        references=tuple(after),
        moment=_DAY + dt.timedelta(days=days),
        subject=subject,
        reply=is_reply(subject),
        topic=about,
        people=people,
        compressed=ZstdCompressor().compress(text.encode()),
        preview=text[:160],
        words=f"{index_text([subject, text, sender, *to])} {about}",
        **further,
    )


def take(by: Actor, *letters: IncomingMessage, owner: str = "dealer.example") -> list[int]:
    """Take letters into the archive in one batch; returns the ids of their messages."""
    keep_originals(by, [Arrived(content_of(_raw(one)), "test") for one in letters])
    acceptance = Acceptance(MailIntake(own_addresses([owner]), lambda one, other: one == other), by)
    acceptance.take([Incoming(number, {"message": one}) for number, one in enumerate(letters, 1)])
    return [Message.get(Message.sha256 == one.sha256).id for one in letters]


def _raw(letter: IncomingMessage) -> bytes:
    text = letter.preview
    head = f"From: {letter.sender[2]}\nMessage-ID: <{letter.message_id}>\nSubject: {letter.subject}\n\n"
    return f"{head}{text}\n".encode()


def filed(message_id: int) -> tuple[int | None, str]:
    """The client of a message, and by what it was filed."""
    message = Message.get(Message.id == message_id)
    return message.client_id, message.filed_by
