"""``turbofly export calendar``: what is planned, as iCalendar."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from models.language import N_, ngettext
from tui.command_line.errors import say
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import option


@make_command(
    "calendar",
    help=N_(
        "Write the operator's planned interactions and open reminders as iCalendar: to a file, or to standard output."
    ),
)
@option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("The file to write."))
@option("--everyone", is_flag=True, help=N_("Those of all operators."))
@click.pass_obj
def command(invocation: Invocation, output: Path | None, everyone: bool) -> None:
    invocation.open_for_reading()
    from models.company.permissions import EXPORT_TABLES, READ

    actor = invocation.actor(EXPORT_TABLES if everyone else READ)
    from exporters.icalendar_file import calendar_bytes, write_calendar
    from models.clients.calendar import calendar_entries

    entries = calendar_entries(None if everyone else actor.operator_id or 0)
    if output is not None:
        count = write_calendar(output, entries)
        text = ngettext("{number} entry written to {file}.", "{number} entries written to {file}.", count)
        say(text.format(number=count, file=output))
    elif sys.stdout.isatty():
        # Another program gets the data as they are; a terminal must not obey them.
        from models.text import shown_lines

        print(shown_lines(calendar_bytes(entries).decode().replace("\r\n", "\n")), end="")
    else:
        sys.stdout.buffer.write(calendar_bytes(entries))
        sys.stdout.buffer.flush()
