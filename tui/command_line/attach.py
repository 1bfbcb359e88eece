"""``turbofly attach``: files of this machine onto a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from models.language import N_, _
from tui.command_line.errors import DONE, REFUSED, say
from tui.command_line.naming import DOCUMENTS, KINDS, record_meant
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option


@make_command(
    "attach",
    help=N_("Attach files to a record. NUMBER is its number, code or name; #7 is an id."),
)
@click.argument("kind", type=click.Choice((*KINDS, *DOCUMENTS)))
@click.argument("number")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@option("--note", default="", metavar="TEXT", help=N_("A note on each of the files."))
@json_option
@click.pass_obj
def command(invocation: Invocation, kind: str, number: str, files: tuple[str, ...], note: str, as_json: bool) -> int:
    invocation.open()
    from models.company.permissions import ATTACH_FILES
    from models.errors import RuleBroken
    from models.files.actions import attach_path
    from models.files.paths import typed_path

    actor = invocation.actor(ATTACH_FILES)
    about = record_meant(kind, number)
    attached: list[dict[str, Any]] = []
    errors: list[dict[str, str]] = []
    for text in files:
        try:
            path: Path = typed_path(text)
            attached.append({"id": attach_path(actor, about, path, note), "file": str(path)})
        except RuleBroken as refusal:
            errors.append({"file": text, "reason": str(refusal)})
    if as_json:
        print_json({"attached": attached, "errors": errors})
    else:
        for one in attached:
            print_line(_("Attached: {name}").format(name=one["file"]))
        for error in errors:
            say(_("Refused: {reason}").format(reason=error["reason"]))
    return REFUSED if errors else DONE
