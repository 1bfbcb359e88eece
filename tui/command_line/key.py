"""``turbofly key``: whose key is this? The command that everything here is kept light for."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from models.language import N_, _
from tui.command_line.errors import DONE, NOTHING_FOUND, say
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, limit_option, option

if TYPE_CHECKING:
    from models.search.queries import KeyOrLicence

JSON_COLUMNS = (
    "kind", "number", "key", "owner", "client", "product", "product_code", "licence_name", "issued", "expires",
    "state", "shipment", "instance",
)  # fmt: skip
_KINDS = {"key": N_("key"), "licence": N_("licence")}
_SHORTEST_HINT = 3


@make_command(
    "key",
    help=N_(
        "Find protection keys and licences by any part of a number, client or product. Several words have to be there"
        " all. Case, spaces, hyphens and letters that look alike make no difference."
    ),
)
@click.argument("query", nargs=-1, required=True)
@limit_option
@option("--as-of", metavar="DAY", help=N_("What was true at the end of that day: 2026-10-01, 31.12.2025, -30d."))
@json_option
@click.pass_obj
def command(invocation: Invocation, query: tuple[str, ...], limit: int, as_of: str | None, as_json: bool) -> int:
    day = _day(as_of) if as_of else None
    invocation.open_for_reading()
    from models.company.permissions import LOOK_UP

    invocation.actor(LOOK_UP)
    rows = _found(" ".join(query), limit, day)
    if as_json:
        from tui.command_line.output import print_json

        print_json([{name: getattr(row, name) for name in JSON_COLUMNS} for row in rows])
    elif rows:
        _print(rows)
    if len(rows) == limit and sys.stderr.isatty():
        say(_("The first {limit} are shown; --limit shows more, a longer query finds fewer.").format(limit=limit))
    if not rows:
        say(_nothing_found(query))
    return DONE if rows else NOTHING_FOUND


def _day(text: str) -> dt.date:
    from models.clock import today
    from models.errors import RuleBroken
    from models.reading_dates import read_date

    try:
        return read_date(text, "as-of", today=today())
    except RuleBroken as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from error


def _found(query: str, limit: int, day: dt.date | None) -> list[KeyOrLicence]:
    if day is None:
        from models.search.queries import find_keys_and_licences

        return find_keys_and_licences(query, limit)
    from models.search.as_of import find_as_of

    return find_as_of(query, day, limit)


def _print(rows: list[KeyOrLicence]) -> None:
    from models.keys.vocabulary import KEY_STATES
    from models.licensing.vocabulary import LICENCE_STATUSES
    from tui.command_line.output import StateText, TableColumn, print_table

    states = {"key": KEY_STATES, "licence": LICENCE_STATUSES}
    columns: list[tuple[TableColumn, Callable[[KeyOrLicence], object]]] = [
        (TableColumn(_("Kind"), whole=True, priority=4), lambda row: _(_KINDS[row.kind])),
        (TableColumn(_("Number"), strong=True, whole=True), lambda row: row.number),
        (TableColumn(_("Key"), whole=True), lambda row: row.key if row.kind == "licence" else None),
        (TableColumn(_("Owner"), priority=2), lambda row: row.owner),
        (TableColumn(_("Client")), lambda row: row.client),
        (TableColumn(_("Product"), priority=5), lambda row: row.licence_name or row.product),
        (TableColumn(_("Issued"), whole=True, priority=7), lambda row: row.issued),
        (TableColumn(_("Expires"), whole=True, priority=6), lambda row: row.expires),
        (
            TableColumn(_("State"), whole=True),
            lambda row: StateText(_(states[row.kind].get(row.state, row.state)), row.state),
        ),
        (TableColumn(_("Shipment"), whole=True, priority=3), lambda row: row.shipment),
        (TableColumn(_("Instance"), whole=True, priority=8), lambda row: row.instance),
    ]
    if all(row.owner in (None, row.client) for row in rows):
        # The narrower the table, the fewer names are broken: the owner is told where he is not the client.
        del columns[3]
    print_table([column for column, _value in columns], [[value(row) for _column, value in columns] for row in rows])


def _nothing_found(query: tuple[str, ...]) -> str:
    lines = [
        _(
            "No key and no licence has “{query}” in its number, client or product."
            " Case, spaces, hyphens and Latin or Cyrillic look-alikes make no difference."
        ).format(query=" ".join(query)),
        _nearest(query) or _("Try a shorter part: three characters are enough."),
    ]
    return "\n".join(lines)


def _nearest(query: tuple[str, ...]) -> str:
    """What would be found instead: single words of the query, or its longest beginning."""
    from models.search.queries import find_keys_and_licences

    words = " ".join(query).split()
    if len(words) > 1:
        found = [word for word in words if len(word) >= _SHORTEST_HINT and find_keys_and_licences(word, 1)]
        if found:
            return _("Alone there would be found: {words}.").format(words=", ".join(f"“{word}”" for word in found))
        return ""
    word = words[0] if words else ""
    for length in range(min(len(word) - 1, 40), _SHORTEST_HINT - 1, -1):
        if find_keys_and_licences(word[:length], 1):
            return _("A shorter part is found: try “{part}”.").format(part=word[:length])
    return ""
