"""The sample's letters are real ones: what stands in its tables is what an import reads of their originals."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from zstandard import ZstdDecompressor

from importers.mail_job import Job, unpacked
from importers.mail_reader import answer
from models import opening
from models.base import database, plain_rows
from models.clients.interaction_queries import planned_interactions
from models.clients.tables import Interaction
from models.database import DatabaseURL
from models.files import contents
from models.importing import Acceptance, Incoming
from models.mail import words
from models.mail.incoming import IncomingMessage, incoming
from models.mail.intake import MailIntake
from models.mail.own import own_addresses
from models.mail.tables import Message, MessageAddress, MessagePart, MessageReference, MessageText
from models.reminders.tables import Reminder
from models.writing import Actor
from tests.models.sample.samples import TODAY, made

_TABLES = (MessageAddress, MessageReference, MessagePart, MessageText)
_STATED = (
    "id", "sha256", "size", "message_id", "moment", "direction", "subject", "sender_name", "sender_address",
    "recipients", "state", "defects", "attachments", "preview", "source", "thread",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A small sample that tests may read."""
    return made(tmp_path_factory.mktemp("sample") / "sample.db", sqlite_template, seed=1)


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Any]:
    """The small sample, open."""
    opening.open_database(DatabaseURL.of_path(sample_file))
    yield database
    opening.close_database()


@pytest.fixture(scope="module")
def read(sample_file: Path) -> dict[int, IncomingMessage]:
    """All originals, read as an import reads them."""
    opening.open_database(DatabaseURL.of_path(sample_file))
    found: dict[int, IncomingMessage] = {}
    for number, sha256, size, source in plain_rows(
        Message.select(Message.id, Message.sha256, Message.size, Message.source).order_by(Message.id)
    ):
        raw = contents.read(sha256)
        assert len(raw) == size
        found[number] = incoming(sha256, size, source, unpacked(answer(Job(raw).packed())))
    opening.close_database()
    return found


def test_there_is_enough_to_read(sample: Any, read: dict[int, IncomingMessage]) -> None:
    assert len(read) >= 60 and Interaction.select().count() >= 60
    assert {message.state for message in read.values()} == {"whole"}
    assert {"attachment", "calendar"} <= {part["kind"] for message in read.values() for part in message.parts}
    assert {state for (state,) in plain_rows(Interaction.select(Interaction.state).distinct())} >= {"done", "cancelled"}
    assert any(message.parts for message in read.values()) and any(message.links for message in read.values())


def test_an_original_is_a_message_by_the_standard(sample: Any, read: dict[int, IncomingMessage]) -> None:
    for message in read.values():
        raw = contents.read(message.sha256)
        assert b"\n" not in raw.replace(b"\r\n", b"") and max(map(len, raw.split(b"\r\n"))) <= 998
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        assert not any(part.defects for part in parsed.walk())
        assert all(not value.defects for value in parsed.values())
        head = raw.partition(b"\r\n\r\n")[0]
        assert head.isascii() and all(len(line) <= 998 for line in head.split(b"\r\n"))


def test_texts_and_words_are_what_an_import_reads(sample: Any, read: dict[int, IncomingMessage]) -> None:
    kept = {row.message_id: row for row in MessageText.select()}
    unpacker = ZstdDecompressor()
    for number, message in read.items():
        row = kept[number]
        assert unpacker.decompress(row.compressed) == unpacker.decompress(message.compressed)
        assert row.links.split("\n") == list(message.links or ("",))
        assert row.headers == "\n".join(f"{name}: {value}" for name, value in message.headers)
        told = sorted(message.words.split(), key=len)[-1]
        assert message.moment is not None
        assert number in words.within(told, message.moment, message.moment, 50)


def test_an_import_of_the_originals_gives_the_same_rows(
    sample_file: Path, read: dict[int, IncomingMessage], tmp_path: Path
) -> None:
    copy = tmp_path / "again.db"
    copy.write_bytes(sample_file.read_bytes())
    opening.open_database(DatabaseURL.of_path(copy))
    before, by_hand = _rows(), {i for (i,) in plain_rows(Message.select(Message.id).where(Message.filed_by == "hand"))}
    filed = _filed(by_hand)
    for table in (
        "document_mailing",
        "message_address",
        "message_reference",
        "message_part",
        "message_text",
        "words_message",
        "message",
    ):
        database.execute_sql(f"DELETE FROM {table}")
    database.execute_sql("DELETE FROM audit WHERE kind = 'message'")
    actor = Actor("anna", "", 1, frozenset({"file_mail"}), "test")
    acceptance = Acceptance(MailIntake(own_addresses(), lambda one, other: one == other), actor)
    waiting = [Incoming(number, {"message": message}) for number, message in read.items()]
    while waiting:
        waiting = waiting[acceptance.take(waiting[:100]).rows :]
    assert _rows() == before
    assert _filed(by_hand) == filed
    opening.close_database()


def _rows() -> dict[str, list[Any]]:
    stated = ", ".join(_STATED)
    found = {"message": database.execute_sql(f"SELECT {stated} FROM message ORDER BY id").fetchall()}
    for table in _TABLES[:3]:
        name = table._meta.table_name
        found[name] = database.execute_sql(f"SELECT * FROM {name} ORDER BY id").fetchall()
    return found


def _filed(but: set[int]) -> list[Any]:
    rows = plain_rows(Message.select(Message.id, Message.client, Message.person, Message.filed_by).order_by(Message.id))
    return [row for row in rows if row[0] not in but]


def test_mail_is_filed_in_every_way_and_some_waits(sample: Any) -> None:
    ways = {way for (way,) in plain_rows(Message.select(Message.filed_by).distinct())}
    assert ways >= {"", "address", "domain", "thread"}
    assert {way for (way,) in plain_rows(Message.select(Message.direction).distinct())} == {"in", "out", "internal"}


def test_no_text_has_a_place_that_nobody_filled(sample: Any, read: dict[int, IncomingMessage]) -> None:
    unpacker = ZstdDecompressor()
    for message in read.values():
        text = message.subject + unpacker.decompress(message.compressed).decode()
        assert "{" not in text and not re.search(r" ,|№ ?[,.]|\(\)|  [А-я]", text), text
    for one in Interaction.select():
        assert "{" not in one.subject + one.outcome + one.next_step


def test_there_is_something_to_do_today(sample: Any) -> None:
    anna = planned_interactions(1)
    assert any(one.moment.date() >= TODAY for one in anna)
    reminders = list(Reminder.select().where(Reminder.state == "open"))
    assert any(one.wakes.date() <= TODAY for one in reminders) and any(one.operator_id == 1 for one in reminders)
