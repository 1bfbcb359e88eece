"""``turbofly operator``: who works with the database, in which roles."""

from __future__ import annotations

from typing import Any

import click

from models.language import N_, _, pgettext
from tui.command_line.options import Invocation
from tui.command_line.output import TableColumn, print_json, print_line, print_table, yes_no
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import group, json_option, option

ROLES = ("director", "sales", "licensing", "engineer", "accountant", "auditor")
_HERE = "tui.command_line.operator"


@group(
    "operator",
    table={"add": f"{_HERE}:add", "list": f"{_HERE}:list_", "disable": f"{_HERE}:disable"},
    help=N_("Add, list and disable operators."),
)
def command() -> None:
    return


@make_command("add", help=N_("Add an operator. LOGIN is the name to work under."))
@click.argument("login")
@option("--name", metavar="NAME", required=True, help=N_("Surname and first name."))
@option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help=N_("A role; may be repeated."))
@option(
    "--system-login", metavar="LOGIN", help=N_("Who logs in to the machine so, is this operator; without it, as LOGIN.")
)
@click.pass_obj
def add(invocation: Invocation, login: str, name: str, roles: tuple[str, ...], system_login: str | None) -> None:
    invocation.open()
    from models.company.actions import add_operator
    from models.company.permissions import ADMINISTER

    values = {"login": login, "name": name, "roles": roles, "system_login": system_login or ""}
    add_operator(invocation.actor(ADMINISTER), values)
    print_line(_("{login} may work here now.").format(login=login))


@make_command("list", help=N_("List the operators."))
@json_option
@click.pass_obj
def list_(invocation: Invocation, as_json: bool) -> None:
    invocation.open_for_reading()
    from models.company.permissions import READ, ROLE_TITLES
    from models.lists import list_named

    invocation.actor(READ)
    listing = list_named("operators")
    names = [column.id for column in listing.columns]
    rows: list[dict[str, Any]] = [
        {"id": row.id, **dict(zip(names, row.cells, strict=True))} for row in listing.page(0, listing.count())
    ]
    if as_json:
        print_json([row | {"roles": row["roles"].split(), "system_login": row["system_login"] or None} for row in rows])
        return
    titles = (_("Login"), pgettext("person", "Name"), _("Roles"), _("Active"), _("System login"))
    cells = [
        (row["login"], row["name"], ", ".join(_(ROLE_TITLES.get(role, role)) for role in row["roles"].split()),
         yes_no(row["active"]), row["system_login"])
        for row in rows
    ]  # fmt: skip
    print_table([TableColumn(title) for title in titles], cells)


@make_command("disable", help=N_("Keep an operator out. What he did stays in the audit trail under his name."))
@click.argument("login")
@click.pass_obj
def disable(invocation: Invocation, login: str) -> None:
    invocation.open()
    from models.cards.reading import read_card, record_named
    from models.company.actions import edit_operator
    from models.company.permissions import ADMINISTER

    actor = invocation.actor(ADMINISTER)
    card = read_card("operator", record_named("operator", login))
    if edit_operator(actor, card.id, card.version, {"active": False}):
        print_line(_("{login} is kept out from now on.").format(login=login))
    else:
        print_line(_("{login} was kept out already.").format(login=login))
