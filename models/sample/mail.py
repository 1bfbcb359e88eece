"""The chapter of mail: every letter's original, and all that an import would read of it (the tests compare the two)."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from zstandard import ZstdCompressor

from models.company.tables import Setting
from models.files.contents import Content, content_of
from models.files.names import safe_name
from models.files.tables import StoredContent
from models.mail import words
from models.mail.domains import folded_address
from models.mail.filing import Addresses, Filed
from models.mail.own import OwnAddresses
from models.mail.stemming import index_text
from models.mail.subjects import topic
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
from models.sample.conversations import Event
from models.sample.correspondents import OUR_DOMAIN, private_box
from models.sample.letters import letter_of
from models.sample.originals import Written, original
from models.sample.story import Letter, Talk
from models.sample.stray_mail import PRIVATE_DOMAIN, Stray
from models.sample.world import Days, Told, World

_BATCH = 4_000
_ACCOUNT = f"office@mail.{OUR_DOMAIN}"
_UIDVALIDITY = 1_420_070_400
_PREVIEW = 160
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
    for start in range(0, len(letters), _BATCH):
        told(start, len(letters))
        chapter.write(letters[start : start + _BATCH])
    chapter.write_mailings()
    chapter.write_folders(created)
    told(len(letters), len(letters))


class _Mail:
    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("mail")
        self._compressor = ZstdCompressor(level=3)
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

    def write(self, events: list[Event]) -> None:
        """These letters."""
        self._begin()
        for event in events:
            self._add(event, letter_of(event, self._random))
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

    def _add(self, event: Event, letter: Written) -> None:
        number, content = self._next("message"), content_of(original(letter))
        event.of.message = number
        event.of.thread = event.of.thread or number
        people = _people(letter)
        for role, name, address in people:
            self._people.append((self._next("address"), number, role, address, name))
        for name in letter.references:
            self._references.append((self._next("reference"), number, name))
        for position, one in enumerate(letter.enclosures):
            names = (safe_name(one.name), one.name, one.content_type)
            kind = "calendar" if one.text else "attachment"
            self._parts.append((self._next("part"), number, position, kind, *names, "", len(one.data)))
        self._contents.append((number, content.sha256, content.size, content.compressed))
        if event.of.invoice is not None and _carries_invoice(event):
            moment = letter.moment.isoformat(" ", "microseconds")
            self._mailings.append((len(self._mailings) + 1, moment, event.of.invoice, number))
        self._messages.append(self._row(number, event, letter, people, content))
        text = self._compressor.compress(letter.read.encode())
        self._texts.append((number, text, "\n".join(_links(event)), "\n".join(_headers(letter))))
        self._words.append((number, letter.moment, _words(letter, people)))

    def _row(
        self, number: int, event: Event, letter: Written, people: list[tuple[str, str, str]], content: Content
    ) -> _Row:
        direction = self._own.direction(letter.sender[1], [address for role, _n, address in people if role != "from"])
        self._arrived["INBOX" if direction == "in" else "Sent"] += 1
        filed = self._filed(event, letter, direction, people)
        moment = letter.moment.isoformat(" ", "microseconds")
        return (
            number, moment, content.sha256, content.size, letter.message_id, event.of.thread, moment, direction,
            letter.subject, letter.sender[0], folded_address(letter.sender[1]),
            ", ".join(name or address for role, name, address in people if role != "from")[:500],
            filed.client_id, filed.person_id, filed.by, len(letter.enclosures), _preview(letter.read),
            f"imap:{_ACCOUNT}/{'INBOX' if direction == 'in' else 'Sent'}",
        )  # fmt: skip

    def _filed(self, event: Event, letter: Written, direction: str, people: list[tuple[str, str, str]]) -> Filed:
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
        if told and letter.moment < self._by_hand_until and self._random.random() < _FILED_BY_HAND:
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


def _people(letter: Written) -> list[tuple[str, str, str]]:
    listed = (("from", [letter.sender]), ("to", letter.to), ("cc", letter.cc))
    return [(role, name, folded_address(address)) for role, boxes in listed for name, address in boxes]


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


def _words(letter: Written, people: list[tuple[str, str, str]]) -> str:
    """The stems in an order of their own: a set's is another one in each process."""
    said = [letter.subject, letter.read, *(one.name for one in letter.enclosures)]
    stems = index_text([*said, *(text for one in people for text in one[1:])])
    return f"{' '.join(sorted(stems.split()))} {topic(letter.subject)}".strip()


def _preview(text: str) -> str:
    """The beginning of what the sender wrote himself."""
    own = [line.strip() for line in text.split("\n") if line and not line.startswith(">")]
    return " ".join(" ".join(own).split())[:_PREVIEW].strip()
