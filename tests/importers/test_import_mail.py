"""Messages come in once each, in whatever wrapping and however often, and their originals come back byte for byte."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from importers.mail import MailImport, MailReport, import_mail, mail_readers
from importers.mail_parts import part_content
from importers.mail_sources import Original
from importers.nursery import Nursery, ReaderLimits
from models import opening
from models.audit import broken_links, rows_changed_behind
from models.base import tuples
from models.checking import CHECKS, problems_of
from models.database import DatabaseURL
from models.errors import RuleBroken
from models.mail.intake import waiting_originals
from models.mail.queries import original, read_message, thread_of
from models.mail.tables import Message, MessagePart
from models.writing import Actor
from tests.importers.hostile_mail import HOSTILE
from tests.models.worlds import a_client

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail"
FROM = b"From anna@example.org Thu Oct  1 10:00:00 2026\n"


def a_message(number: int, body: bytes = b"text\n") -> bytes:
    head = b"From: p%d@romashka.example\nTo: office@dealer.example\nMessage-ID: <%d@x>\n" % (number % 3, number)
    return head + b"Subject: Letter %d\nDate: Thu, 1 Oct 2026 10:00:00 +0300\n\n" % number + body


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with thirty messages in files of their own, and three more in an mbox."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.eml").write_bytes(a_message(number))
    box = b"\n".join(FROM + a_message(number, b">From here on\n") for number in range(30, 33))
    (folder / "box").write_bytes(box)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for messages."""
    path = tmp_path / "mail"
    path.mkdir()
    return path


def counts(report: MailReport) -> tuple[int, int, int]:
    return report.read, report.added, report.duplicate


def problems() -> list[str]:
    return [problem.message for check in CHECKS for problem in problems_of(check)]


def test_a_folder_comes_in_once(director: Actor, letters: Path) -> None:
    client = a_client(director, emails=("p1@romashka.example",))
    report = import_mail([letters], director, ["dealer.example"])
    assert counts(report) == (33, 33, 0)
    assert (report.filed, report.unfiled, report.broken, report.errors) == (33, 0, 0, [])
    assert {message.client_id for message in Message.select()} == {client}
    assert [message.subject for message in Message.select().order_by(Message.id)][:2] == ["Letter 0", "Letter 1"]
    box = [original(row.id) for row in Message.select().where(Message.source.endswith("box")).order_by(Message.id)]
    assert b"".join(box) == (letters / "box").read_bytes()
    assert read_message(31).text == "From here on"
    assert waiting_originals() == []
    assert problems() == []
    assert counts(import_mail([letters], director)) == (33, 0, 33)


def test_the_same_message_in_another_wrapping_is_there_already(director: Actor, folder: Path) -> None:
    body = b"text\nFrom here on\n"
    (folder / "a.eml").write_bytes(a_message(1, body))
    wrapped = FROM + b"Status: RO\n" + a_message(1, body.replace(b"From", b">From"))
    (folder / "b.mbox").write_bytes(wrapped)
    (folder / "c.eml").write_bytes(a_message(1, body).replace(b"\n", b"\r\n"))
    (folder / "d.eml").write_bytes(a_message(1, b"another text under the same Message-ID\n"))
    assert counts(import_mail([folder], director)) == (4, 2, 2)
    assert problems() == []
    assert counts(import_mail([folder], director)) == (4, 0, 4)
    assert waiting_originals() == []


def test_the_same_bytes_twice_in_one_import_come_in_once(director: Actor, folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).write_bytes(a_message(1))
    assert counts(import_mail([folder, folder], director)) == (4, 1, 3)


def test_what_is_no_message_is_named_and_the_rest_comes_in(director: Actor, letters: Path) -> None:
    (letters / "picture.eml").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    report = import_mail([letters], director)
    assert (report.added, report.refused) == (33, 1)
    assert [(Path(error.source).name, error.position) for error in report.errors] == [("picture.eml", 0)]


STATES = {"empty": "unreadable", "climbing": "whole", "base64": "whole", "html": "whole"}
"""Of the hostile messages that are not broken: what harms nothing is none of their faults."""


def test_hostile_messages_are_kept_and_marked(director: Actor, folder: Path) -> None:
    made = {name: make(size) for name, (make, size, _full) in HOSTILE.items()}
    for name, raw in made.items():
        (folder / name).write_bytes(raw)
    report = import_mail([folder], director)
    assert (report.added, report.refused) == (len(made), 0)
    messages = {Path(message.source).name: message for message in Message.select()}
    for name, message in messages.items():
        assert original(message.id) == made[name]
        assert (name, message.state) == (name, STATES.get(name, "broken"))
        assert bool(message.defects) == (message.state != "whole")
        shown = read_message(message.id)
        texts = [shown.subject, shown.text, message.defects, message.preview, *(str(one) for one in shown.people)]
        assert not any(sign in "".join(texts) for sign in "\x00\x07\x1b\x9b")
    assert {Path(error.source).name for error in report.errors} == {n for n, m in messages.items() if m.defects}
    assert problems() == []


