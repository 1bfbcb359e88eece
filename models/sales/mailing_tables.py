"""The table of which messages carried which documents; apart, so that a look-up of keys loads no tables of mail."""

from __future__ import annotations

from peewee import ForeignKeyField

from models.base import Record
from models.kinds import record_kind
from models.language import N_
from models.mail.tables import Message
from models.sales.tables import Document


@record_kind("document_mailing", N_("mailing of a document"))
class DocumentMailing(Record):
    """A message in the archive carried a document."""

    document = ForeignKeyField(Document, backref="mailings", on_delete="RESTRICT")
    document_id: int
    message = ForeignKeyField(Message, backref="mailed_documents", on_delete="RESTRICT")
    message_id: int
