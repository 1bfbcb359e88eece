"""The small company of the terminal tests, and the program as a command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.terminal.conftest import _small_company, sample_company, small_company

__all__ = ["_small_company", "sample_company", "small_company"]

PROGRAM = (sys.executable, "-m", "tui.command_line.main")


def turbofly(database: str | Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the program on a database, to its end."""
    command = [*PROGRAM, "--database", str(database), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def problems(database: str | Path) -> Any:
    """What ``turbofly check`` finds."""
    return json.loads(turbofly(database, "check", "--json").stdout)["problems"]
