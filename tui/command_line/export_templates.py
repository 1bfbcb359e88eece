"""``turbofly export templates``: the templates of printed forms, to be edited by the company."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import N_, _, ngettext
from tui.command_line.errors import say
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import option
from tui.places import templates_folder


@make_command(
    "templates",
    help=N_(
        "Copy the templates of the printed forms out to edit them. Those in the folder “templates” beside the"
        " configuration file stand in for the program's own. What is there already is left as it is."
    ),
)
@option("--output", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help=N_("Another folder."))
@click.pass_obj
def command(_invocation: Invocation, output: Path | None) -> None:
    from exporters.printing.templates_out import copy_templates

    folder = output or templates_folder()
    copied, kept = copy_templates(folder)
    for name in kept:
        say(_("Left as it is: {name}").format(name=name))
    text = ngettext("{number} template copied to {folder}.", "{number} templates copied to {folder}.", len(copied))
    say(text.format(number=len(copied), folder=folder))
