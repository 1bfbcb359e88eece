"""``turbofly remind``: what an operator has to see to now, for a login script or cron."""

from __future__ import annotations

from typing import Any

import click

from models.language import N_
from tui.command_line.errors import DONE
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option


@make_command(
    "remind",
    help=N_(
        "Print the operator's reminders that are due, one per line, those that waited longest first. "
        "Quotes whose validity has ended expire, and renewals are reminded of, where the operator may do that."
    ),
)
@json_option
@click.pass_obj
def command(invocation: Invocation, as_json: bool) -> int:
    invocation.open_for_reading()
    from models.company.permissions import READ

    actor = invocation.actor(READ)
    from models.clock import now
    from models.reminders.queries import due_reminders
    from tui.command_line.output import print_json, print_line

    due = due_reminders(actor.operator_id or 0, now())
    if as_json:
        print_json([_as_json(one) for one in due])
    else:
        for one in due:
            print_line(_line(one))
    _do_the_days_work(invocation, actor)
    return DONE


def _do_the_days_work(invocation: Invocation, actor: Any) -> None:
    """Cron runs this command daily."""
    from models.clock import today
    from tui.day_work import do, waits

    if waits(actor, today()):
        from models.opening import make_writable

        make_writable(invocation.url)
        do(actor, today())


def _as_json(one: Any) -> dict[str, Any]:
    about = None if one.about is None else {"kind": one.about.kind, "id": one.about.id, "name": one.about_name}
    return {"id": one.id, "due": one.due, "wakes": one.wakes, "text": one.text, "about": about}


def _line(one: Any) -> str:
    from models.about import titled_name
    from models.reading_moments import written_moment

    about = "" if one.about is None else f"  ({titled_name(one.about, one.about_name)})"
    return f"{written_moment(one.due)}  {one.text}{about}"
