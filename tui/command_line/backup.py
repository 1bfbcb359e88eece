"""``turbofly backup``: an online copy of the database, verified after writing."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import N_, _
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.progress import progress_bar
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option


@make_command(
    "backup", help=N_("Copy the database while others work with it, and verify the copy. PATH is a new file.")
)
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def command(invocation: Invocation, path: Path, as_json: bool) -> None:
    invocation.open()
    from models.backup import backup_to
    from models.company.permissions import READ
    from tui.command_line.heads import write_head_down

    invocation.actor(READ)
    with progress_bar() as told:
        backup_to(path, lambda done, total: told(_("Pages copied"), done, total))
    write_head_down(invocation.url)
    if as_json:
        print_json({"ok": True, "problems": []})
    else:
        print_line(_("Copied to {path} and verified.").format(path=path))
