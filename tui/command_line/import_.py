"""``turbofly import``: tables from files into the database, again and again with the same result."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from models.language import N_, _
from tui.command_line.errors import DONE, REFUSED, say
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.progress import progress_bar
from tui.command_line.spoken import Command, group, json_option, option

if TYPE_CHECKING:
    from importers.tables import ImportReport, TableName

_HERE = "tui.command_line.import_"
_ERRORS_PRINTED = 200


@group(
    "import",
    table={name: f"{_HERE}:{name}" for name in ("clients", "products", "keys", "licences", "deals", "orders", "codes")}
    | {name: f"tui.command_line.import_mail:{name}" for name in ("mail", "imap")},
    help=N_(
        "Read tables from CSV and XLSX files, clients from vCards too; messages from files, folders and mail servers."
        " What is there already is not made twice."
    ),
)
def command() -> None:
    return


def _mapping(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for text in given:
        field, equals, column = text.partition("=")
        if not (field.strip() and equals):
            raise click.BadParameter(_("{text} is not FIELD=COLUMN.").format(text=text))
        mapping[field.strip()] = column.strip()
    return mapping


class _Wanted(NamedTuple):
    """What one import is asked for."""

    kind: TableName
    file: Path
    mapping: Mapping[str, str]
    dry_run: bool
    strict: bool
    as_json: bool
    lines: Path | None = None
    product: str = ""


_Decorator = Callable[[Callable[..., int]], Callable[..., int]]
_LINES: _Decorator = option(
    "--lines",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("The lines of the orders, where they stand in a table of their own; map its fields as lines.FIELD."),
)


_PRODUCT: _Decorator = option(
    "--product", metavar="P", default="", help=N_("The product that all codes are of: its code, name or #id.")
)


def _importing(kind: TableName, says: str, more: _Decorator = lambda run: run) -> click.Command:
    """The command that imports one kind of table, with ``more`` options than every such command has."""

    @click.command(kind, cls=Command, help=says)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @option(
        "--map",
        "mapping",
        multiple=True,
        metavar="FIELD=COLUMN",
        callback=_mapping,
        help=N_("Read a field from the column with this heading; nothing after the = leaves it out. May be repeated."),
    )
    @option("--dry-run", is_flag=True, help=N_("Say what would happen and change nothing."))
    @option("--strict", is_flag=True, help=N_("Take nothing at all if any row is refused."))
    @more
    @json_option
    @click.pass_obj
    def run(
        invocation: Invocation,
        file: Path,
        mapping: dict[str, str],
        dry_run: bool,
        strict: bool,
        as_json: bool,
        lines: Path | None = None,
        product: str = "",
    ) -> int:
        return _import(invocation, _Wanted(kind, file, mapping, dry_run, strict, as_json, lines, product))

    return run


def _import(invocation: Invocation, wanted: _Wanted) -> int:
    invocation.open()
    from importers.tables import import_table
    from models.company.permissions import IMPORT_TABLES

    actor = invocation.actor(IMPORT_TABLES)
    product = None
    if wanted.product:
        from models.cards.reading import record_named

        product = record_named("product", wanted.product)
    with progress_bar() as told:
        report = import_table(
            wanted.kind,
            wanted.file,
            actor,
            wanted.mapping,
            lines=wanted.lines,
            product=product,
            dry_run=wanted.dry_run,
            strict=wanted.strict,
            progress=lambda done, total: told(_("Rows"), done, total or done),
        )
    for note in report.notes:
        say(note)
    if wanted.as_json:
        print_json({name: value for name, value in dataclasses.asdict(report).items() if name != "notes"})
    else:
        _print(report, wanted)
    return REFUSED if report.rejected else DONE


def _print(report: ImportReport, wanted: _Wanted) -> None:
    if wanted.dry_run:
        print_line(_("A dry run: nothing was changed."))
    elif wanted.strict and report.rejected:
        print_line(_("Nothing was taken, because rows are refused and --strict was given."))
    print_line(
        _("{read} read: {added} added, {changed} changed, {unchanged} unchanged, {rejected} refused.").format(
            read=report.read,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            rejected=report.rejected,
        )
    )
    for error in report.errors[:_ERRORS_PRINTED]:
        value = _("“{text}”").format(text=error.value)
        what = f"{error.field} {value}: " if error.field else ""
        say(_("Row {row}: {reason}").format(row=error.row, reason=what + error.reason))
    if (more := len(report.errors) - _ERRORS_PRINTED) > 0:
        say(_("… and {number} more; --json lists all.").format(number=more))


clients = _importing("clients", N_("Import clients from a CSV, XLSX or vCard file."))
products = _importing("products", N_("Import products from a CSV or XLSX file."))
keys = _importing("keys", N_("Import protection keys from a CSV or XLSX file."))
licences = _importing("licences", N_("Import licences from a CSV or XLSX file."))
deals = _importing("deals", N_("Import deals (opportunities) from a CSV or XLSX file."))

orders = _importing("orders", N_("Import orders with their lines from CSV or XLSX files."), _LINES)

codes = _importing("codes", N_("Import vendor codes into their products' pools, from a table or a list."), _PRODUCT)
