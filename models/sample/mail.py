"""The chapter of mail: every letter's original, and all that an import would read of it (the tests compare the two).

Originals and words, which take most of the time, are worked out by other processes.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from models.company.tables import Setting
from models.files.names import safe_name
from models.files.tables import StoredContent
from models.mail import words
from models.mail.domains import folded_address
from models.mail.filing import Addresses, Filed
from models.mail.own import OwnAddresses
from models.mail.tables import (
    LearnedAddress,
    MailFolder,
    Message,
    MessageAddress,
    MessagePart,
    MessageReference,
    MessageText,
)
from models.sales.mailing_tables import DocumentMailing
from models.sample.assistant import worked_out
from models.sample.conversations import Event
from models.sample.correspondents import OUR_DOMAIN, private_box
from models.sample.letters import letter_of
from models.sample.mail_read import People, Read, people_of, read_of
from models.sample.originals import Written
from models.sample.story import Letter, Talk
from models.sample.stray_mail import PRIVATE_DOMAIN, Stray
from models.sample.world import Days, Told, World

_BATCH = 4_000
_ASSISTANTS = 2
_ACCOUNT = f"office@mail.{OUR_DOMAIN}"
_UIDVALIDITY = 1_420_070_400
_LEARNED, _FILED_BY_HAND, _HAND_AFTER_DAYS = 0.3, 0.85, 20
_MESSAGE_COLUMNS = (
    "sha256", "size", "message_id", "thread", "moment", "direction", "subject", "sender_name", "sender_address",
    "recipients", "client_id", "person_id", "filed_by", "attachments", "preview", "source",
)  # fmt: skip
_PART_COLUMNS = ("id", "message_id", "position", "kind", "name", "shown_name", "content_type", "charset", "size")
_Row = tuple[Any, ...]


def write(world: World, told: Told) -> None:
    """Write the letters in the order of time, in batches; and how far the folders of our mail server were fetched."""
    assert world.correspondence is not None
    letters = [event for event in world.correspondence.events if not isinstance(event.what, Talk)]
    created = Days().moment(world.first_day)
    world.loader.load(Setting, ("name", "value"), [(1, created, "own_addresses", OUR_DOMAIN)])
    chapter = _Mail(world)
    chapter.learn_addresses(letters)
    batches, assistants = chapter.numbered(letters), _ASSISTANTS if len(letters) > _BATCH else 0
    for done, read in enumerate(worked_out(read_of, batches, assistants=assistants)):
        told(done * _BATCH, len(letters))
        chapter.write(read)
    chapter.write_mailings()
    chapter.write_folders(created)
    told(len(letters), len(letters))


class _Numbered(NamedTuple):
    """A letter with the number that its message gets, and the message that its thread begins with."""

    number: int
    thread: int
    event: Event
    letter: Written


class _Mail:
    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("mail")
        self._hands: Random = world.random("filing by hand")
        self._waiting: deque[list[_Numbered]] = deque()
        self._own = OwnAddresses.of([OUR_DOMAIN])
        self._by_hand_until = dt.datetime.combine(world.today, dt.time()) - dt.timedelta(days=_HAND_AFTER_DAYS)
        self._addresses = Addresses()
        self._last = {"message": 0, "address": 0, "reference": 0, "part": 0}
        self._arrived = {"INBOX": 0, "Sent": 0}
        self._mailings: list[_Row] = []
        self._begin()

    def _begin(self) -> None:
        self._messages: list[_Row] = []
        self._contents: list[_Row] = []
        self._people: list[_Row] = []
        self._references: list[_Row] = []
        self._parts: list[_Row] = []
        self._texts: list[_Row] = []
        self._words: list[tuple[int, dt.datetime, str]] = []

    def learn_addresses(self, letters: list[Event]) -> None:
        """Some private boxes were taught to the program by operators."""
        rows: dict[str, _Row] = {}
        for event in letters:
            if isinstance(event.what, Stray) and event.what.sender == "private" and self._random.random() < _LEARNED:
                box, of = private_box(event.of.person, PRIVATE_DOMAIN), event.of
                created = (dt.datetime(1970, 1, 1) + dt.timedelta(minutes=event.minute + 60)).isoformat(" ")
                row = (len(rows) + 1, f"{created}.000000", box, of.client.id, of.person.person_id)
                rows.setdefault(box, row)
        self._world.loader.load(LearnedAddress, ("address", "client_id", "person_id"), list(rows.values()))

    def numbered(self, events: list[Event]) -> Iterator[list[Written]]:
        """These letters in batches, each of which waits for ``write``."""
        for start in range(0, len(events), _BATCH):
            batch = [self._number(event) for event in events[start : start + _BATCH]]
            self._waiting.append(batch)
            yield [one.letter for one in batch]

    def _number(self, event: Event) -> _Numbered:
        letter, number = letter_of(event, self._random), self._next("message")
        event.of.message = number
        event.of.thread = event.of.thread or number
        return _Numbered(number, event.of.thread, event, letter)

    def write(self, read: list[Read]) -> None:
        """The first batch that waits, and what is read of its letters."""
        self._begin()
        for one, its in zip(self._waiting.popleft(), read, strict=True):
            self._add(one, its)
        self._world.loader.load(Message, _MESSAGE_COLUMNS, self._messages)
        self._world.loader.load_beside(
            (StoredContent, ("id", "sha256", "size", "compressed"), self._contents),
            (MessageAddress, ("id", "message_id", "role", "address", "name"), self._people),
            (MessageReference, ("id", "message_id", "reference"), self._references),
            (MessagePart, _PART_COLUMNS, self._parts),
            (MessageText, ("message_id", "compressed", "links", "headers"), self._texts),
            after=lambda: words.index(self._words),
        )

    def _next(self, what: str) -> int:
        self._last[what] += 1
        return self._last[what]

    def _add(self, one: _Numbered, read: Read) -> None:
        number, _thread, event, letter = one
        people = people_of(letter)
        for role, name, address in people:
            self._people.append((self._next("address"), number, role, address, name))
        for name in letter.references:
            self._references.append((self._next("reference"), number, name))
        for position, held in enumerate(letter.enclosures):
            names = (safe_name(held.name), held.name, held.content_type)
            kind = "calendar" if held.text else "attachment"
            self._parts.append((self._next("part"), number, position, kind, *names, "", len(held.data)))
        content = read.content
        self._contents.append((number, content.sha256, content.size, content.compressed))
        if event.of.invoice is not None and _carries_invoice(event):
            moment = letter.moment.isoformat(" ", "microseconds")
            self._mailings.append((len(self._mailings) + 1, moment, event.of.invoice, number))
        self._messages.append(self._row(one, people, read))
        self._texts.append((number, read.text, "\n".join(_links(event)), "\n".join(_headers(letter))))
        self._words.append((number, letter.moment, read.words))

    def _row(self, one: _Numbered, people: People, read: Read) -> _Row:
        number, thread, event, letter = one
        direction = self._own.direction(letter.sender[1], [address for role, _n, address in people if role != "from"])
        self._arrived["INBOX" if direction == "in" else "Sent"] += 1
        filed = self._filed(event, letter, direction, people)
        moment = letter.moment.isoformat(" ", "microseconds")
        return (
            number, moment, read.content.sha256, read.content.size, letter.message_id, thread, moment, direction,
            letter.subject, letter.sender[0], folded_address(letter.sender[1]),
            ", ".join(name or address for role, name, address in people if role != "from")[:500],
            filed.client_id, filed.person_id, filed.by, len(letter.enclosures), read.preview,
            f"imap:{_ACCOUNT}/{'INBOX' if direction == 'in' else 'Sent'}",
        )  # fmt: skip

    def _filed(self, event: Event, letter: Written, direction: str, people: People) -> Filed:
        """By the rules of the program; what those leave, by its thread, or after some days by an operator's hand."""
        if direction == "internal":
            return Filed()
        side = "from" if direction == "in" else "to"
        filed = self._addresses.filed(address for role, _name, address in people if role == side)
        if filed.by:
            return filed
        if letter.references:
            return Filed(event.of.client.id, None, "thread")
        told = isinstance(event.what, Stray) and event.what.sender in ("stranger", "private")
        if told and letter.moment < self._by_hand_until and self._hands.random() < _FILED_BY_HAND:
            return Filed(event.of.client.id, None, "hand")
        return Filed()

    def write_mailings(self) -> None:
        """Which letters carried which invoices."""
        self._world.loader.load(DocumentMailing, ("document_id", "message_id"), self._mailings)

    def write_folders(self, created: str) -> None:
        """Our mail server's folders, fetched to their ends."""
        rows = [
            (number, created, _ACCOUNT, folder, _UIDVALIDITY, count)
            for number, (folder, count) in enumerate(self._arrived.items(), 1)
        ]
        self._world.loader.load(MailFolder, ("account", "folder", "uidvalidity", "last_uid"), rows)


def _carries_invoice(event: Event) -> bool:
    return isinstance(event.what, Letter) and event.what.ours and "invoice" in event.what.files


def _links(event: Event) -> list[str]:
    if not isinstance(event.what, Stray):
        return []
    return [link.format_map(event.of.values) for link in event.what.links]


def _headers(letter: Written) -> list[str]:
    """The further headers, in the order in which they are kept."""
    program, value = letter.program
    found = [("List-Id", letter.list_id), ("User-Agent", ""), ("X-Mailer", ""), ("In-Reply-To", "")]
    said = dict(found) | ({program: value} if program else {})
    if letter.references:
        said["In-Reply-To"] = f"<{letter.references[-1]}>"
    return [f"{name}: {said[name]}" for name, _empty in found if said[name]]
