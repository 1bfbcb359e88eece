"""The mail servers of the configuration file, and where their passwords come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from models.errors import RuleBroken
from tui.mail_accounts import account_named
from tui.settings import Settings, read_settings

FILE = Path("turbofly.toml")


def settings(*lines: str) -> Settings:
    text = "\n".join(("[imap.office]", 'host = "imap.example.ru"', 'user = "anna"', *lines))
    found, problems = read_settings(text, FILE)
    assert problems == ()
    return found


def test_an_account_is_read_with_its_defaults() -> None:
    account = account_named("office", settings('password_command = "true"'))
    assert (account.host, account.user, account.port, account.folder) == ("imap.example.ru", "anna", 993, "INBOX")
    assert (account.plain, account.ca_file) == (False, None)


def test_all_of_an_account_can_be_said() -> None:
    given = (
        'password_command = "true"',
        "port = 1993",
        'folder = "Archive"',
        'ca_file = "/etc/ca.pem"',
        "plain = true",
    )
    account = account_named("office", settings(*given))
    assert (account.port, account.folder, account.ca_file, account.plain) == (
        1993,
        "Archive",
        Path("/etc/ca.pem"),
        True,
    )


def test_a_command_gives_the_password_by_its_first_line() -> None:
    command = f'{sys.executable} -c \'print(\\"s3cret\\"); print(\\"more\\")\''
    assert account_named("office", settings(f'password_command = "{command}"')).password() == "s3cret"


def test_a_file_gives_the_password_where_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\n", encoding="utf-8")
    account = account_named("office", settings(f'password_file = "{file}"'))
    file.chmod(0o640)
    with pytest.raises(RuleBroken, match="chmod 600") as refusal:
        account.password()
    assert "s3cret" not in str(refusal.value)
    file.chmod(0o600)
    assert account.password() == "s3cret"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('password_command = "false"', "gave no password"),
        ('password_command = "no-such-program-anywhere"', "gave no password"),
        ('password_command = "true"', "gave no password"),
        ('password_file = "/no/such/file"', "cannot be read"),
    ],
)
def test_a_password_that_does_not_come_is_said(line: str, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        account_named("office", settings(line)).password()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "password_command, password_file, keyring"),
        (('password_command = "a"', 'password_file = "b"'), "Give one of"),
        (('password = "s3cret"',), "no such setting"),
        (('password_command = "a"', 'port = "993"'), "whole number"),
        (('password_command = "a"', "plain = 1"), "true or false"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refusal:
        account_named("office", settings(*lines))
    assert "[imap.office]" in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


def test_an_unknown_account_names_those_that_there_are() -> None:
    with pytest.raises(RuleBroken, match="office"):
        account_named("home", settings('password_command = "a"'))
    with pytest.raises(RuleBroken, match="home"):
        account_named("home", None)


def test_an_account_that_is_no_table_is_a_problem_of_the_file() -> None:
    _settings, (problem,) = read_settings('imap = "imap.example.ru"', FILE)
    assert "tables [imap.NAME]" in problem.fault
