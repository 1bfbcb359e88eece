"""Messages from files, folders, mbox files and Maildirs into the archive, again and again with the same result.

An original is kept before anything reads it. Its message is read in a child process; one that takes too much there, or
breaks its reader, is read again plainly, and if that fails too it is kept unread: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importers.mail_job import Job, unpacked
from importers.mail_sources import Original, Refused, mail_files, originals_in
from importers.mail_wrapping import LARGE, core_hash, reduced
from importers.nursery import Failed, Nursery
from models.actor import Actor
from models.bulk import bulk_writing
from models.company.permissions import FILE_MAIL
from models.files import contents
from models.importing import Acceptance, Incoming, Plan
from models.language import current_language
from models.mail.incoming import IncomingMessage, incoming, unread
from models.mail.intake import Arrived, MailIntake, keep_originals, messages_named, waiting_originals
from models.mail.own import own_addresses
from models.mail.turning import turn_messages
from models.mail.vocabulary import defects_in_words
from models.write_lock import give_way

READER = "importers.mail_reader:answer"
Progress = Callable[[int, int], None]
_KEPT_AT_ONCE = 100
_KEPT_AT_FIRST = 20  # the readers have nothing to do before; then ever more at once
_WRITTEN_AT_LAST = 25
_KEPT_BYTES_AT_ONCE = 8 << 20
_WAITING_AT_MOST = 160
_WAITING_BYTES_AT_MOST = 16 << 20
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class MailError:
    """A message that has defects, or what was not taken: where it stands, and why."""

    source: str
    position: int
    reason: str


@dataclass(slots=True)
class MailReport:
    """What an import did; ``broken`` are among those added, ``refused`` are not."""

    read: int = 0
    added: int = 0
    duplicate: int = 0
    filed: int = 0
    unfiled: int = 0
    broken: int = 0
    refused: int = 0
    cut: str = ""
    """Why not all that is new could be fetched from a server; empty where all was."""
    errors: list[MailError] = field(default_factory=list)


@dataclass(slots=True)
class _Pending:
    """An original on its way through a reader."""

    sha256: str
    size: int
    source: str
    position: int
    job: Job
    at_hand: int = 0


def mail_readers() -> Nursery[int]:
    """The processes that read messages; started early, they load their libraries while the database is opened."""
    return Nursery(READER)


def import_mail(
    paths: Sequence[Path],
    actor: Actor,
    owner_addresses: Iterable[str] = (),
    progress: Progress = lambda done, total: None,
    readers: Nursery[int] | None = None,
) -> MailReport:
    """Take all messages that the paths lead to."""
    files = list(mail_files(paths))
    with MailImport(actor, owner_addresses, readers) as work:
        for number, file in enumerate(files, 1):
            for one in [file] if isinstance(file, Refused) else originals_in(file):
                work.take(one)
                progress(number, len(files))
        work.finish()
        return work.report


class MailImport:
    """Messages on their way in: kept in batches, read by children, written in the order in which they came."""

    def __init__(self, actor: Actor, owner_addresses: Iterable[str] = (), readers: Nursery[int] | None = None) -> None:
        actor.require(FILE_MAIL)
        self.report = MailReport()
        self._actor = actor
        self._own = own_addresses(owner_addresses)
        self._intake = MailIntake(self._own, lambda one, other: core_hash(one) == core_hash(other))
        self._acceptance = Acceptance(self._intake, actor)
        self._readers = readers or mail_readers()
        # Until the end all messages are where they came from, too.
        self._bulk = bulk_writing(flush_each=False)
        self._arrived: list[tuple[Arrived, _Pending]] = []
        self._arrived_bytes = 0
        self._pending: dict[int, _Pending] = {}
        self._pending_bytes = 0
        self._in_work: set[str] = set()
        self._given, self._written = 0, 0
        self._done: dict[int, IncomingMessage] = {}
        self._positions: dict[int, int] = {}
        self._left: set[str] = set()

    def __enter__(self) -> MailImport:
        self._bulk.__enter__()
        while turn_messages(self._actor, self._own):
            pass
        self._resume()
        return self

    def __exit__(self, *error: object) -> None:
        self._readers.close()
        self._bulk.__exit__(None, None, None)

    def _resume(self) -> None:
        """Read what an earlier import has kept and did not come to read."""
        for sha256, size, source in waiting_originals():
            self._left.add(sha256)
            self._in_work.add(sha256)
            self._give(_pending(contents.read(sha256), sha256, size, source, 0))
            self._collect()

    def take(self, one: Original | Refused) -> None:
        """Take a message; it is written with later ones, at the latest by ``finish``."""
        if isinstance(one, Refused):
            self.report.refused += 1
            self.report.errors.append(MailError(one.source, one.position, one.reason))
            return
        self.report.read += 1
        content = _content(one.raw)
        if content.sha256 in self._left:
            self._left.discard(content.sha256)  # it is taken already, from what an earlier import had kept
            return
        if content.sha256 in self._in_work:
            self.report.duplicate += 1
            return
        self._in_work.add(content.sha256)
        pending = _pending(one.raw, content.sha256, content.size, one.source, one.position)
        one.raw = b""
        self._arrived.append((Arrived(content, one.source), pending))
        self._arrived_bytes += len(content.compressed)
        enough = min(max(self._given, _KEPT_AT_FIRST), _KEPT_AT_ONCE)
        if len(self._arrived) >= enough or self._arrived_bytes > _KEPT_BYTES_AT_ONCE:
            self.keep()

    def settle(self, *, last: bool = False) -> None:
        """Write all that was taken until now; ``last``: no more will come."""
        self.keep()
        while self._pending:
            self._collect(block=True)
            if len(self._done) >= _WRITTEN_AT_LAST:
                self._write(everything=True)  # there is nothing else to do until the readers are ready
        if last:
            self._readers.dismiss()
        self._write(everything=True)

    def finish(self) -> None:
        """Write what is left, and close the count; nothing is taken any more."""
        self.settle(last=True)
        self.report.read += len(self._left)
        self._left.clear()

    def keep(self) -> None:
        """Keep originals that are new, then hand them to the readers."""
        if not self._arrived:
            return
        here = messages_named([one.content.sha256 for one, _pending in self._arrived])
        new = [(one, pending) for one, pending in self._arrived if one.content.sha256 not in here]
        self.report.duplicate += len(self._arrived) - len(new)
        self._in_work -= here.keys()
        if new:
            give_way()
            keep_originals(self._actor, [one for one, _pending in new])
        self._arrived, self._arrived_bytes = [], 0
        for _one, pending in new:
            self._give(pending)
        self._collect()

    def _give(self, pending: _Pending) -> None:
        while len(self._pending) >= _WAITING_AT_MOST or self._pending_bytes > _WAITING_BYTES_AT_MOST:
            self._collect(block=True)
        self._given += 1
        self._pending[self._given] = pending
        self._send(self._given, pending)

    def _send(self, number: int, pending: _Pending) -> None:
        job = pending.job.packed()
        pending.at_hand = len(job)
        self._pending_bytes += len(job)
        self._readers.give(number, job)

    def _collect(self, *, block: bool = False) -> None:
        """Take what the readers have answered, and write it when it is enough for a batch."""
        for number, reply in self._readers.answers(block=block):
            pending = self._pending[number]
            self._pending_bytes -= pending.at_hand
            message = _message(pending, reply)
            if message is None:
                self._send(number, pending)
            else:
                del self._pending[number]
                self._done[number] = message
                self._positions[number] = pending.position
        self._write()

    def _write(self, *, everything: bool = False) -> None:
        """Write the messages whose turn it is."""
        while rows := self._ready(everything=everything):
            messages: dict[int, IncomingMessage] = {row.number: row.values["message"] for row in rows}
            waiting = rows
            while waiting:
                plan = self._acceptance.take(waiting)
                self._count(plan, messages)
                waiting = waiting[plan.rows :]
            self._in_work -= {message.sha256 for message in messages.values()}
            self._positions = {number: at for number, at in self._positions.items() if number not in messages}

    def _count(self, plan: Plan, messages: Mapping[int, IncomingMessage]) -> None:
        report = self.report
        report.added += plan.added
        report.duplicate += plan.unchanged
        for number in (number for step in plan.steps for number in step.rows):
            report.broken += messages[number].state != "whole"
            if reason := " ".join(defects_in_words(messages[number].defects)):
                report.errors.append(MailError(messages[number].source, self._positions[number], reason))
            filed = bool(self._intake.filed_by.pop(number))
            report.filed, report.unfiled = report.filed + filed, report.unfiled + (not filed)
        for refusal in plan.refusals:
            report.refused += 1
            position = self._positions[refusal.number]
            report.errors.append(MailError(messages[refusal.number].source, position, str(refusal.error)))

    def _ready(self, *, everything: bool) -> list[Incoming]:
        most, first = self._intake.rows_at_once, self._written + 1
        last = first
        while last in self._done and last < first + most:
            last += 1
        if last - first < most and not (everything and last > first):
            return []
        self._written = last - 1
        return [Incoming(number, {"message": self._done.pop(number)}) for number in range(first, last)]


def _content(raw: bytes) -> contents.Content:
    if len(raw) <= LARGE:
        return contents.content_of(raw)
    view = memoryview(raw)
    return contents.content_of_pieces(bytes(view[at : at + _PIECE]) for at in range(0, len(raw), _PIECE))


def _pending(raw: bytes, sha256: str, size: int, source: str, position: int) -> _Pending:
    small = reduced(raw)
    job = Job(small.data, False, current_language(), small.defects, small.cuts)
    return _Pending(sha256, size, source, position, job)


def _message(pending: _Pending, reply: bytes | Failed) -> IncomingMessage | None:
    """The message that a reader answered; None: it is to be read again, plainly."""
    job = pending.job
    if isinstance(reply, bytes):
        try:
            return incoming(pending.sha256, pending.size, pending.source, unpacked(reply))
        except ValueError:
            reply = Failed("died", "answer")
    reason = f"{reply.code} {reply.detail}"
    if job.plainly:
        return unread(pending.sha256, pending.size, pending.source, reason)
    job.plainly = True
    job.defects = [*job.defects, reason]
    return None
