"""``turbofly restore``: a backup in the place of the database, which stays beside it."""

from __future__ import annotations

from pathlib import Path

import click

from models.database import DatabaseURL
from models.errors import DatabaseUnusable
from models.language import N_, _
from tui.command_line.options import Invocation, stop_asking_outside_a_terminal
from tui.command_line.output import print_json, print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option


@make_command(
    "restore",
    help=N_("Put a backup in the place of the database. The old database stays beside it. Close other programs first."),
)
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@option("--yes", is_flag=True, help=N_("Do not ask."))
@json_option
@click.pass_obj
def command(invocation: Invocation, path: Path, yes: bool, as_json: bool) -> None:
    url = invocation.url
    _require_director(invocation)
    if not yes:
        stop_asking_outside_a_terminal(_("This replaces {place}.").format(place=url.shown))
        question = _("Replace {place} by {path}? The old database stays beside it.")
        click.confirm(question.format(place=url.shown, path=path), abort=True, err=True)
    old = _restored(path, url)
    if as_json:
        print_json({"ok": True, "problems": []})
        return
    print_line(_("{place} is as it was in {path}.").format(place=url.shown, path=path))
    if old is not None:
        print_line(_("What was there before: {old}").format(old=old))


def _require_director(invocation: Invocation) -> None:
    """Where the present database can still be read, it says who may replace it."""
    from models.company.permissions import ADMINISTER
    from models.opening import close_database

    try:
        invocation.open()
    except DatabaseUnusable:
        return
    try:
        invocation.actor(ADMINISTER)
    finally:
        close_database()


def _restored(path: Path, url: DatabaseURL) -> Path | None:
    from models.backup import restore_from
    from models.opening import open_database
    from tui.command_line.heads import write_head_down

    old = restore_from(path, url)
    open_database(url)
    write_head_down(url)
    return old
