"""What a screen asks about one message: its place in the thread, its source, whom it may be filed under."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.base import tuples
from models.conditions import Condition
from models.files import contents
from models.mail.domains import company_domains, domain_of
from models.mail.guessing import Guess, guess_for, outer_addresses
from models.mail.lists import UNFILED
from models.mail.queries import ReadMessage, read_message
from models.mail.tables import Message
from models.writing import get

_BEGINNING = 40_000
_NO_OTHERS = ("utf", "ascii")
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w.:-]{2,40})", re.IGNORECASE)


BROKEN: Condition = Message.state != "whole"
"""The condition on messages in which something is damaged, or that could not be read."""


@dataclass(frozen=True, slots=True)
class Filing:
    """How a message is filed, or may be: the address of the other side, and its domain where it is a company's own."""

    message_id: int
    client_id: int | None
    client_name: str
    name: str
    address: str
    domain: str
    guess: Guess | None

    @property
    def remembers(self) -> str:
        """What is remembered when all of the other side's messages are filed: its domain, its address, or nothing."""
        return "domain" if self.domain else "address" if self.address else ""


def filing_of(message_id: int) -> Filing:
    """How a message is filed; of an unfiled one, the best guess. Raises ``NotFound``."""
    return filing_of_read(read_message(message_id))


def filing_of_read(message: ReadMessage) -> Filing:
    """The same of one that was read."""
    address = next(iter(outer_addresses(message)), "")
    name = next((one.name for one in message.people if one.address == address and one.name), "")
    domain = next(reversed(company_domains(domain_of(address))), "")
    guess = guess_for(message.id) if message.client_id is None else None
    return Filing(message.id, message.client_id, message.client_name, name, address, domain, guess)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits to be filed."""

    id: int
    sender: str
    subject: str
    moment: dt.datetime | None


def waiting_messages(limit: int) -> tuple[list[Waiting], int]:
    """The newest messages that wait to be filed, and how many do."""
    columns = (Message.id, Message.sender_name, Message.sender_address, Message.subject, Message.moment)
    query = Message.select(*columns).where(UNFILED).order_by(Message.moment.desc(), Message.id.desc()).limit(limit)
    rows = [Waiting(i, name or address, subject, moment) for i, name, address, subject, moment in tuples(query)]
    return rows, Message.select().where(UNFILED).count() if len(rows) == limit else len(rows)


def thread_ids(message_id: int) -> list[int]:
    """The ids of all messages of the message's thread, the oldest first; those without a date at the beginning."""
    thread = Message.select(Message.thread).where(Message.id == message_id)
    query = Message.select(Message.id, Message.moment).where(Message.thread == thread)
    order = sorted((moment is not None, moment, i) if moment else (False, None, i) for i, moment in tuples(query))
    return [i for _dated, _moment, i in order]


def original_pieces(message_id: int) -> Iterator[bytes]:
    """The message as it came, piece by piece; raises ``NotFound``."""
    return contents.pieces(get(Message, message_id).sha256)


def beginning_of_source(message_id: int) -> list[str]:
    """The first lines of the message as it came, as text; raises ``NotFound``."""
    beginning = next(original_pieces(message_id), b"")[:_BEGINNING]
    charset = charset_of_source(beginning)
    return [source_text(line, charset) for line in beginning.splitlines()]


def charset_of_source(beginning: bytes) -> str:
    """The character set that the beginning of a source names first, where it is one that text can be in."""
    for found in _CHARSET.findall(beginning):
        name: str = found.decode("ascii", "replace")
        try:
            known = codecs.lookup(name).name
            "".encode(known)
        except (LookupError, UnicodeError):
            continue
        if not known.startswith(_NO_OTHERS):
            return known
    return ""


def source_text(line: bytes, charset: str) -> str:
    """A line of a source as text: UTF-8, else what the source says it is in, else with signs for what is neither."""
    for encoding in ("utf-8", charset):
        try:
            if encoding:
                return line.decode(encoding)
        except UnicodeError:
            continue
    return line.decode("utf-8", "backslashreplace")
