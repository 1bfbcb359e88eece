"""``turbofly report``: ready-made reports, as a table for people or as JSON."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from models.errors import RuleBroken
from models.language import N_, _
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option

if TYPE_CHECKING:
    from models.reports.frame import ReportRows

REPORTS = ("candidates",)
_RIGHT = frozenset({"integer", "money", "quantity"})


@make_command("report", help=N_("Print a report. Without NAME it lists the reports that there are."))
@click.argument("name", type=click.Choice(REPORTS), required=False)
@option("--by", multiple=True, metavar="DIMENSION", help=N_("Group by this instead; may be repeated."))
@option("--from", "first", metavar="DAY", help=N_("The first day: 2026-10-01, 2026-10, 2026, -30d."))
@option("--to", "last", metavar="DAY", help=N_("The last day, or the month or year that is the last."))
@json_option
@click.pass_obj
def command(
    invocation: Invocation, name: str | None, by: tuple[str, ...], first: str | None, last: str | None, as_json: bool
) -> None:
    from models.reports.frame import Period

    try:
        period = Period(_edge(first, "from", 0), _edge(last, "to", 1))
    except RuleBroken as error:
        raise click.UsageError(str(error)) from error
    invocation.open_for_reading()
    from models.company.permissions import READ
    from models.reports.catalogue import REPORTS as REGISTERED

    invocation.actor(READ)
    if name is None:
        _list(as_json)
        return
    try:
        rows = REGISTERED[name].answer(period, by)
    except RuleBroken as error:
        raise click.UsageError(str(error)) from error
    _print(rows, as_json)


def _edge(text: str | None, option_name: str, which: int) -> dt.date | None:
    """The first (0) or last (1) day of what was given."""
    if text is None:
        return None
    from models.conditions import period

    return period(text, option_name)[which]


def _list(as_json: bool) -> None:
    from models.reports.catalogue import REPORTS as REGISTERED
    from tui.command_line.output import TableColumn, print_json, print_table

    if as_json:
        print_json(
            [{"name": one.name, "title": _(one.title), "by": list(one.dimensions)} for one in REGISTERED.values()]
        )
        return
    columns = (TableColumn(_("Report"), strong=True), TableColumn(_("What it shows")), TableColumn("--by"))
    rows = [(one.name, f"{_(one.title)} {_(one.about)}", ", ".join(one.dimensions)) for one in REGISTERED.values()]
    print_table(columns, rows)


def _print(answer: ReportRows, as_json: bool) -> None:
    from screens.kit.cells import cell_text
    from tui.command_line.output import TableColumn, print_json, print_table

    if as_json:
        names = [column.id for column in answer.columns]
        print_json([dict(zip(names, map(_as_json, row), strict=True)) for row in answer.rows])
        return
    columns = [TableColumn(_(one.title), right=one.kind in _RIGHT) for one in answer.columns]
    kinds = [one.kind for one in answer.columns]
    lines = [[cell_text(cell, kind, {}) for cell, kind in zip(row, kinds, strict=True)] for row in answer.rows]
    total = [cell_text(cell, kind, {}) for cell, kind in zip(answer.total, kinds, strict=True)]
    print_table(columns, [*lines, [_("Total"), *total[1:]]])


def _as_json(cell: Any) -> Any:
    """Absent values are null; shares and medians are numbers."""
    return float(cell) if isinstance(cell, Decimal) else None if cell == "" else cell
