"""Reading messages: one as a whole, its original, its thread. Nothing is parsed: the import stored what is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.base import plain_rows, tuples
from models.clients.tables import Client, Person
from models.errors import NotFound
from models.files import contents
from models.kinds import KINDS
from models.mail.tables import Message, MessageAddress, MessagePart, MessageText
from models.mail.vocabulary import defects_in_words
from models.writing import get


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody in a header of a message; ``role`` is from, to, cc or reply-to."""

    role: str
    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part that is no text: where it stands, a name safe to save under, and the one that the message gives."""

    position: int
    kind: str
    name: str
    shown_name: str
    content_type: str
    charset: str
    size: int


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message as it is read; ``headers`` are further ones by name, ``defects`` are in the operator's language."""

    id: int
    version: int
    subject: str
    moment: dt.datetime | None
    direction: str
    people: tuple[Correspondent, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    links: tuple[str, ...]
    parts: tuple[ReadPart, ...]
    client_id: int | None
    client_name: str
    person_id: int | None
    person_name: str
    filed_by: str
    thread: int
    state: str
    defects: tuple[str, ...]
    message_id: str
    size: int
    source: str


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A message among those of its thread."""

    id: int
    moment: dt.datetime | None
    direction: str
    sender: str
    subject: str
    preview: str
    attachments: int


def read_message(message_id: int) -> ReadMessage:
    """A message with all that is shown of it; raises ``NotFound``."""
    message = get(Message, message_id)
    text, links, headers = _text_of(message_id)
    return ReadMessage(
        id=message.id, version=message.version, subject=message.subject, moment=message.moment,
        direction=message.direction, people=_people(message_id), headers=headers, text=text, links=links,
        parts=_parts(message_id), client_id=message.client_id, client_name=_name_of(message.client),
        person_id=message.person_id, person_name=_name_of(message.person), filed_by=message.filed_by,
        thread=message.thread, state=message.state, defects=defects_in_words(message.defects),
        message_id=message.message_id, size=message.size, source=message.source,
    )  # fmt: skip


def _name_of(record: Client | Person | None) -> str:
    return "" if record is None else record.name


def _text_of(message_id: int) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    from zstandard import ZstdDecompressor

    found = plain_rows(
        MessageText.select(MessageText.compressed, MessageText.links, MessageText.headers).where(
            MessageText.message == message_id
        )
    )
    if not found:
        return "", (), ()
    compressed, links, headers = found[0]
    text = b"".join(ZstdDecompressor().read_to_iter(bytes(compressed))).decode()
    lines = [line.partition(": ") for line in headers.split("\n") if line]
    return text, tuple(filter(None, links.split("\n"))), tuple((name, value) for name, _colon, value in lines)


def _people(message_id: int) -> tuple[Correspondent, ...]:
    columns = (MessageAddress.role, MessageAddress.name, MessageAddress.address)
    query = MessageAddress.select(*columns).where(MessageAddress.message == message_id).order_by(MessageAddress.id)
    return tuple(Correspondent(*row) for row in plain_rows(query))


def _parts(message_id: int) -> tuple[ReadPart, ...]:
    columns = (
        MessagePart.position, MessagePart.kind, MessagePart.name, MessagePart.shown_name, MessagePart.content_type,
        MessagePart.charset, MessagePart.size,
    )  # fmt: skip
    query = MessagePart.select(*columns).where(MessagePart.message == message_id).order_by(MessagePart.position)
    return tuple(ReadPart(*row) for row in plain_rows(query))


def original(message_id: int) -> bytes:
    """The message byte for byte as it came; raises ``NotFound``. An attachment alone: importers.mail_parts."""
    return contents.read(get(Message, message_id).sha256)


def thread_of(message_id: int) -> list[ThreadLine]:
    """All messages of the message's thread, the oldest first; those without a date at the beginning."""
    thread = get(Message, message_id).thread
    query = Message.select(
        Message.id, Message.moment, Message.direction, Message.sender_name, Message.sender_address, Message.subject,
        Message.preview, Message.attachments,
    ).where(Message.thread == thread)  # fmt: skip
    lines = [
        ThreadLine(i, moment, direction, name or address, subject, preview, attachments)
        for i, moment, direction, name, address, subject, preview, attachments in tuples(query)
    ]
    return sorted(lines, key=lambda line: (line.moment or dt.datetime.min, line.id))


def next_in_thread(message_id: int) -> int | None:
    """The id of the next message of the thread; None after the last."""
    return _beside(message_id, 1)


def previous_in_thread(message_id: int) -> int | None:
    """The id of the message before in the thread; None before the first."""
    return _beside(message_id, -1)


def _beside(message_id: int, step: int) -> int | None:
    ids = [line.id for line in thread_of(message_id)]
    place = ids.index(message_id) + step
    return ids[place] if 0 <= place < len(ids) else None


def message_named(name: str) -> int:
    """The id of the message that ``#7`` or a Message-ID means, of copies the last that came; raises ``NotFound``."""
    if name.startswith("#") and name[1:].isdecimal() and name.isascii():
        return int(get(Message, int(name[1:])).id)
    of_name = Message.select(Message.id).where(Message.message_id == name.strip().strip("<>"))
    found = of_name.order_by(Message.id.desc()).limit(1).scalar() if name.strip() else None
    if found is None:
        raise NotFound(KINDS["message"].title, name)
    return int(found)
