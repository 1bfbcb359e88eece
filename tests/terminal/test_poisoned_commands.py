"""What commands print to a terminal over a poisoned database: nothing that the terminal would obey, and no failure."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.grammar import faults_of_output
from tests.terminal.harness import Terminal
from tests.terminal.poison import Poison

pytestmark = pytest.mark.terminal

Poisoned = Callable[[Poison], tuple[Path, dict[str, str]]]
DONE, NOTHING_FOUND = 0, 1
COMMANDS = [
    (("key", "ский"), DONE),
    (("key", "\x1b]0;owned\x07\u202e[/x]zzzzzz"), NOTHING_FOUND),
    (("key", "--json", "ский"), DONE),
    (("find", "ский"), DONE),
    (("operator", "list"), DONE),
    (("export", "table", "clients"), DONE),
    (("show", "client", "\x1b[2J\x9b31m\u2066zzzz"), NOTHING_FOUND),
    (("check",), NOTHING_FOUND),
    (("show", "client", "#1"), DONE),
    (("show", "licence", "#1"), DONE),
]
MORE_COMMANDS = [
    (("find", "--json", "ский"), DONE),
    (("export", "table", "licences"), DONE),
    (("show", "--json", "client", "#1"), DONE),
    *(
        (("show", kind, "#1"), DONE)
        for kind in ("key", "instance", "product", "vendor", "person", "operator", "company")
    ),
]


def name_of(value: object) -> str | None:
    """A command as the name of its test, in ASCII."""
    return " ".join(value).encode("unicode_escape").decode() if isinstance(value, tuple) else None


def prints_harmlessly(path: Path, arguments: tuple[str, ...], code: int) -> None:
    """Run a command on a terminal of its own."""
    command = [sys.executable, "-m", "tui.command_line.main", "--database", str(path), *arguments]
    with Terminal(command) as terminal:
        status = terminal.wait_for_exit()
        said = terminal.raw
    assert b"Traceback" not in said and b"Incident" not in said
    assert status == code, said[-400:]
    assert [str(fault) for fault in faults_of_output(said)][:5] == []
    assert said.strip()


@pytest.mark.parametrize(("arguments", "code"), COMMANDS, ids=name_of)
def test_a_command_prints_nothing_that_the_terminal_obeys(
    poisoned: Poisoned, arguments: tuple[str, ...], code: int
) -> None:
    prints_harmlessly(poisoned(Poison.CODES_TOO)[0], arguments, code)


@pytest.mark.proof
@pytest.mark.parametrize("how", Poison)
@pytest.mark.parametrize(("arguments", "code"), COMMANDS + MORE_COMMANDS, ids=name_of)
def test_no_command_prints_anything_that_the_terminal_obeys(
    poisoned: Poisoned, how: Poison, arguments: tuple[str, ...], code: int
) -> None:
    prints_harmlessly(poisoned(how)[0], arguments, code)
