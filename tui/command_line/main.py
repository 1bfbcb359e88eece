"""Where ``turbofly`` begins as a process, and where it ends, which for a look-up is a matter of milliseconds."""

from __future__ import annotations

import sys


def main() -> int:
    """The program as a process; the exit code."""
    import gc

    # Start-up makes hundreds of thousands of objects and no garbage: collections then cost a tenth of the time.
    gc.set_threshold(200_000)
    from tui.command_line.running import flushed, run, taken_down

    code = run(sys.argv[1:])
    if not flushed(sys.stdout) or not taken_down():
        return code
    import os

    flushed(sys.stderr)
    # All is closed. Freeing module by module what the process ends with costs a look-up another tenth.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
