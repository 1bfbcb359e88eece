"""What went wrong, told in one line on standard error, and the exit code for it: the one place for all commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from models.errors import Conflict, DatabaseUnusable, DomainError, NotAllowed, NotFound, RuleBroken
from models.language import _

DONE = 0
NOTHING_FOUND = 1
WRONG_USAGE = 2
REFUSED = 3
NOT_ALLOWED = 4
UNUSABLE = 5
INTERRUPTED = 130

_CODES: Sequence[tuple[type[DomainError], int]] = (
    (NotFound, NOTHING_FOUND),
    (RuleBroken, REFUSED),
    (Conflict, REFUSED),
    (NotAllowed, NOT_ALLOWED),
    (DatabaseUnusable, UNUSABLE),
)


def say(text: str) -> None:
    """A message for people, harmless to the terminal, on standard error."""
    from models.text import shown_lines

    print(shown_lines(text), file=sys.stderr)


def told(error: BaseException, *, debug: bool = False) -> int:
    """Tell the operator of an error; the exit code. ``debug`` shows where it came from as well."""
    if debug:
        import traceback

        say("".join(traceback.format_exception(error)))
    if isinstance(error, DomainError):
        say(_("Error: {message}").format(message=error))
        return next((code for kind, code in _CODES if isinstance(error, kind)), REFUSED)
    if isinstance(error, KeyboardInterrupt | EOFError):
        return _interrupted()
    if isinstance(error, OSError):
        say(_("Error: {message}").format(message=_of_file(error)))
        return REFUSED
    return _told_by_click(error)


def _interrupted() -> int:
    say("\n" + _("Interrupted."))
    return INTERRUPTED


def _of_file(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _told_by_click(error: BaseException) -> int:
    import click

    if isinstance(error, click.Abort):
        return _interrupted()
    if isinstance(error, click.ClickException):
        from io import StringIO

        text = StringIO()
        error.show(text)
        say(text.getvalue().rstrip("\n"))
        return WRONG_USAGE
    return _told_of_failure(error)


def _told_of_failure(error: BaseException) -> int:
    from models.database import unusable

    if (in_words := unusable(error)) is not None:
        return told(in_words)
    from tui.crash import CRASHED, record
    from tui.crash import say as say_incident

    say_incident(record(error, "command line"))
    return CRASHED
