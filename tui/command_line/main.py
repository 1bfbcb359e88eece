"""Where ``turbofly`` begins as a process, and where it ends, which for a look-up is a matter of milliseconds."""

from __future__ import annotations

import sys


def main() -> int:
    """The program as a process; the exit code."""
    import gc

    # Start-up makes hundreds of thousands of objects and no garbage: collections then cost a tenth of the time.
    gc.set_threshold(200_000)
    from tui.command_line.running import flushed, run, taken_down

    _begin_early(sys.argv[1:])
    code = run(sys.argv[1:])
    if not flushed(sys.stdout) or not taken_down():
        return code
    import os

    flushed(sys.stderr)
    # All is closed. Freeing module by module what the process ends with costs a look-up another tenth.
    os._exit(code)


def _begin_early(arguments: list[str]) -> None:
    """Begin what a command will wait for before the program itself is loaded: two processor cores then work at once."""
    if "import" in arguments and "mail" in arguments and not {"-h", "--help"} & {*arguments}:
        from importers import nursery_start

        nursery_start.begin("importers.mail_reader:answer")


if __name__ == "__main__":
    sys.exit(main())
