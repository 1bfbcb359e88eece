"""``turbofly migrate``: a database of an older version brought up to date, after a verified backup."""

from __future__ import annotations

import click

from models.language import N_, _
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option


@make_command("migrate", help=N_("Bring a database of an older version up to date, after a verified backup."))
@json_option
@click.pass_obj
def command(invocation: Invocation, as_json: bool) -> None:
    done = invocation.open()
    from models.opening import known_steps

    before, after = (done.before, done.after) if done else (known_steps()[-1],) * 2
    backup = done.backup if done else None
    if as_json:
        print_json({"from": before, "to": after, "backup": backup and str(backup)})
        return
    if done is None:
        print_line(_("The database is up to date ({step}).").format(step=after))
        return
    print_line(_("Brought from {before} to {after}.").format(before=before, after=after))
    if backup is not None:
        print_line(_("The backup from before: {path}").format(path=backup))
