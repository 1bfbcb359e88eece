"""``turbofly find``: any record by any part of what it is known by."""

from __future__ import annotations

import dataclasses

import click

from models.language import N_, _
from tui.command_line.errors import DONE, NOTHING_FOUND, say
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, limit_option, option

KINDS = ("client", "person", "product", "key", "licence", "document", "deal", "contract", "message")


@make_command(
    "find",
    help=N_(
        "Find clients, people, products, keys, licences, documents, deals and contracts by any part of what they are"
        " known by, and messages by their words, also with from:, to:, has:attachment and the other filters of the Mail"
        " section. Several words have to be there all."
    ),
)
@click.argument("query", nargs=-1, required=True)
@option("--kind", type=click.Choice(KINDS), help=N_("Only records of this kind."))
@limit_option
@json_option
@click.pass_obj
def command(invocation: Invocation, query: tuple[str, ...], kind: str | None, limit: int, as_json: bool) -> int:
    invocation.open_for_reading()
    from models.company.permissions import READ

    invocation.actor(READ)
    from models.kinds import KINDS as REGISTERED
    from models.search.queries import find
    from tui.command_line.output import TableColumn, print_json, print_table

    rows = find(" ".join(query), kind, limit)
    if as_json:
        print_json([dataclasses.asdict(row) for row in rows])
    elif rows:
        columns = (
            TableColumn(_("Kind")),
            TableColumn(_("Id"), right=True),
            TableColumn(_("Name"), strong=True),
            TableColumn(_("Client")),
            TableColumn(_("Date")),
            TableColumn(_("Details")),
        )
        cells = [(_(REGISTERED[row.kind].title), row.id, row.title, row.client, row.date, row.snippet) for row in rows]
        print_table(columns, cells)
    if not rows:
        say(_("Nothing has “{query}” in it. Try fewer words, or a shorter part.").format(query=" ".join(query)))
    return DONE if rows else NOTHING_FOUND
