"""Which messages belong together: by their references, else by a subject that one of them answers.

Two messages that name the same third one belong together too, also where that one is not here, or comes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from peewee import fn

from models.base import database, plain_rows, stored_rows
from models.mail import words
from models.mail.incoming import IncomingMessage
from models.mail.subjects import is_reply
from models.mail.tables import Message, MessageAddress

WINDOW = dt.timedelta(days=30)
"""How far apart two messages may be that only their subject ties together."""
_CANDIDATES = 20


class Thread:
    """A thread while a batch is planned: the id of one that is there, or 0; merged ones lead to one of them."""

    __slots__ = ("id", "into", "merged")

    def __init__(self, thread_id: int = 0) -> None:
        self.id = thread_id
        self.into: Thread | None = None
        self.merged: list[int] = []
        """The ids of threads there that turn out to be this one."""

    def found(self) -> Thread:
        """The thread that this one has become."""
        thread = self
        while thread.into is not None:
            thread = thread.into
        return thread

    def take(self, other: Thread) -> None:
        """Make another thread a part of this one."""
        other.into = self
        if self.id == 0:
            self.id, other.id = other.id, 0
        self.merged += other.merged + ([other.id] if other.id and other.id != self.id else [])


class Threads:
    """The threads of one batch of messages, in the order in which they come."""

    def __init__(self, messages: Sequence[IncomingMessage]) -> None:
        self._by_id: dict[int, Thread] = {}
        named = {one.message_id for one in messages} | {name for one in messages for name in one.references}
        named.discard("")
        self._of_message = self._known(stored_rows(Message, ["message_id", "thread"], "message_id", list(named)))
        self._mentioned = self._known(_mentions(named))
        self._by_topic: dict[str, list[tuple[IncomingMessage, Thread]]] = {}

    def _known(self, rows: Iterable[tuple[str, int]]) -> dict[str, Thread]:
        found: dict[str, Thread] = {}
        for name, thread_id in rows:
            thread = self._by_id.setdefault(thread_id, Thread(thread_id))
            found[name] = _merged([found[name], thread]) if name in found else thread
        return found

    def of(self, message: IncomingMessage) -> Thread:
        """The thread of the next message."""
        names = [*reversed(message.references), message.message_id]
        found = [self._of_message[name] for name in names if name in self._of_message]
        found += [self._mentioned[name] for name in names if name in self._mentioned]
        if not found and message.topic and (tied := self._by_subject(message)):
            found = [tied]
        thread = _merged(found) if found else Thread()
        if message.message_id:
            self._of_message[message.message_id] = thread
        for name in message.references:
            self._mentioned[name] = thread
        self._by_topic.setdefault(message.topic, []).append((message, thread))
        return thread

    def _by_subject(self, message: IncomingMessage) -> Thread | None:
        """The thread of a message of the same subject, near in time, with somebody in common; one of both answers."""
        if message.moment is None:
            return None
        for other, thread in reversed(self._by_topic.get(message.topic, [])):
            near = other.moment is not None and abs(other.moment - message.moment) <= WINDOW
            if near and (message.reply or other.reply) and message.participants() & other.participants():
                return thread
        found = _same_subject(message)
        return self._by_id.setdefault(found, Thread(found)).found() if found else None


def _merged(threads: list[Thread]) -> Thread:
    first, *others = dict.fromkeys(thread.found() for thread in threads)
    for other in others:
        first.take(other)
    return first


def _mentions(names: set[str]) -> list[tuple[str, int]]:
    """Which threads name these messages as earlier ones."""
    if not names:
        return []
    marks = ", ".join([database.param] * len(names))
    sql = (
        "SELECT DISTINCT r.reference, m.thread FROM message_reference AS r JOIN message AS m ON m.id = r.message_id "
        f"WHERE r.reference IN ({marks})"
    )
    found: list[tuple[str, int]] = database.execute_sql(sql, tuple(names)).fetchall()
    return found


def _same_subject(message: IncomingMessage) -> int:
    """The thread of the nearest such message that is here already; 0 where there is none."""
    assert message.moment is not None
    ids = words.within(message.topic, message.moment - WINDOW, message.moment + WINDOW, _CANDIDATES)
    if not ids:
        return 0
    rows = {row[0]: row for row in stored_rows(Message, ["id", "thread", "subject"], "id", ids)}
    people: dict[int, set[str]] = {}
    for message_id, address in stored_rows(MessageAddress, ["message_id", "address"], "message_id", ids):
        people.setdefault(message_id, set()).add(address)
    ours = message.participants()
    for message_id in ids:
        _id, thread, subject = rows[message_id]
        if (message.reply or is_reply(subject)) and ours & people.get(message_id, set()):
            return int(thread)
    return 0


def sizes(threads: Iterable[int]) -> dict[int, int]:
    """How many messages threads have."""
    query = Message.select(Message.thread, fn.COUNT(Message.id)).where(Message.thread.in_(list(threads)))
    return dict(plain_rows(query.group_by(Message.thread)))
