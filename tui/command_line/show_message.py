"""``turbofly show message``: one message, its headers, its text, its parts and its thread."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.language import N_, NP_, _

if TYPE_CHECKING:
    from models.mail.queries import ReadMessage, ThreadLine

_DATE = NP_("message", "Date")
_ROLES = {"from": N_("From"), "to": NP_("message", "To"), "cc": N_("Copy"), "reply-to": N_("Reply to")}


def show(number: str, *, as_json: bool) -> None:
    """Print the message that ``#7`` or a Message-ID means; raises ``NotFound``."""
    from models.mail.queries import message_named, read_message, thread_of
    from tui.command_line.output import print_json

    message_id = message_named(number)
    message, thread = read_message(message_id), thread_of(message_id)
    if as_json:
        print_json(_as_json(message, thread))
    else:
        _print(message, thread)


def _as_json(message: ReadMessage, thread: list[ThreadLine]) -> dict[str, Any]:
    values = dataclasses.asdict(message)
    client = {"kind": "client", "id": message.client_id, "name": message.client_name}
    person = {"kind": "person", "id": message.person_id, "name": message.person_name}
    for name in ("client_id", "client_name", "person_id", "person_name"):
        del values[name]
    return values | {
        "kind": "message",
        "client": client if message.client_id is not None else None,
        "person": person if message.person_id is not None else None,
        "filed_by": message.filed_by or None,
        "headers": dict(message.headers),
        "thread": [{"id": line.id, "moment": line.moment, "subject": line.subject} for line in thread],
    }


def _print(message: ReadMessage, thread: list[ThreadLine]) -> None:
    from models.text import shown_lines
    from tui.command_line.output import TableColumn, print_card, print_heading, print_table

    print_card(f"{message.subject or _('(no subject)')}  #{message.id}", list(_lines(message)))
    print()
    print(shown_lines(message.text))
    if message.links:
        print_heading(_("Links"))
        print(shown_lines("\n".join(message.links)))
    if message.parts:
        print_heading(_("Attachments"))
        columns = (TableColumn(_("Name"), strong=True), TableColumn(_("Type")), TableColumn(_("Size"), right=True))
        print_table(columns, [(part.shown_name or part.name, part.content_type, part.size) for part in message.parts])
    if len(thread) > 1:
        print_heading(_("Thread"))
        columns = (TableColumn(_("Id"), right=True), TableColumn(_(_DATE)), TableColumn(_("Sender")))
        rows = [(line.id, _written(line.moment), line.sender, line.subject) for line in thread]
        print_table((*columns, TableColumn(_("Subject"), strong=True)), rows)


def _lines(message: ReadMessage) -> Iterator[tuple[str, str]]:
    from models.mail.vocabulary import DIRECTIONS, FILED_BY

    yield _(_DATE), _written(message.moment)
    for role, title in _ROLES.items():
        if people := [str(one) for one in message.people if one.role == role]:
            yield _(title), ", ".join(people)
    yield from message.headers
    yield _("Direction"), _(DIRECTIONS.get(message.direction, message.direction))
    client = " · ".join(filter(None, (message.client_name, message.person_name)))
    filed = _(FILED_BY.get(message.filed_by, message.filed_by))
    yield _("Client"), f"{client} ({filed})" if client else filed
    for defect in message.defects:
        yield _("Defect"), defect


def _written(moment: Any) -> str:
    from models.clock import local

    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""
