"""The manual page tells of every command and option, and its examples do what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.architecture.project import ROOT
from tests.tui.command_line.conftest import Turbofly
from tui.command_line.root import turbofly as program

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its name as it is typed."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, f"{path} {name}")


ALL = dict(commands(program, "turbofly"))


def section(name: str) -> str:
    """What stands under the heading of a command, with the sections below it that are not yet another command's."""
    found = re.search(rf"^##+ {name}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def test_every_command_has_its_section() -> None:
    headings = set(re.findall(r"^##+ (turbofly .*)$", PAGE, re.MULTILINE))
    assert headings == set(ALL) - {"turbofly"}


@pytest.mark.parametrize("name", ALL)
def test_every_option_is_told_of(name: str) -> None:
    told = section(name) if name != "turbofly" else PAGE
    options = [max(option.opts, key=len) for option in ALL[name].params if isinstance(option, click.Option)]
    assert [option for option in options if f"`{option}" not in told and f"{option} " not in told
            and f"[{option}]" not in told] == []  # fmt: skip


def test_the_examples_do_what_the_manual_says(
    tmp_path: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    run = 0
    for language, file, text in BLOCKS:
        if file:
            Path(file).write_text(text, encoding="utf-8")
        elif language == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
                run += 1
                words = shlex.split(command)
                assert words[0] == "turbofly"
                ran = turbofly(*words[1:])
                said = ran.out.replace("\r\n", "\n") + ran.err + (f"[exit {ran.code}]\n" if ran.code else "")
                assert re.fullmatch(pattern_of(expected), said, re.DOTALL), f"{command}\n{said}"
    assert run > 20


def pattern_of(expected: str) -> str:
    """``…`` stands for anything."""
    return ".*".join(map(re.escape, expected.split("…")))
