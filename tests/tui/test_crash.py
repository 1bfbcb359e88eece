"""Failures of the program: written down without secrets and without what the variables held."""

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.crash import Failure, blank_secrets, log_path, record, record_thread_failures


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2",
        "PASSWORD = 'hunter2 and more'",
        '{"password": "hunter2"}',
        "{'api_key': 'hunter2'}",
        "token: hunter2",
        "Authorization: Bearer hunter2",
        "imap_passwd=hunter2&x=1",
        "postgresql://anna:hunter2@db.example/dealer",
        "postgresql://anna:p@hunter2@db.example/dealer",
        "imaps://anna%40example.org:hunter2@mail.example",
        "host=db user=anna password=hunter2 dbname=dealer",
    ],
)
def test_secrets_are_blanked(text: str) -> None:
    assert "hunter2" not in blank_secrets(text)
    assert "***" in blank_secrets(text)


@pytest.mark.parametrize(
    "text",
    ["no such column: owner", "sqlite:///home/anna/turbofly.db", "https://example.org/a", "12:30 anna@example.org"],
)
def test_other_text_stays(text: str) -> None:
    assert blank_secrets(text) == text


@given(st.from_regex(r"[A-Za-z0-9!#%^*_.-]{4,20}", fullmatch=True))
def test_any_password_of_a_database_is_blanked(password: str) -> None:
    blanked = blank_secrets(f"cannot open postgresql://anna:{password}@db.example/dealer now")
    assert blanked == "cannot open postgresql://anna:***@db.example/dealer now"


def a_failure(number: str) -> Exception:
    try:
        raise ValueError(f"key {len(number)} is broken")
    except ValueError as error:
        return error


def test_the_log_has_the_number_and_the_way_to_the_failure_but_no_variables() -> None:
    incident = record(a_failure("0A1F-4433"), "screen KeyList")
    written = log_path().read_text(encoding="utf-8")
    assert incident.log == log_path()
    assert incident.number in written
    assert "screen KeyList" in written
    assert "in a_failure" in written
    assert "0A1F-4433" not in written


def test_the_log_is_for_the_operator_alone_even_if_it_was_open_before() -> None:
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0o644)
    record(a_failure("1"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_does_not_hide_the_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))
    incident = record(a_failure("1"))
    assert incident.log is None
    assert incident.number in str(incident)


def test_the_log_does_not_grow_for_ever() -> None:
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x" * 1_000_001, encoding="utf-8")
    incident = record(a_failure("1"))
    assert path.read_text(encoding="utf-8").startswith(f"=== incident {incident.number}")


def test_two_failures_have_two_numbers() -> None:
    assert record(a_failure("1")).number != record(a_failure("1")).number


def test_the_operator_is_told_the_number_and_the_file_and_nothing_else() -> None:
    incident = record(a_failure("0A1F-4433"))
    said = str(Failure(incident).__rich__())
    assert incident.number in said
    assert str(incident.log) in said
    assert "ValueError" not in said


def test_a_failure_in_a_thread_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        raise a_failure("0A1F-4433")

    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    record_thread_failures()
    thread = threading.Thread(target=work, name="the thread of the test")
    thread.start()
    thread.join()
    assert "thread the thread of the test" in log_path().read_text(encoding="utf-8")
