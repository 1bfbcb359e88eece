"""``turbofly check``: the integrity of the database, of its audit trail and of the rules of the business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from models.language import N_, _
from tui.command_line.errors import DONE, NOTHING_FOUND, say
from tui.command_line.heads import heads_written_down, write_head_down
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.progress import progress_bar
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option

if TYPE_CHECKING:
    from models.audit import Problem
    from models.database import DatabaseURL


@make_command(
    "check",
    help=N_(
        "Check the database: its pages and links, the audit trail against the rows and against what the last check or"
        " backup wrote down, the look-up tables, the rules of the business."
    ),
)
@json_option
@click.pass_obj
def command(invocation: Invocation, as_json: bool) -> int:
    invocation.open_for_reading()
    problems = _problems(invocation.url)
    if as_json:
        print_json({"ok": not problems, "problems": [problem._asdict() for problem in problems]})
    else:
        for problem in problems:
            print_line(f"{problem.place}: {problem.message}")
        say(_("Problems: {number}.").format(number=len(problems)) if problems else _("All is well."))
    return NOTHING_FOUND if problems else DONE


def _problems(url: DatabaseURL) -> list[Problem]:
    from models.checking import CHECKS, problems_of

    found: list[Problem] = []
    heads = heads_written_down(url)
    with progress_bar() as told:
        for number, check in enumerate(CHECKS):
            told(_("Checks"), number, len(CHECKS))
            found.extend(problems_of(check, heads))
        told(_("Checks"), len(CHECKS), len(CHECKS))
    if not any(problem.code.startswith("audit") for problem in found):
        write_head_down(url)
    return found
