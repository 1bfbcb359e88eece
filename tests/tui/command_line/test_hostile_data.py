"""Nothing in the data speaks to the terminal or breaks the JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from models.search.indexing import rebuild
from tests.terminal.harness import Terminal
from tests.tui.command_line.conftest import Turbofly, changed_behind

EVIL = "Evil\x1b]52;c;SGFjaw==\x07\x9b31m\u202eред\u200bис[/x][bold red]\x7f"


@pytest.fixture
def poisoned(company: Path) -> Path:
    """A client and licence names with everything that terminals act on, put there by another program."""
    from models.database import DatabaseURL
    from models.opening import close_database, open_database

    name = "'" + EVIL + "'"
    changed_behind(
        company,
        f"UPDATE client SET name = {name}",
        f"UPDATE licence SET name = {name}, product_code = {name}",
        f"UPDATE operator SET name = {name}",
    )
    open_database(DatabaseURL.of_path(company))
    for kind in ("client", "key", "licence"):
        rebuild(kind)
    close_database()
    return company


COMMANDS = (
    ("key", "LIC"),
    ("find", "evil"),
    ("show", "client", "#1"),
    ("show", "licence", "LIC-0001"),
    ("operator", "list"),
)
FORBIDDEN = {character for character in EVIL if not character.isprintable()}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_control_character_of_the_data_is_printed(
    poisoned: Path, turbofly: Turbofly, command: tuple[str, ...]
) -> None:
    ran = turbofly(*command)
    assert ran.code == 0
    assert "Evil" in ran.out
    assert not FORBIDDEN & set(ran.out)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_gives_the_data_back_and_holds_no_raw_control_character(
    poisoned: Path, turbofly: Turbofly, command: tuple[str, ...]
) -> None:
    ran = turbofly(*command, "--json")
    assert not FORBIDDEN & set(ran.out)
    assert any(EVIL in text for text in _texts(json.loads(ran.out)))


def _texts(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(_texts, value))
    return {value} if isinstance(value, str) else set()


@pytest.mark.terminal
@pytest.mark.parametrize("command", COMMANDS[:3], ids=" ".join)
def test_on_a_terminal_only_our_own_sequences_arrive(poisoned: Path, command: tuple[str, ...]) -> None:
    with Terminal([sys.executable, "-m", "tui.command_line.main", *command], rows=60, columns=200) as terminal:
        assert terminal.wait_for_exit() == 0
        raw = terminal.raw
    assert b"Evil" in raw
    assert b"\x1b]" not in raw and b"\x9b31m" not in raw and b"\x07" not in raw
    assert "\u202e".encode() not in raw
    assert b"[/x][bold" in raw


def test_errors_are_harmless_too(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "no\x1b[31mthing")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    usage = turbofly("show", "\x1b[31mdragon", "1")
    assert usage.code == 2
    assert "\x1b" not in usage.err
