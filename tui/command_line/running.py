"""Running one command: language first, then click, then the command; at the end everything is closed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from tui.command_line.errors import DONE, say, told
from tui.command_line.options import PROGRAM, Invocation

COMPLETION_VARIABLE = "_TURBOFLY_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run one command in this process; the exit code. Whatever goes wrong has been told on standard error."""
    invocation = Invocation()
    try:
        return _run(list(arguments), invocation)
    except BrokenPipeError:
        # Who reads our output has read enough, as head does.
        _forget(sys.stdout)
        return DONE
    except SystemExit:
        raise
    except BaseException as error:
        return told(error, debug=invocation.debug)
    finally:
        _close_database()


def _run(arguments: list[str], invocation: Invocation) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    invocation.speak()
    if not arguments and COMPLETION_VARIABLE not in os.environ:
        return _run_program(invocation)
    import click

    from tui.command_line.root import turbofly

    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(turbofly, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    try:
        with turbofly.make_context(PROGRAM, arguments, obj=invocation) as context:
            code: int | None = turbofly.invoke(context)
            return code or DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code


def _run_program(invocation: Invocation) -> int:
    """The terminal interface, which takes no arguments: without click it starts a sixteenth sooner."""
    for problem in invocation.configuration[1]:
        say(str(problem))
    from tui.command_line.program import open_program

    return open_program(invocation)


def _close_database() -> None:
    if "models.opening" in sys.modules:
        from models.opening import close_database

        close_database()


def flushed(stream: TextIO) -> bool:
    """Write out what is left; False when nobody reads it any more."""
    try:
        stream.flush()
    except BrokenPipeError:
        _forget(stream)
        return False
    return True


def _forget(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def taken_down() -> bool:
    """Whether nothing is left that the interpreter has to end in its own order: threads, children, exit hooks."""
    import threading

    hooked = {"multiprocessing.util", "concurrent.futures.thread", "textual.app", "coverage"} & sys.modules.keys()
    return not hooked and threading.active_count() == 1
