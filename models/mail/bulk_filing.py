"""Filing by hand what was marked, and what was left over when its sender became a client."""

from __future__ import annotations

from collections.abc import Sequence

from models.base import stored_rows
from models.clients.tables import Client
from models.company.permissions import FILE_MAIL
from models.errors import RuleBroken
from models.language import _
from models.mail.actions import file_message
from models.mail.tables import Message
from models.writing import Change, action, get

MOST_AT_ONCE = 1_000
"""So many messages hold the write lock for some tens of milliseconds."""


@action("file_message", FILE_MAIL)
def file_messages(change: Change, message_ids: Sequence[int], client_id: int) -> int:
    """File messages under one client; returns how many were not there yet. One step to undo."""
    if len(message_ids) > MOST_AT_ONCE:
        raise RuleBroken(
            "messages",
            _("At most {number} messages are filed at once.").format(number=MOST_AT_ONCE),
            _("Narrow the list down."),
        )
    client = get(Client, client_id)
    rows = stored_rows(Message, ["id", "client_id"], "id", list(message_ids))
    values = {"client_id": client.id, "person_id": None, "filed_by": "hand"}
    return change.update_columns(Message, {i: values for i, client_id in rows if client_id != client.id})


@action("file_message", FILE_MAIL)
def file_if_waiting(change: Change, message_id: int, client_id: int, person_id: int | None = None) -> int:
    """File a message unless it is filed already, as by the address of a client that was just made."""
    if get(Message, message_id).client_id is not None:
        return 0
    return file_message(change, message_id, client_id, person_id)
