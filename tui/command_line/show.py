"""``turbofly show``: one record, whole, with what refers to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from models.language import N_, _, ngettext
from tui.command_line.naming import DOCUMENTS, KINDS, record_meant
from tui.command_line.options import Invocation
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option

if TYPE_CHECKING:
    from models.actor import Actor
    from models.cards.definitions import CardDefinition
    from models.cards.reading import Card
    from models.cards.tabs import CardTab
    from models.fields import Field
    from models.listing import Row
    from models.table_listing import TableListing
    from models.timeline.listing import Event

_ROWS_PRINTED = 20
_ROWS_PER_PAGE = 1000
_EVENTS = 20
"""So many of the latest events of a client are told; all are on its timeline in the program."""


@make_command(
    "show",
    help=N_("Show one record, whole, with what refers to it. NUMBER is its number, code or name; #7 is an id."),
)
@click.argument("kind", type=click.Choice((*KINDS, *DOCUMENTS, "message")))
@click.argument("number")
@json_option
@click.pass_obj
def command(invocation: Invocation, kind: str, number: str, as_json: bool) -> None:
    invocation.open_for_reading()
    from models.company.permissions import READ

    actor = invocation.actor(READ)
    if kind == "message":
        from tui.command_line.show_message import show

        show(number, as_json=as_json)
        return
    from models.cards.definitions import CARDS
    from models.cards.reading import read_card

    ref = record_meant(kind, number)
    definition = CARDS[ref.kind]
    card = read_card(ref.kind, ref.id)
    if as_json:
        from tui.command_line.output import print_json

        print_json(_as_json(card, definition, actor))
    else:
        _print(card, definition, actor)


def _as_json(card: Card, definition: CardDefinition, actor: Actor) -> dict[str, Any]:
    from models.cards.reading import fields_shown
    from models.files.queries import files_of
    from models.kinds import RecordRef

    files = (dataclasses.asdict(line) for line in files_of(RecordRef(card.kind, card.id)))
    return {
        "kind": card.kind,
        "id": card.id,
        "version": card.version,
        "title": card.title,
        "state": card.state or None,
        "fields": {field.name: _value(card, field) for field in fields_shown(definition, actor)},
        "lists": {tab.id: _rows_as_json(listing) for tab, listing in _lists(card, definition)},
        "files": [{name: value for name, value in file.items() if name != "version"} for file in files],
        "timeline": [_event_as_json(event) for event in _events(card)] if card.kind == "client" else None,
    }


def _lists(card: Card, definition: CardDefinition) -> Iterator[tuple[CardTab, TableListing]]:
    """The rows that point to the record, tab by tab."""
    from models.cards.tabs import Stream, rows_of

    for tab in definition.tabs:
        if not isinstance(tab.definition, Stream):
            yield tab, rows_of(tab, tab.definition, card.id)


def _events(card: Card) -> list[Event]:
    from models.timeline.listing import latest_events

    return latest_events(card.id, _EVENTS) if card.kind == "client" else []


def _event_as_json(event: Event) -> dict[str, Any]:
    record = dataclasses.asdict(event.ref)
    return {"kind": event.kind, "record": record, "moment": event.moment, "what": event.what, "who": event.who or None}


def _value(card: Card, field: Field) -> Any:
    value = card.values.get(field.name)
    if field.kind == "record" and value is not None:
        return {"kind": value.kind, "id": value.id, "name": card.names.get(field.name)}
    if field.reference and value is not None:
        return {"kind": field.reference, "id": value, "name": card.names.get(field.name)}
    return None if value == "" else value


def _rows_as_json(listing: TableListing) -> list[dict[str, Any]]:
    names = [column.id for column in listing.columns]
    return [
        {"id": row.id} | {name: None if cell == "" else cell for name, cell in zip(names, row.cells, strict=True)}
        for row in _all_rows(listing)
    ]


def _all_rows(listing: TableListing) -> Iterator[Row]:
    offset = 0
    while page := listing.page(offset, _ROWS_PER_PAGE):
        yield from page
        offset += len(page)


def _print(card: Card, definition: CardDefinition, actor: Actor) -> None:
    from models.cards.reading import fields_shown
    from models.kinds import KINDS as REGISTERED
    from tui.command_line.output import print_card, print_heading

    lines = [
        (_(field.title), text) for field in fields_shown(definition, actor) if (text := _written(card, field)) != ""
    ]
    title = f"{_(REGISTERED[card.kind].title)} {card.title}  #{card.id}"
    if card.state:
        title += f"  {_((definition.states or {}).get(card.state, card.state))}"
    print_card(title, lines)
    for tab, listing in _lists(card, definition):
        if count := listing.count():
            print_heading(f"{_(tab.title)}: {count}")
            _print_rows(listing, count)
    _print_files(card)
    _print_events(_events(card))


def _written(card: Card, field: Field) -> str:
    from models.fields import written

    if field.kind in ("reference", "record"):
        return card.names.get(field.name, "")
    return written(field, card.values.get(field.name))


def _print_rows(listing: TableListing, count: int) -> None:
    from tui.command_line.listed import table_of_listing
    from tui.command_line.output import print_line, print_table

    print_table(*table_of_listing(listing, listing.page(0, _ROWS_PRINTED)))
    if (more := count - _ROWS_PRINTED) > 0:
        print_line(ngettext("… and {number} more", "… and {number} more", more).format(number=more))


def _print_files(card: Card) -> None:
    from models.files.queries import files_of
    from models.kinds import RecordRef
    from tui.command_line.files import print_files
    from tui.command_line.output import print_heading

    if files := files_of(RecordRef(card.kind, card.id)):
        print_heading(_("Files: {number}").format(number=len(files)))
        print_files(files[:_ROWS_PRINTED])


def _print_events(events: list[Event]) -> None:
    from models.timeline.vocabulary import KIND_TITLES
    from screens.kit.cells import cell_text
    from tui.command_line.output import TableColumn, print_heading, print_table

    if events:
        print_heading(_("The latest events"))
        columns = [
            TableColumn(_("When"), whole=True),
            *(TableColumn(_(t)) for t in (N_("Kind"), N_("What"), N_("Who"))),
        ]
        print_table(
            columns,
            [[cell_text(one.moment, "moment", {}), _(KIND_TITLES[one.kind]), one.what, one.who] for one in events],
        )
