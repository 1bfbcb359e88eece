"""``turbofly serve``: the terminal interface in a browser on this machine."""

from __future__ import annotations

import os
import shlex
import sys

import click

from models.language import N_, _
from tui.command_line.errors import say
from tui.command_line.options import DATABASE_VARIABLE, OPERATOR_VARIABLE, PROGRAM, Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import option

HOST = "127.0.0.1"
"""It has no login: whoever can reach it works under the operator who started it."""


@make_command("serve", help=N_("Serve the terminal interface to a browser on this machine, on 127.0.0.1 only."))
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=N_("The port to listen on."))
@click.pass_obj
def command(invocation: Invocation, port: int) -> None:
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise click.UsageError(
            _("The web server is not installed. Install it: pip install 'turbofly[web]'.")
        ) from error
    _refuse_what_cannot_start(invocation)
    # By variables, not arguments: those are seen by everybody on the machine, and an address may hold a password.
    os.environ[DATABASE_VARIABLE] = invocation.url.text
    if invocation.login:
        os.environ[OPERATOR_VARIABLE] = invocation.login
    say(_("Serving on http://{host}:{port} – Ctrl+C ends it.").format(host=HOST, port=port))
    Server(shlex.join([sys.executable, "-m", "tui.command_line.main"]), host=HOST, port=port, title=PROGRAM).serve()


def _refuse_what_cannot_start(invocation: Invocation) -> None:
    """Say now, not in the browser, that there is no such database or operator."""
    from models.company.permissions import LOOK_UP
    from models.opening import close_database

    invocation.open()
    invocation.actor(LOOK_UP)
    close_database()
