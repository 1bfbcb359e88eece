"""How long an import takes as a process of its own, and how much memory it and all its children have at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

_PROGRAM = [sys.executable, "-m", "tui.command_line.main"]


def measure(path: Path, folder: Path) -> tuple[float, float, int]:
    """Import a path into a new company; returns seconds, megabytes at the peak, and how many messages came in."""
    program = [*_PROGRAM, "--database", str(folder / "measured.db")]
    subprocess.run([*program, "init", "--company", "Our company", "--name", "Anna"], check=True, capture_output=True)
    start, peak = time.monotonic(), 0
    with subprocess.Popen([*program, "import", "mail", "--json", str(path)], stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            peak = max(peak, _kilobytes(process.pid))
            time.sleep(0.01)
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
    return time.monotonic() - start, peak / 1024, int(told["added"])


def _kilobytes(process: int) -> int:
    """The memory of a process and its children; what several share is counted once."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in rollup.split("\n") if line.startswith("Pss:")), 0)
    return own + sum(map(_kilobytes, map(int, children.split())))
