"""``turbofly undo``: takes back a change where the rules allow it."""

from __future__ import annotations

import dataclasses

import click

from models.language import N_, _
from tui.command_line.errors import DONE, NOTHING_FOUND, say
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option


@make_command(
    "undo", help=N_("Take back your last change, or the one with the number CHANGE, where the rules allow it.")
)
@click.argument("change", type=click.IntRange(min=1), required=False)
@json_option
@click.pass_obj
def command(invocation: Invocation, change: int | None, as_json: bool) -> int:
    invocation.open()
    from models.company.permissions import LOOK_UP
    from models.kinds import KINDS
    from models.undo import last_change, undo

    actor = invocation.actor(LOOK_UP)
    number = last_change(actor) if change is None else change
    if number is None:
        say(_("There is no change of yours to take back."))
        return NOTHING_FOUND
    restored = undo(actor, number)
    if as_json:
        print_json({"change": number, "restored": [dataclasses.asdict(ref) for ref in restored]})
        return DONE
    print_line(_("Change #{change} is taken back:").format(change=number))
    for ref in restored:
        print_line(f"  {_(KINDS[ref.kind].title)} #{ref.id}")
    return DONE
