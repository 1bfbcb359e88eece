"""The exit codes of the contract, and that a user's mistake never gives a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from models.base import database
from tests.tui.command_line.conftest import Ran, Turbofly, changed_behind

PROGRAM = [sys.executable, "-m", "tui.command_line.main"]


def process(*arguments: str | Path, **environment: str) -> Ran:
    """The program as a process of its own."""
    command = [*PROGRAM, *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})
    return Ran(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


def test_json_stands_alone_on_standard_output(company: Path) -> None:
    ran = process("key", "4433", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert len(json.loads(ran.out)) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("key", "4433"), 0),
        (("key", "nowhere"), 1),
        (("show", "key", "nowhere"), 1),
        (("key",), 2),
        (("nonsense",), 2),
        (("show", "dragon", "7"), 2),
        (("--lang", "tlh", "key", "4433"), 2),
        (("init", "--company", "Another"), 3),
        (("--operator", "nobody", "key", "4433"), 4),
        (("--database", "/nowhere/at/all.db", "key", "4433"), 5),
        (("--database", "mysql://host/name", "key", "4433"), 5),
    ],
)
def test_each_way_to_end_has_its_code(company: Path, turbofly: Turbofly, arguments: tuple[str, ...], code: int) -> None:
    ran = turbofly(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert (ran.err == "") == (code == 0)


def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path, turbofly: Turbofly) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear colleagues, " * 100)
    ran = turbofly("--database", text, "key", "4433")
    assert ran.code == 5
    assert "is no database of TurboFly" in ran.err


def test_a_database_of_a_newer_version_is_refused(company: Path, turbofly: Turbofly) -> None:
    changed_behind(company, "INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    ran = turbofly("key", "4433")
    assert ran.code == 5
    assert "9999_future" in ran.err


def test_a_damaged_database_is_told_in_words(company: Path, turbofly: Turbofly) -> None:
    changed_behind(company, "DROP TABLE client")
    ran = turbofly("find", "4433")
    assert ran.code == 5
    assert "no such table" in ran.err and "turbofly check" in ran.err


def test_debug_shows_where_an_error_comes_from(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("--debug", "show", "key", "nowhere")
    assert ran.code == 1
    assert "Traceback" in ran.err and "record_named" in ran.err


def test_a_failure_of_the_program_itself_has_an_incident_number(
    company: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.search.queries.find_keys_and_licences", lambda *_given: 1 / 0)
    ran = turbofly("key", "4433")
    assert ran.code == 70
    assert "Incident" in ran.err and "ZeroDivisionError" not in ran.err


def test_ctrl_c_ends_with_130(company: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("models.search.queries.find_keys_and_licences", interrupted)
    ran = turbofly("key", "4433")
    assert ran.code == 130
    assert "Interrupted." in ran.err


def test_a_reader_that_has_read_enough_is_no_error(company: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        finished = subprocess.run([*PROGRAM, "key", "4433"], stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (finished.returncode, finished.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("-h",), "--database"), (("key", "-h"), "--limit"), (("operator", "--help"), "disable"),
     (("operator", "add", "-h"), "--role"), (("--version",), "turbofly 0.")],
)  # fmt: skip
def test_help_is_there_on_every_level(turbofly: Turbofly, arguments: tuple[str, ...], says: str) -> None:
    ran = turbofly(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert says in ran.out


def test_the_language_asked_for_wins_over_the_locale(company: Path, turbofly: Turbofly) -> None:
    english = process("--lang", "en", "key", LC_ALL="ru_RU.UTF-8")
    assert english.code == 2
    assert "Missing argument" in english.err
    assert "Missing argument" in turbofly("key").err


def test_help_and_clicks_own_errors_are_in_the_language_asked_for(company: Path) -> None:
    for said in (process("--lang", "ru", "key").err, process("key", "--help", LC_ALL="ru_RU.UTF-8").out):
        assert "Вызов: turbofly key" in said
    assert "Ошибка: " in process("--lang", "ru", "show", "key", "nowhere").err


def test_a_fault_in_the_configuration_file_is_told_and_the_command_runs(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turbofly: Turbofly
) -> None:
    file = tmp_path / "turbofly.toml"
    file.write_text('operator = "anna"\ncolour = "green"\n')
    monkeypatch.setenv("TURBOFLY_CONFIG", str(file))
    ran = turbofly("key", "4433")
    assert ran.code == 0
    assert f"{file}:2" in ran.err


def test_option_variable_and_configuration_file_name_the_database_in_this_order(
    company: Path, founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turbofly: Turbofly
) -> None:
    file = tmp_path / "turbofly.toml"
    file.write_text(f'database = "{company}"\n')
    monkeypatch.setenv("TURBOFLY_CONFIG", str(file))
    monkeypatch.delenv("TURBOFLY_DATABASE")
    assert turbofly("key", "4433").code == 0
    monkeypatch.setenv("TURBOFLY_DATABASE", str(tmp_path / "none.db"))
    assert turbofly("key", "4433").code == 5
    assert turbofly("--database", company, "key", "4433").code == 0


def test_a_full_disk_is_told_in_words(
    company: Path, tmp_path: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr("models.backup.raw_connection", full)
    ran = turbofly("backup", tmp_path / "copy.db")
    assert ran.code == 5
    assert "disk is full" in ran.err


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


def test_ctrl_c_ends_a_query_that_would_not_end(
    company: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_given: object) -> None:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        database.execute_sql(ENDLESS).fetchall()

    monkeypatch.setattr("models.search.queries.find_keys_and_licences", endless)
    assert turbofly("key", "4433").code == 130