def test_a_reader_that_is_broken_costs_its_message_only(director: Actor, letters: Path) -> None:
    """The bytes ``BREAK`` end a reader at its first look, ``DESTROY`` at the plain one too."""
    (letters / "11.eml").write_bytes(a_message(11, b"BREAK\n"))
    (letters / "12.eml").write_bytes(a_message(12, b"DESTROY\n"))
    (letters / "13.eml").write_bytes(a_message(13, b"LOOP\n"))
    readers = Nursery[int]("tests.importers.workers:reading", ReaderLimits(seconds=0.5))
    report = import_mail([letters], director, readers=readers)
    assert (report.added, report.broken) == (33, 3)
    states = {row.subject: row.state for row in Message.select().where(Message.state != "whole")}
    assert states == {"Letter 11": "broken", "": "unreadable", "Letter 13": "broken"}
    reasons = {Path(error.source).name: error.reason for error in report.errors}
    assert "broke its reader (7)" in reasons["11.eml"]
    assert "more than 0.5 s" in reasons["13.eml"]
    assert original(13) == (letters / "12.eml").read_bytes()
    assert problems() == []


def test_attachments_come_back(director: Actor, folder: Path) -> None:
    (folder / "large").write_bytes(HOSTILE["base64"][0](3 << 20))
    import_mail([folder], director)
    part = MessagePart.get()
    content = part_content(part.message_id, part.position)
    assert part.name == "disk.img"
    assert abs(len(content) - part.size) < 100
    assert len(content) == (3 << 20) * 3 // 4
    with pytest.raises(RuleBroken):
        part_content(part.message_id, 7)


def _import_until(url: DatabaseURL, actor: Actor, path: Path, kept: int) -> None:
    """Import in a process of its own, which is killed when so many originals are kept, and none is written."""
    opening.close_database()
    opening.open_database(url)
    with MailImport(actor, readers=mail_readers()) as work:
        for number in range(kept):
            work.take(Original((path / f"{number:02}.eml").read_bytes(), "test"))
        work.keep()
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_import_had_kept_is_read_by_the_next_one(
    database_url: DatabaseURL, director: Actor, letters: Path
) -> None:
    opening.close_database()
    process = multiprocessing.get_context("fork").Process(
        target=_import_until, args=(database_url, director, letters, 20)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    opening.open_database(database_url)
    assert (Message.select().count(), len(waiting_originals())) == (0, 20)
    assert problems() == []
    (letters / "00.eml").unlink()
    assert counts(import_mail([letters], director)) == (33, 33, 0)
    assert waiting_originals() == []
    assert problems() == []


@pytest.fixture
def samples() -> Path:
    """The folder of real messages beside the checkout."""
    if not SAMPLES.is_dir():
        pytest.skip("the real messages are not beside this checkout")
    return SAMPLES


def test_all_real_messages_come_in_and_come_back(director: Actor, samples: Path) -> None:
    report = import_mail([samples], director)
    assert (report.read, report.added, report.duplicate) == (762, 762, 0)
    assert report.refused == 17, "the pictures and sounds among them"
    assert 0 < report.broken < 60
    files = {hashlib.sha256(path.read_bytes()).hexdigest() for path in samples.rglob("*") if path.is_file()}
    taken = {row.sha256: row.id for row in Message.select(Message.id, Message.sha256)}
    assert taken.keys() <= files
    assert len(files) - len(taken) == 17
    assert all(hashlib.sha256(original(row)).hexdigest() == sha256 for sha256, row in taken.items())
    for row in Message.select().where(Message.source.contains("spamassassin")):
        md5 = Path(row.source).stem.rpartition(".")[2]
        assert hashlib.md5(original(row.id)).hexdigest() == md5
    again = import_mail([samples], director)
    assert (again.added, again.duplicate) == (0, 762)
    assert list(rows_changed_behind()) == list(broken_links()) == []


def test_the_mailing_lists_come_out_as_threads(director: Actor, samples: Path) -> None:
    import_mail([samples / "spamassassin"], director)
    sizes: dict[int, int] = {}
    for (thread,) in tuples(Message.select(Message.thread)):
        sizes[thread] = sizes.get(thread, 0) + 1
    assert 200 < len(sizes) < 350
    assert max(sizes.values()) < 80
    kiddies = Message.select().where(Message.subject == "Re: Java is for kiddies").first()
    assert kiddies is not None
    line = thread_of(kiddies.id)
    assert len([one for one in line if "Java is for kiddies" in one.subject]) > 20


@pytest.mark.proof
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_of_full_size_end_in_time_and_memory(tmp_path: Path, name: str) -> None:
    from tests.importers.measured_import import measure

    make, _size, full = HOSTILE[name]
    (tmp_path / name).write_bytes(make(full))
    seconds, megabytes, added = measure(tmp_path / name, tmp_path)
    assert added == 1
    assert seconds < 15
    assert megabytes < 600
