"""``turbofly files``: the files of a record, listed or saved to a folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import N_, _
from tui.command_line.errors import DONE, NOTHING_FOUND, say
from tui.command_line.naming import DOCUMENTS, KINDS, record_meant
from tui.command_line.options import Invocation
from tui.command_line.output import TableColumn, print_json, print_line, print_table
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option

if TYPE_CHECKING:
    from models.files.queries import FileLine


@make_command(
    "files",
    help=N_("List the files of a record, the newest first, or save them. NUMBER is its number, code or name."),
)
@click.argument("kind", type=click.Choice((*KINDS, *DOCUMENTS)))
@click.argument("number")
@option(
    "--save",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=N_("Save them into this folder, each under a safe name; no file there is written over."),
)
@json_option
@click.pass_obj
def command(invocation: Invocation, kind: str, number: str, folder: Path | None, as_json: bool) -> int:
    invocation.open_for_reading()
    from models.company.permissions import READ
    from models.files.queries import files_of

    invocation.actor(READ)
    lines = files_of(record_meant(kind, number))
    saved = {} if folder is None else _saved(lines, folder)
    if as_json:
        print_json([dataclasses.asdict(line) | {"saved": saved.get(line.id)} for line in lines])
    elif folder is None:
        print_files(lines)
    else:
        for path in saved.values():
            print_line(_("Saved: {place}").format(place=path))
    if not lines:
        say(_("No files are attached."))
    return DONE if lines else NOTHING_FOUND


def _saved(lines: list[FileLine], folder: Path) -> dict[int, str]:
    """Where each file was written."""
    from exporters.saved_file import save_file
    from models.files.queries import file_content

    return {line.id: str(save_file(folder, line.name, file_content(line.id))) for line in lines}


def print_files(lines: list[FileLine]) -> None:
    """Print files as a table; nothing where there are none."""
    from screens.kit.cells import cell_text

    if lines:
        titles = (_("Id"), _("File name"), _("Bytes"), _("Attached"), _("Operator"), _("Note"))
        columns = [TableColumn(title, right=place in (0, 2), whole=place == 3) for place, title in enumerate(titles)]
        rows = [
            [line.id, line.name, line.size, cell_text(line.attached, "moment", {}), line.operator,
             " ".join(line.note.split("\n"))]
            for line in lines
        ]  # fmt: skip
        print_table(columns, rows)
