"""Which messages carried which documents, so that the next document of a deal goes on with their thread."""

from __future__ import annotations

from dataclasses import dataclass

from models.base import tuples
from models.company.permissions import FILE_MAIL
from models.conditions import Condition
from models.mail.tables import Message, MessageReference
from models.sales.mailing_tables import DocumentMailing
from models.sales.tables import Document
from models.writing import Change, action, get

NOTE_MAILED = "note_mailed"
"""The action's name: what was mailed is not taken back, so ``u`` passes over it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that a new one answers: its Message-ID, and those of the messages before it, the nearest last."""

    message_id: str
    references: tuple[str, ...] = ()


@action(NOTE_MAILED, FILE_MAIL)
def note_mailed(change: Change, document_id: int, message_id: int) -> None:
    """Note that a message in the archive carried a document."""
    change.insert(DocumentMailing(document=document_id, message=message_id))


def carried(document_id: int) -> Condition:
    """The messages that carried a document: the condition to fix on the list of messages."""
    found: Condition = Message.id.in_(
        DocumentMailing.select(DocumentMailing.message).where(DocumentMailing.document == document_id)
    )
    return found


def message_to_answer(document_id: int) -> Answered | None:
    """The newest message of the thread in which a document of the same deal and client was mailed last.

    None where none was yet: the document then begins a thread of its own.
    """
    document = get(Document, document_id)
    of_deal = Document.id == document_id if document.deal_id is None else Document.deal == document.deal_id
    mailed = (
        Message.select(Message.thread)
        .join(DocumentMailing, on=(DocumentMailing.message == Message.id))
        .join(Document, on=(DocumentMailing.document == Document.id))
        .where(of_deal, Document.client == document.client_id)
        .order_by(DocumentMailing.id.desc())
        .limit(1)
    )
    newest = Message.select(Message.id, Message.message_id).where(
        Message.thread.in_(mailed), Message.message_id != "", Message.client == document.client_id
    )
    for row, name in tuples(newest.order_by(Message.moment.desc(), Message.id.desc()).limit(1)):
        earlier = MessageReference.select(MessageReference.reference).where(MessageReference.message == row)
        return Answered(name, tuple(one for (one,) in tuples(earlier.order_by(MessageReference.id))))
    return None
