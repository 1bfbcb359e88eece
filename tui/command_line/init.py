"""``turbofly init``: an empty database with its first operator, a director, and company."""

from __future__ import annotations

import click

from models.language import N_, _
from tui.command_line.founding import Founding, found
from tui.command_line.options import Invocation
from tui.command_line.output import print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import option


@make_command(
    "init",
    help=N_(
        "Make an empty database, its first operator and company. What is not given is asked for. The operator is a"
        " director and bound to your login on this machine."
    ),
)
@option("--company", metavar="NAME", help=N_("The name of the company."))
@option("--inn", metavar="INN", help=N_("Its taxpayer number."))
@option("--login", metavar="LOGIN", help=N_("The first operator's login, instead of yours on this machine."))
@option("--name", metavar="NAME", help=N_("The first operator's name."))
@click.pass_obj
def command(invocation: Invocation, company: str | None, inn: str | None, login: str | None, name: str | None) -> None:
    url = invocation.url
    who = found(url, Founding(company, inn, login, name))
    print_line(_("Made {place}. Its director is {login}.").format(place=url.shown, login=who))
