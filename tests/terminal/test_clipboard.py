"""Copying reaches the operator's own clipboard: through the terminal, and inside a real tmux."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal

pytestmark = pytest.mark.terminal

COPYING = [sys.executable, "-m", "tests.terminal.small_program", "copy"]
COPIED = "ключ 0A1F-4433"


def test_what_is_copied_goes_to_the_terminal_as_osc_52(tmp_path: Path) -> None:
    with Terminal([*COPYING, str(tmp_path / "draft")]) as terminal:
        terminal.wait_for("w work")
        terminal.send("w")
        sequence = b"\x1b]52;c;" + base64.b64encode(COPIED.encode()) + b"\x07"
        terminal.wait_until(lambda: sequence in terminal.raw, "the text to be copied")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """A tmux server of its own with the settings that tmux has by itself."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux on this machine")
    command = ["tmux", "-f", os.devnull, "-S", str(tmp_path / "socket")]
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True)


def test_inside_tmux_it_goes_to_its_buffer_and_on_to_the_terminal_outside(tmux: list[str], tmp_path: Path) -> None:
    inside = [*tmux, "new-session", "-x", "80", "-y", "24", *COPYING, str(tmp_path / "draft")]
    with Terminal(inside, environment={"LC_ALL": "C.UTF-8"}) as terminal:
        terminal.wait_for("w work")
        terminal.send("w")
        encoded = base64.b64encode(COPIED.encode())
        terminal.wait_until(lambda: encoded in terminal.raw, "the text to reach the terminal outside")
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True)
        assert shown.stdout.decode() == COPIED
