"""What poisoned text makes the program write: nothing that a terminal would obey."""

import sys
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal, foreign_controls

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("ascii_only", [False, True])
def test_poisoned_text_is_seen_and_obeyed_by_no_terminal(tmp_path: Path, ascii_only: bool) -> None:
    settings = tmp_path / "turbofly.toml"
    settings.write_text(f"ascii = {str(ascii_only).lower()}", encoding="utf-8")
    command = [sys.executable, "-m", "tests.terminal.small_program", "hostile", str(tmp_path / "draft")]
    with Terminal(command, environment={"TURBOFLY_CONFIG": str(settings)}) as terminal:
        terminal.wait_for("w work")
        terminal.send("w")
        terminal.wait_until(lambda: terminal.screen_text().count("end of it") == 3, "the poisoned text three times")
        said = terminal.raw
    assert foreign_controls(said) == []
    assert b"[/x]" in said
    assert said.isascii() is ascii_only
