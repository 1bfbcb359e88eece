"""Files on records: attached, renamed, removed, brought back, checked, on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from models.base import database
from models.checking import CHECKS, problems_of
from models.database import is_sqlite
from models.errors import DatabaseUnusable, NotAllowed, NotFound, RuleBroken
from models.files import paths
from models.files.actions import attach_file, attach_path, edit_file, remove_file
from models.files.lists import FILES, files_listing
from models.files.queries import count_of_files, file_content, file_line, files_of
from models.files.tables import StoredContent
from models.kinds import RecordRef
from models.table_listing import TableListing
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.worlds import a_client, a_key

CONTENTS = next(check for check in CHECKS if check.name == "contents")
LINKS = next(check for check in CHECKS if check.name == "links")


@pytest.fixture
def romashka(director: Actor) -> RecordRef:
    """A client."""
    return RecordRef("client", a_client(director))


def undo_last(actor: Actor) -> None:
    change = last_change(actor)
    assert change is not None
    undo(actor, change)


def test_a_file_is_attached_whole_under_a_safe_name(director: Actor, romashka: RecordRef) -> None:
    data = os.urandom(3000) + b"\0" * 3000
    number = attach_file(director, romashka, "../договор\u202e.pdf", data, "signed")
    (line,) = files_of(romashka)
    assert (line.id, line.name, line.content_type, line.size, line.note, line.operator) == (
        number, "договор.pdf", "application/pdf", 6000, "signed", "anna",
    )  # fmt: skip
    assert line.sha256 == hashlib.sha256(data).hexdigest()
    assert file_content(number) == data
    assert count_of_files(romashka) == 1


def test_an_empty_file_comes_back_empty(director: Actor, romashka: RecordRef) -> None:
    assert file_content(attach_file(director, romashka, "empty.txt", b"")) == b""


def test_the_same_content_is_stored_once(director: Actor, romashka: RecordRef) -> None:
    other = RecordRef("key", a_key(director))
    attach_file(director, romashka, "a.txt", b"licence")
    attach_file(director, other, "b.txt", b"licence")
    assert StoredContent.select().count() == 1
    with pytest.raises(RuleBroken, match="attached already"):
        attach_file(director, romashka, "a.txt", b"licence")
    assert attach_file(director, romashka, "a.txt", b"another")


def test_a_file_is_renamed_and_annotated(director: Actor, romashka: RecordRef) -> None:
    number = attach_file(director, romashka, "scan001.pdf", b"x")
    assert edit_file(director, number, 1, {"name": "power/of attorney.docx", "note": "до 2027\nоригинал у Анны"})
    line = file_line(number)
    assert (line.name, line.content_type.endswith("document"), line.version) == ("of attorney.docx", True, 2)
    assert line.note == "до 2027\nоригинал у Анны"
    with pytest.raises(RuleBroken, match="missing"):
        edit_file(director, number, 2, {"name": " "})


def test_a_removed_file_is_brought_back_by_undo(director: Actor, romashka: RecordRef) -> None:
    number = attach_file(director, romashka, "a.txt", b"precious")
    remove_file(director, number)
    assert files_of(romashka) == []
    assert problems_of(CONTENTS) == [], "the trail still names the content"
    undo_last(director)
    assert file_content(number) == b"precious"
    assert [line.name for line in files_of(romashka)] == ["a.txt"]


def test_an_attachment_is_undone(director: Actor, romashka: RecordRef) -> None:
    attach_file(director, romashka, "a.txt", b"x")
    undo_last(director)
    assert files_of(romashka) == []
    assert problems_of(CONTENTS) == []


def test_a_record_that_carries_files_is_not_taken_back(director: Actor) -> None:
    number = a_client(director)
    made = last_change(director)
    assert made is not None
    attach_file(director, RecordRef("client", number), "a.txt", b"x")
    with pytest.raises(RuleBroken, match="stand in the way"):
        undo(director, made)
    undo_last(director)
    undo(director, made)


@pytest.mark.parametrize("about", [RecordRef("client", 99), RecordRef("dragon", 1), RecordRef("key_movement", 1)])
def test_there_is_nothing_to_attach_to(director: Actor, about: RecordRef) -> None:
    with pytest.raises((NotFound, RuleBroken)):
        attach_file(director, about, "a.txt", b"x")


def test_an_auditor_attaches_nothing(director: Actor, romashka: RecordRef) -> None:
    auditor = Actor("zhanna", "Zhanna", None, frozenset({"look_up", "read"}), "test")
    with pytest.raises(NotAllowed):
        attach_file(auditor, romashka, "a.txt", b"x")
    number = attach_file(director, romashka, "a.txt", b"x")
    with pytest.raises(NotAllowed):
        remove_file(auditor, number)


def test_what_is_no_file_or_too_large_is_refused_unread(
    director: Actor, romashka: RecordRef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, large = tmp_path / "pipe", tmp_path / "large.iso"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(paths.LARGEST + 1)
    for path, reason in ((pipe, "is no file"), (tmp_path, "is no file"), (tmp_path / "no", "There is no file")):
        with pytest.raises(RuleBroken, match=reason):
            attach_path(director, romashka, path)
    with pytest.raises(RuleBroken, match="at most 100 MB"):
        attach_path(director, romashka, large)
    monkeypatch.setattr(paths, "LARGEST", 3)
    with pytest.raises(RuleBroken):
        attach_file(director, romashka, "a.txt", b"1234")
    assert files_of(romashka) == []


def test_a_file_of_this_machine_is_attached_under_its_own_name(
    director: Actor, romashka: RecordRef, tmp_path: Path
) -> None:
    path = tmp_path / "акт сверки.xlsx"
    path.write_bytes(b"PK")
    attach_path(director, romashka, path, "for 2026")
    assert [(line.name, line.note) for line in files_of(romashka)] == [("акт сверки.xlsx", "for 2026")]


def test_the_list_of_files_is_filtered_by_what_they_are(director: Actor, romashka: RecordRef) -> None:
    attach_file(director, romashka, "a.pdf", b"x" * 2000)
    attach_file(director, RecordRef("key", a_key(director)), "b.txt", b"y", "spare")
    listing = TableListing.of(FILES)
    found = {text: [row.cells[0] for row in listing.with_filter(text).page(0, 9)] for text in
             ("", "about:client", "type:pdf", "size>1000", "spare", "about:protection")}  # fmt: skip
    assert found == {
        "": ["b.txt", "a.pdf"], "about:client": ["a.pdf"], "type:pdf": ["a.pdf"], "size>1000": ["a.pdf"],
        "spare": ["b.txt"], "about:protection": ["b.txt"],
    }  # fmt: skip
    assert files_listing(romashka).count() == 1


def test_the_check_names_what_is_missing_damaged_and_nobodys(director: Actor, romashka: RecordRef) -> None:
    whole, damaged, missing = (attach_file(director, romashka, f"{n}.txt", n.encode() * 50) for n in "abc")
    assert problems_of(CONTENTS) == []
    hashes = {line.id: line.sha256 for line in files_of(romashka)}
    bogus = b"not zstandard" if is_sqlite(database) else b"\x28"
    StoredContent.update(compressed=bogus).where(StoredContent.sha256 == hashes[damaged]).execute()
    StoredContent.update(sha256="0" * 64).where(StoredContent.sha256 == hashes[missing]).execute()
    places = [problem.place for problem in problems_of(CONTENTS)]
    assert places == [
        f"file #{missing}", "content 000000000000", f"content {hashes[damaged][:12]}", "content 000000000000",
    ]  # fmt: skip
    assert file_content(whole) == b"a" * 50
    for number in (damaged, missing):
        with pytest.raises(DatabaseUnusable, match="turbofly check"):
            file_content(number)


def test_the_check_names_a_file_of_a_record_that_is_gone(director: Actor, romashka: RecordRef) -> None:
    number = attach_file(director, romashka, "a.txt", b"x")
    database.execute_sql("UPDATE attached_file SET about_id = 77")
    assert [problem.place for problem in problems_of(LINKS)] == [f"file #{number}"]
