"""Drafts: what is kept, who gets it back, and that nothing half-written or foreign is ever offered."""

import stat
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from screens.kit.drafts import NEW, Draft, Drafts, database_id, drafts_folder
from screens.kit.form_entries import Entry


def a_draft(kind: str = "client", record_id: int = 5, text: str = "Лютик") -> Draft:
    base = {"name": "Ромашка", "tags": ("a", "b"), "price": Decimal("1.50"), "until": date(2026, 1, 2), "owner": None}
    return Draft(kind, record_id, "client: Ромашка", 3, base, {"group": "Холдинг"}, {"name": Entry(text, 4)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "0123"


def test_a_draft_comes_back_whole_after_the_program_was_killed(folder: Path) -> None:
    killed = Drafts(folder)
    killed.keep(a_draft())
    killed.close()
    found = Drafts(folder).of("client", 5)
    assert found is not None
    assert (found.version, found.base, found.names, found.typed) == (
        3,
        a_draft().base,
        {"group": "Холдинг"},
        {"name": Entry("Лютик", 4)},
    )


def test_only_the_operator_can_read_a_draft(folder: Path) -> None:
    path = Drafts(folder).keep(a_draft())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_draft_is_named_after_its_record(folder: Path) -> None:
    drafts = Drafts(folder)
    assert [drafts.keep(a_draft()).name, drafts.keep(a_draft(record_id=NEW)).name] == [
        "client-5.json",
        "client-new.json",
    ]


def test_what_a_running_program_types_is_not_offered_to_another(folder: Path) -> None:
    running = Drafts(folder)
    running.keep(a_draft())
    assert Drafts(folder).pending() == []
    running.close()
    assert len(Drafts(folder).pending()) == 1


def test_two_programs_keep_two_drafts_of_one_record(folder: Path) -> None:
    first, second = Drafts(folder), Drafts(folder)
    first.keep(a_draft(text="first"))
    second.keep(a_draft(text="second"))
    first.close()
    second.close()
    assert {draft.typed["name"].text for draft in Drafts(folder).pending()} == {"first", "second"}


def test_a_draft_is_written_over_its_earlier_self(folder: Path) -> None:
    drafts = Drafts(folder)
    path = drafts.keep(a_draft(text="o"))
    again = drafts.keep(Draft(**{name: getattr(a_draft(text="one"), name) for name in _NAMES} | {"path": path}))
    assert again == path
    assert [each.name for each in folder.glob("*.json")] == ["client-5.json"]


_NAMES = ("kind", "record_id", "title", "version", "base", "names", "typed")


def test_a_discarded_draft_is_gone(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.discard(drafts.keep(a_draft()))
    drafts.close()
    assert Drafts(folder).pending() == []
    assert list(folder.glob("*.json")) == []


def test_another_operator_of_the_same_login_of_the_machine_is_not_offered_it(folder: Path) -> None:
    annas = Drafts(folder, "anna")
    annas.keep(a_draft())
    annas.close()
    assert Drafts(folder, "boris").pending() == []
    assert len(Drafts(folder, "anna").pending()) == 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"program": "x"}', '{"program": "x", "kind": 1, "base": 5}', "\x00"]
)
def test_a_file_that_is_no_draft_is_left_alone(folder: Path, content: str) -> None:
    folder.mkdir(parents=True)
    (folder / "client-5.json").write_text(content)
    assert Drafts(folder).pending() == []
    assert (folder / "client-5.json").exists()


def test_a_draft_that_cannot_be_written_says_so(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(OSError):
        Drafts(folder).keep(a_draft())


def test_each_database_has_a_folder_of_its_own_and_its_address_is_not_in_the_name() -> None:
    assert database_id("/data/a.db") != database_id("/data/b.db")
    assert "secret" not in str(drafts_folder("postgresql://anna:secret@host/name"))
