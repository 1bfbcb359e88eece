"""``turbofly`` without a command: the terminal interface, and what is asked before its very first start."""

from __future__ import annotations

import sys

from models.language import _
from tui.command_line.errors import say
from tui.command_line.options import Invocation, default_database

_SAMPLE, _EMPTY = "1", "2"


def open_program(invocation: Invocation) -> int:
    """Run the terminal interface; the exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        import click

        raise click.UsageError(_("The terminal interface needs a terminal. “turbofly --help” lists the commands."))
    url = invocation.url
    if invocation.stated_database is None and not default_database().exists():
        _make_first_database(invocation)
    from tui.start import start

    return start(url, invocation.login, invocation.configuration[0], invocation.problems())


def _make_first_database(invocation: Invocation) -> None:
    import click

    from tui.command_line.founding import Founding, found
    from tui.command_line.sample import fill

    say(_("There is no database at {place} yet. What shall it be?").format(place=invocation.url.shown))
    say(_("  1  a sample company, made up, to look around in; delete the file when you have seen enough"))
    say(_("  2  an empty company, to begin your own work with"))
    answer = click.prompt(
        _("Your choice"), type=click.Choice((_SAMPLE, _EMPTY)), default=_SAMPLE, show_choices=False, err=True
    )
    if answer == _SAMPLE:
        fill(invocation.url, "small")
    else:
        found(invocation.url, Founding())
