"""``turbofly demo``: a new database with a made-up dealer that shows every feature."""

from __future__ import annotations

import click

from models.language import N_, _
from tui.command_line.options import Invocation
from tui.command_line.output import TableColumn, print_json, print_line, print_table
from tui.command_line.sample import SEED, Scale, fill
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option

SCALES = ("small", "medium", "large")


@make_command(
    "demo",
    help=N_(
        "Fill a new database with a made-up dealer that shows every feature. The same seed gives the same data. You are"
        " its director."
    ),
)
@option(
    "--scale",
    type=click.Choice(SCALES),
    default="small",
    show_default=True,
    help=N_("How big: some 200 clients, ten years of a middle-sized dealer, or a million licences."),
)
@option("--seed", type=int, default=SEED, show_default=True, help=N_("Another number makes other data."))
@click.argument("path")
@json_option
@click.pass_obj
def command(invocation: Invocation, scale: Scale, seed: int, path: str, as_json: bool) -> None:
    invocation.database = path
    url = invocation.url
    counts = fill(url, scale, seed)
    if as_json:
        print_json(counts)
        return
    print_table(
        [TableColumn(_("Table")), TableColumn(_("Rows"), right=True)], [(name, count) for name, count in counts.items()]
    )
    print_line(_("Open it: turbofly --database {place}").format(place=url.shown))
