"""``turbofly export``: lists as files that other programs, and our own import, read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import N_, _, ngettext
from tui.command_line.csv_output import print_csv
from tui.command_line.errors import say
from tui.command_line.options import Invocation
from tui.command_line.progress import progress_bar
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import group, option

if TYPE_CHECKING:
    from models.listing import Listing

LISTS = (
    "clients", "people", "interactions", "planned", "reminders", "messages", "products", "vendors", "keys", "licences",
    "instances", "codes", "campaigns", "files", "operators", "companies", "deals", "documents", "quotes", "orders",
    "invoices", "shipments", "payments", "payments_made", "supplier_orders", "receipts", "licence_orders", "contracts",
    "unmet_demand", "stages", "vat_rates",
)  # fmt: skip
FORMATS = ("csv", "xlsx")


_COMMANDS = {
    "table": "tui.command_line.export:table",
    "calendar": "tui.command_line.export_calendar:command",
    "templates": "tui.command_line.export_templates:command",
}


@group("export", table=_COMMANDS, help=N_("Write lists to files."))
def command() -> None:
    return


@make_command(
    "table",
    help=N_("Write a whole list, in the form that import reads: to a file, or as CSV to standard output."),
)
@click.argument("name", type=click.Choice(LISTS))
@option("--format", "chosen", type=click.Choice(FORMATS), help=N_("The format; without it, the file's ending says."))
@option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("The file to write."))
@option("--filter", "filter_text", metavar="TEXT", default="", help=N_("Only the rows that this filter leaves."))
@click.pass_obj
def table(invocation: Invocation, name: str, chosen: str | None, output: Path | None, filter_text: str) -> None:
    chosen = chosen or (output.suffix.lower().removeprefix(".") if output else "csv")
    if chosen not in FORMATS:
        raise click.UsageError(_("What format is {file}? Say --format csv or --format xlsx.").format(file=output))
    if chosen == "xlsx" and output is None:
        raise click.UsageError(_("A workbook needs a file: --output FILE."))
    invocation.open_for_reading()
    from models.company.permissions import EXPORT_TABLES
    from models.lists import list_named

    invocation.actor(EXPORT_TABLES)
    listing = list_named(name).with_filter(filter_text)
    if output is None:
        from exporters.table import table_of

        print_csv(table_of(listing))
        return
    count = _write(listing, name, chosen, output)
    say(ngettext("{number} row written to {file}.", "{number} rows written to {file}.", count).format(
        number=count, file=output
    ))  # fmt: skip


def _write(listing: Listing, name: str, chosen: str, output: Path) -> int:
    from exporters.table import table_of

    with progress_bar() as told:
        total = listing.count()
        rows = table_of(listing, progress=lambda done: told(_("Rows"), done, total))
        if chosen == "xlsx":
            from exporters.xlsx_table import write_xlsx

            return write_xlsx(output, rows, sheet=name)
        from exporters.csv_table import write_csv

        return write_csv(output, rows)
