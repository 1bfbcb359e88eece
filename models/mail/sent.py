"""What the program itself sent is filed under whom it is for, whatever its addresses tell."""

from __future__ import annotations

from models.company.permissions import FILE_MAIL
from models.mail.actions import file_message
from models.mail.tables import Message
from models.writing import Change, action


@action("file_sent", FILE_MAIL)
def file_sent(change: Change, sha256: str, client_id: int | None, person_id: int | None) -> int:
    """File the sent message of a hash under a client, where its addresses did not; returns its id."""
    message = Message.get(Message.sha256 == sha256)
    if client_id is not None and message.client_id != client_id:
        file_message(change, message.id, client_id, person_id)
    return int(message.id)
