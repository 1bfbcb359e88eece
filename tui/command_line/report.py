"""``turbofly report``: ready-made reports, as a table for people or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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

REPORTS = ("candidates", "funnel", "deals", "unmet-demand", "campaigns", "receivables")
_RIGHT = frozenset({"integer", "money", "quantity"})


def _where(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    narrowed = {}
    for text in given:
        field, equals, value = text.partition("=")
        if not (field.strip() and equals and value.strip()):
            raise click.BadParameter(_("{text} is not FIELD=VALUE.").format(text=text))
        narrowed[field.strip()] = value.strip()
    return narrowed


@make_command("report", help=N_("Print a report. Without NAME it lists the reports that there are."))
@click.argument("name", type=click.Choice(REPORTS), required=False)
@option("--by", multiple=True, metavar="DIMENSION", help=N_("Group by this instead; may be repeated."))
@option("--from", "first", metavar="DAY", help=N_("The first day: 2026-10-01, 2026-10, 2026, -30d."))
@option("--to", "last", metavar="DAY", help=N_("The last day, or the month or year that is the last."))
@option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=_where,
    help=N_("Count only these: operator=anna, campaign=…, vendor=…, product=…, as far as the report has them."),
)
@option("--compare", is_flag=True, help=N_("Show the period before beside this one."))
@json_option
@click.pass_obj
def command(
    invocation: Invocation,
    name: str | None,
    by: tuple[str, ...],
    first: str | None,
    last: str | None,
    where: dict[str, str],
    compare: bool,
    as_json: bool,
) -> None:
    from models.periods import Period

    try:
        period = Period(_edge(first, "from", 0), _edge(last, "to", 1))
    except RuleBroken as error:
        raise click.UsageError(str(error)) from error
    invocation.open_for_reading()
    from models.company.permissions import READ, SEE_COST
    from models.reports.catalogue import REPORTS as REGISTERED
    from models.reports.frame import Question

    actor = invocation.actor(READ)
    if name is None:
        _list(as_json)
        return
    try:
        rows = REGISTERED[name].ask(Question(period, by, where, compare, actor.may(SEE_COST)))
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
    rows = [(one.name, f"{_(one.title)}: {_(one.about)}", ", ".join(one.dimensions)) for one in REGISTERED.values()]
    print_table(columns, rows)


def _print(answer: ReportRows, as_json: bool) -> None:
    from screens.kit.cells import cell_text
    from tui.command_line.output import TableColumn, print_json, print_line, print_table

    if as_json:
        names = [column.id for column in answer.columns]
        print_json([dict(zip(names, map(_as_json, row), strict=True)) for row in answer.rows])
        return
    shown = [number for number, one in enumerate(answer.columns) if not one.hidden]
    columns = [TableColumn(_(one.title), right=one.kind in _RIGHT) for one in answer.columns if not one.hidden]

    def line(cells: Sequence[Any]) -> list[str]:
        return [cell_text(cells[number], answer.columns[number].kind, {}) for number in shown]

    total = [[_("Total"), *line(answer.total)[1:]]] if answer.total else []
    print_table(columns, [*map(line, answer.rows), *total])
    for note in answer.notes:
        print_line(note)


def _as_json(cell: Any) -> Any:
    """Absent values are null; shares and medians are numbers."""
    return float(cell) if isinstance(cell, Decimal) else None if cell == "" else cell
