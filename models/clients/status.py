"""How a candidate becomes a client: the status, its history, and the two firsts that conversion is counted from."""

from __future__ import annotations

import datetime as dt

from models.clients.tables import Client, StatusChange
from models.writing import Change, get

CANDIDATE, CLIENT = "candidate", "client"


def keep_status_change(change: Change, client_id: int, before: str, after: str, moment: dt.datetime) -> None:
    """Write down that a client's status is another since a moment (UTC)."""
    change.insert(
        StatusChange(
            client=client_id, before=before, after=after, moment=moment, operator=change.actor.operator_id
        )
    )  # fmt: skip


def became_client(change: Change, client_id: int, moment: dt.datetime) -> bool:
    """A quote to the client was issued at a moment (UTC); returns whether that made a client of a candidate.

    It is a part of the action that issues the quote, and asks for no right of its own. The first quote counts,
    whichever is told of first.
    """
    client = get(Client, client_id)
    first = client.first_quote_at is None or moment < client.first_quote_at
    converted = client.status == CANDIDATE
    if converted:
        keep_status_change(change, client_id, client.status, CLIENT, moment)
    change.update(client, {"status": CLIENT} | ({"first_quote_at": moment} if first else {}))
    return bool(converted)


def was_sold_to(change: Change, client_id: int, moment: dt.datetime) -> None:
    """Something was shipped to the client at a moment (UTC): the first sale counts, and makes a client too."""
    client = get(Client, client_id)
    if client.status == CANDIDATE:
        keep_status_change(change, client_id, client.status, CLIENT, moment)
    first = client.first_sale_at is None or moment < client.first_sale_at
    change.update(client, {"status": CLIENT} | ({"first_sale_at": moment} if first else {}))


def sale_taken_back(change: Change, client_id: int, moment: dt.datetime, first: dt.datetime | None) -> None:
    """What was shipped at a moment (UTC) was taken back; ``first`` is the first sale that is left, if any."""
    client = get(Client, client_id)
    if client.first_sale_at == moment:
        change.update(client, {"first_sale_at": first})
