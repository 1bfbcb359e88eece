"""``turbofly report``: ready-made reports, for people and for other programs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from models.errors import RuleBroken
from models.language import N_, _
from tui.command_line.options import Invocation
from tui.command_line.report_output import FORMATS, OF_ENDINGS, give
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option

REPORTS = ("candidates", "funnel", "deals", "unmet-demand", "campaigns", "receivables", "renewals", "expiring")


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
@option("--format", "chosen", type=click.Choice(FORMATS), help=N_("The format; without it, the file's ending says."))
@option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("The file to write."))
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
    chosen: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    form = _format(chosen, output, as_json=as_json)
    if name is None and (output is not None or form not in ("table", "json")):
        raise click.UsageError(_("Name the report that is to be written."))
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
        _list(form == "json")
        return
    try:
        rows = REGISTERED[name].ask(Question(period, by, where, compare, actor.may(SEE_COST)))
    except RuleBroken as error:
        raise click.UsageError(str(error)) from error
    give(rows, name, form, output)


def _format(chosen: str | None, output: Path | None, *, as_json: bool) -> str:
    """The format that is meant, by what was said of it."""
    if as_json and chosen not in (None, "json"):
        raise click.UsageError(_("--json and --format {format} do not go together.").format(format=chosen))
    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    form = chosen or ("json" if as_json else "table" if output is None else OF_ENDINGS.get(ending))
    if form is None:
        known = ", ".join(FORMATS)
        raise click.UsageError(_("What format is {file}? Say --format {known}.").format(file=output, known=known))
    if form == "xlsx" and output is None:
        raise click.UsageError(_("A workbook needs a file: --output FILE."))
    return form


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
