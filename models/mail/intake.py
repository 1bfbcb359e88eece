"""Taking messages into the archive: once each, filed, in their threads, to be found by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.base import database, plain_rows, stored_rows
from models.company.permissions import FILE_MAIL
from models.files import contents
from models.files.tables import StoredContent
from models.importing import Incoming, Plan, Step
from models.mail import words
from models.mail.filing import UNFILED, Addresses, Filed, clients_of_threads, other_side
from models.mail.incoming import IncomingMessage
from models.mail.own import OwnAddresses
from models.mail.tables import (
    Message,
    MessageAddress,
    MessagePart,
    MessageReference,
    WaitingOriginal,
)
from models.mail.threads import Thread, Threads, sizes
from models.writing import Change, action, insert_many

IMPORT = "import_mail"
_ROWS_OF_A_STEP = 20
SameMessage = Callable[[bytes, bytes], bool]


@dataclass(slots=True)
class _Planned:
    """A message with its place in the archive."""

    number: int
    message: IncomingMessage
    thread: Thread
    direction: str
    filed: Filed = UNFILED


class MailIntake:
    """Messages from outside; the value ``message`` of a row is an ``IncomingMessage`` whose original is kept.

    ``same`` says whether two originals are copies of one message, wrapped by different mail programs.
    """

    action = IMPORT
    permission = FILE_MAIL
    kinds = frozenset({"message", "email", "client", "person", "learned_address"})
    rows_at_once = 100

    def __init__(self, own: OwnAddresses, same: SameMessage) -> None:
        self._own = own
        self._same = same
        self._addresses = Addresses()
        self.filed_by: dict[int, str] = {}
        """By what messages are filed, by the numbers of their rows; whoever counts them takes them out."""

    def forget(self) -> None:
        """Read the clients' addresses again."""
        self._addresses = Addresses()

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge all rows: those that are there already are left out, the others get thread and client."""
        plan = Plan(rows=len(rows))
        new, copies = self._new(rows)
        plan.unchanged = len(rows) - len(new)
        if copies:
            plan.steps.append(Step(lambda _change: _drop(copies), (), adds=False))
        messages = [message for _number, message in new]
        threads = Threads(messages)
        planned = [_Planned(number, one, threads.of(one), self._direction(one)) for number, one in new]
        self._file(planned)
        self.filed_by.update((one.number, one.filed.by) for one in planned)
        for start in range(0, len(planned), _ROWS_OF_A_STEP):
            some = planned[start : start + _ROWS_OF_A_STEP]
            plan.steps.append(Step(_writer(some), tuple(one.number for one in some), adds=True))
        return plan

    def _direction(self, message: IncomingMessage) -> str:
        return self._own.direction(message.sender[2], [address for _role, _name, address in message.recipients])

    def _new(self, rows: Sequence[Incoming]) -> tuple[list[tuple[int, IncomingMessage]], list[str]]:
        """The messages that are not here yet, and the originals of those that are here in another wrapping."""
        given: list[tuple[int, IncomingMessage]] = [(row.number, row.values["message"]) for row in rows]
        hashes = [message.sha256 for _number, message in given]
        seen = {sha256 for (sha256,) in stored_rows(Message, ["sha256"], "sha256", hashes)}
        names = [message.message_id for _number, message in given if message.message_id]
        wrapped: dict[str, list[str]] = {}
        for name, sha256 in stored_rows(Message, ["message_id", "sha256"], "message_id", names):
            wrapped.setdefault(name, []).append(sha256)
        new, copies = [], []
        for number, message in given:
            if message.sha256 in seen:
                continue
            seen.add(message.sha256)
            others = wrapped.setdefault(message.message_id, []) if message.message_id else []
            if any(self._same(contents.read(message.sha256), contents.read(other)) for other in others):
                copies.append(message.sha256)
                continue
            others.append(message.sha256)
            new.append((number, message))
        return new, copies

    def _file(self, planned: Sequence[_Planned]) -> None:
        """By addresses first; then the rest by what is filed of their threads, here and in these rows."""
        for one in planned:
            one.filed = self._addresses.filed(other_side(one.message, one.direction))
        known = {one.thread.found().id for one in planned if not one.filed.by} - {0}
        clients: dict[Any, int | None] = dict(clients_of_threads(known))
        of_thread: dict[Thread, set[int]] = {}
        for one in planned:
            if one.filed.client_id is not None:
                of_thread.setdefault(one.thread.found(), set()).add(one.filed.client_id)
        for one in planned:
            thread = one.thread.found()
            if one.filed.by:
                continue
            found = set(of_thread.get(thread, ()))
            if (client := clients.get(thread.id)) is not None:
                found.add(client)
            if len(found) == 1:
                one.filed = Filed(found.pop(), None, "thread")


def _writer(planned: Sequence[_Planned]) -> Callable[[Change], None]:
    def run(change: Change) -> None:
        first = change.coming_id(Message)
        ids = range(first, first + len(planned))
        for new_id, one in zip(ids, planned, strict=True):
            thread = one.thread.found()
            thread.id = thread.id or new_id
        _merge(change, {one.thread.found() for one in planned})
        change.insert_values(Message, [_row(one) for one in planned])
        _insert_details([(new_id, one.message) for new_id, one in zip(ids, planned, strict=True)])

    return run


def _row(one: _Planned) -> dict[str, Any]:
    message = one.message
    recipients = [name or address for _role, name, address in message.recipients]
    return {
        "sha256": message.sha256, "size": message.size, "message_id": message.message_id,
        "thread": one.thread.found().id, "moment": message.moment, "direction": one.direction,
        "subject": message.subject, "sender_name": message.sender[1], "sender_address": message.sender[2],
        "recipients": ", ".join(recipients)[:500], "client_id": one.filed.client_id, "person_id": one.filed.person_id,
        "filed_by": one.filed.by, "state": message.state, "defects": "\n".join(message.defects),
        "attachments": message.attachments, "preview": message.preview, "source": message.source,
    }  # fmt: skip


def _merge(change: Change, threads: set[Thread]) -> None:
    """Where a message ties threads together, the smaller ones take the number of the largest."""
    for thread in threads:
        if not thread.merged:
            continue
        counted = sizes([thread.id, *thread.merged])
        kept = max(counted, key=lambda one: (counted[one], -one), default=thread.id)
        moved = [one for one in counted if one != kept]
        thread.id, thread.merged = kept, []
        ids = [record_id for (record_id,) in stored_rows(Message, ["id"], "thread", moved)]
        change.update_columns(Message, {record_id: {"thread": kept} for record_id in ids})


def _insert_details(messages: Sequence[tuple[int, IncomingMessage]]) -> None:
    _insert_numbered(
        MessageAddress,
        ("message_id", "role", "address", "name"),
        [(i, role, address, name) for i, one in messages for role, name, address in one.people],
    )
    _insert_numbered(
        MessageReference, ("message_id", "reference"), [(i, name) for i, one in messages for name in one.references]
    )
    fields = ("position", "kind", "name", "shown_name", "content_type", "charset", "size")
    parts = [(i, *(part[name] for name in fields)) for i, one in messages for part in one.parts]
    _insert_numbered(MessagePart, ("message_id", *fields), parts)
    texts = [
        (i, one.compressed, "\n".join(one.links), "\n".join(f"{name}: {value}" for name, value in one.headers))
        for i, one in messages
    ]
    insert_many("message_text", ("message_id", "compressed", "links", "headers"), texts)
    words.index((i, one.moment, one.words) for i, one in messages)
    _forget_waiting([one.sha256 for _i, one in messages])


def _forget_waiting(hashes: Sequence[str]) -> None:
    marks = ", ".join([database.param] * len(hashes))
    database.execute_sql(f"DELETE FROM waiting_original WHERE sha256 IN ({marks})", tuple(hashes))


def _insert_numbered(table: Any, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        (highest,) = database.execute_sql(f'SELECT MAX(id) FROM "{table._meta.table_name}"').fetchone()
        first = (highest or 0) + 1
        numbered = [(first + n, *row) for n, row in enumerate(rows)]
        insert_many(table._meta.table_name, ("id", *columns), numbered)


def _drop(copies: Sequence[str]) -> None:
    """Forget the originals of messages that are here in another wrapping."""
    _forget_waiting(copies)
    StoredContent.delete().where(StoredContent.sha256.in_(copies)).execute()


class Arrived(NamedTuple):
    """An original, hashed and compressed, and where it came from."""

    content: contents.Content
    source: str


@action("keep_originals", FILE_MAIL)
def keep_originals(_change: Change, arrived: Sequence[Arrived]) -> None:
    """Keep originals before anything reads them; they wait until their messages are written."""
    contents.keep_all([one.content for one in arrived])
    hashes = [one.content.sha256 for one in arrived]
    waiting = {sha256 for (sha256,) in stored_rows(WaitingOriginal, ["sha256"], "sha256", hashes)}
    new = {one.content.sha256: one for one in arrived if one.content.sha256 not in waiting}
    rows = [(one.content.sha256, one.content.size, one.source) for one in new.values()]
    _insert_numbered(WaitingOriginal, ("sha256", "size", "source"), rows)


def waiting_originals() -> list[tuple[str, int, str]]:
    """What an import left unread that did not end: hash, size and source of each original."""
    columns = (WaitingOriginal.sha256, WaitingOriginal.size, WaitingOriginal.source)
    rows = plain_rows(WaitingOriginal.select(*columns).order_by(WaitingOriginal.id))
    return [(sha256, size, source) for sha256, size, source in rows]


def messages_named(sha256s: Sequence[str]) -> dict[str, int]:
    """The messages whose originals have these hashes, by hash."""
    return dict(stored_rows(Message, ["sha256", "id"], "sha256", list(sha256s)))
