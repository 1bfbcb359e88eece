"""Keeping data safe: ``backup``, ``restore``, ``check``, ``undo``, ``migrate``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from models.database import raw_connection
from tests.terminal.harness import Terminal
from tests.tui.command_line.conftest import Turbofly, changed_behind


def clients(turbofly: Turbofly, *words: str) -> list[str]:
    """The names of the clients that are found."""
    return [row["title"] for row in json.loads(turbofly("find", *words, "--kind", "client", "--json").out)]


def test_a_backup_is_a_whole_database_that_only_its_owner_reads(
    company: Path, tmp_path: Path, turbofly: Turbofly
) -> None:
    copy = tmp_path / "copy.db"
    ran = turbofly("backup", copy, "--json")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, {"ok": True, "problems": []}, "")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert turbofly("--database", copy, "key", "4433").code == 0


def test_a_backup_replaces_nothing(company: Path, tmp_path: Path, turbofly: Turbofly) -> None:
    there = tmp_path / "there"
    there.write_text("precious")
    assert turbofly("backup", there).code == 3
    assert there.read_text() == "precious"


def test_a_backup_to_a_folder_that_is_not_there_is_refused(company: Path, tmp_path: Path, turbofly: Turbofly) -> None:
    ran = turbofly("backup", tmp_path / "no" / "folder" / "copy.db")
    assert ran.code == 3
    assert "No such file or directory" in ran.err


def test_a_restored_database_is_as_it_was_and_the_other_stays_beside_it(
    company: Path, tmp_path: Path, turbofly: Turbofly
) -> None:
    copy = tmp_path / "copy.db"
    turbofly("backup", copy)
    turbofly("undo")
    assert turbofly("key", "LIC-0003").code == 1
    ran = turbofly("restore", copy, "--yes")
    assert ran.code == 0
    assert turbofly("key", "LIC-0003").code == 0
    beside = company.with_name("company.db.replaced-1")
    assert str(beside) in ran.out
    assert turbofly("--database", beside, "key", "LIC-0003").code == 1
    assert turbofly("check").code == 0


def test_restore_asks_on_a_terminal_and_nowhere_else(company: Path, tmp_path: Path, turbofly: Turbofly) -> None:
    copy = tmp_path / "copy.db"
    turbofly("backup", copy)
    turbofly("undo")
    assert turbofly("restore", copy).code == 2
    with Terminal([sys.executable, "-m", "tui.command_line.main", "restore", str(copy)], columns=200) as terminal:
        terminal.wait_for("Replace")
        terminal.send("n\r")
        assert terminal.wait_for_exit() == 130
    assert turbofly("key", "LIC-0003").code == 1


def test_a_broken_database_is_restored_without_asking_it_who_may(
    company: Path, tmp_path: Path, turbofly: Turbofly
) -> None:
    copy = tmp_path / "copy.db"
    turbofly("backup", copy)
    company.write_bytes(b"")
    assert turbofly("key", "4433").code == 5
    assert turbofly("restore", copy, "--yes").code == 0
    assert turbofly("key", "4433").code == 0


def test_check_finds_a_sound_database_sound(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("check", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, {"ok": True, "problems": []})
    assert "All is well." in turbofly("check").err


def test_check_names_a_row_that_was_changed_behind_the_programs_back(company: Path, turbofly: Turbofly) -> None:
    changed_behind(company, "UPDATE client SET inn = '7707083893' WHERE id = 2")
    ran = turbofly("check", "--json")
    assert ran.code == 1
    assert [(problem["code"], problem["place"]) for problem in json.loads(ran.out)["problems"]] == [
        ("row-edited", "client #2")
    ]
    assert "client #2" in turbofly("check").out


CUT = (
    "DELETE FROM audit WHERE change_id = (SELECT MAX(change_id) FROM audit)",
    "UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1)",
)


@pytest.mark.parametrize("remembered_by", ["check", "backup"])
def test_a_trail_cut_at_its_end_is_told_by_what_was_written_down(
    company: Path, tmp_path: Path, turbofly: Turbofly, remembered_by: str
) -> None:
    turbofly("check") if remembered_by == "check" else turbofly("backup", tmp_path / "copy.db")
    changed_behind(company, *CUT)
    ran = turbofly("check", "--json")
    assert ran.code == 1
    assert "audit-head" in {problem["code"] for problem in json.loads(ran.out)["problems"]}
    again = json.loads(turbofly("check", "--json").out)
    assert "audit-head" in {problem["code"] for problem in again["problems"]}, "what tells is not overwritten"


def test_who_takes_the_note_away_beside_the_database_is_found_by_the_one_in_the_state_folder(
    company: Path, turbofly: Turbofly
) -> None:
    turbofly("check")
    (company.parent / "company.db.head").unlink()
    changed_behind(company, *CUT)
    problems = json.loads(turbofly("check", "--json").out)["problems"]
    assert [
        p["message"] for p in problems if p["code"] == "audit-head" and os.environ["XDG_STATE_HOME"] in p["message"]
    ]


def test_check_goes_on_where_a_table_cannot_be_read(company: Path, turbofly: Turbofly) -> None:
    changed_behind(company, "DROP TABLE lookup_licence", "UPDATE client SET inn = '7707083893' WHERE id = 2")
    codes = {problem["code"] for problem in json.loads(turbofly("check", "--json").out)["problems"]}
    assert codes == {"unreadable", "row-edited"}


def test_undo_takes_back_the_last_change_and_then_the_one_before(company: Path, turbofly: Turbofly) -> None:
    ran = json.loads(turbofly("undo", "--json").out)
    assert set(ran) == {"change", "restored"}
    assert {"kind": "licence", "id": 3} in ran["restored"]
    assert turbofly("key", "LIC-0003").code == 1
    assert "licence #2" in turbofly("undo").out


def test_a_change_is_undone_by_its_number_once(company: Path, turbofly: Turbofly) -> None:
    change = json.loads(turbofly("undo", "--json").out)["change"]
    again = turbofly("undo", str(change))
    assert again.code == 3
    assert "already undone" in again.err
    assert turbofly("undo", "999999").code == 1
    assert turbofly("undo", "first").code == 2


def test_migrate_brings_an_older_database_up_to_date_after_a_backup(company: Path, turbofly: Turbofly) -> None:
    up_to_date = json.loads(turbofly("migrate", "--json").out)
    assert up_to_date["from"] == up_to_date["to"] and up_to_date["backup"] is None
    connection = raw_connection(company)
    last = connection.execute("SELECT MAX(name) FROM schema_migration").fetchone()[0]
    tables = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'lookup\\__%' ESCAPE '\\'")
    ]
    for name in tables:
        if name.count("_") == 1:
            connection.execute(f"DROP TABLE {name}")
    connection.execute("DELETE FROM schema_migration WHERE name = '0007_search'")
    connection.close()
    assert last == up_to_date["to"]
    ran = json.loads(turbofly("migrate", "--json").out)
    assert ran["to"] == last
    assert Path(ran["backup"]).is_file()
