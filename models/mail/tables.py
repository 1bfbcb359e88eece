"""Tables of the mail archive: messages, what was read of them, learned addresses, folders of mail servers.

A message is a record. What can be read of its original again (addresses, references, parts, text, words) stands in
plain tables, which the audit trail does not cover: an import writes one audit entry per message.
"""

from __future__ import annotations

from peewee import BigIntegerField, BlobField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from models.base import MomentField, Record, database
from models.clients.tables import Client, Person
from models.files.registry import names_contents
from models.kinds import record_kind
from models.language import N_


@record_kind("message", N_("message"), label="subject")
class Message(Record):
    """One message. ``sha256`` names its original, byte for byte, among the stored contents.

    ``thread`` is the id of a message of its thread, the same for all of them. ``moment`` is missing where the message
    has no date that can be read. ``defects`` are lines of a code and a detail; see ``vocabulary.defect_in_words``.
    """

    sha256 = TextField(unique=True)
    size = IntegerField()
    message_id = TextField(default="", index=True)
    thread = IntegerField(default=0)
    moment = MomentField(null=True)
    direction = TextField(default="in")
    subject = TextField(default="")
    sender_name = TextField(default="")
    sender_address = TextField(default="", index=True)
    recipients = TextField(default="")
    client = ForeignKeyField(Client, null=True, backref="messages", on_delete="RESTRICT", index=False)
    client_id: int | None
    person = ForeignKeyField(Person, null=True, backref="messages", on_delete="RESTRICT")
    person_id: int | None
    filed_by = TextField(default="")
    state = TextField(default="whole")
    defects = TextField(default="")
    attachments = IntegerField(default=0)
    preview = TextField(default="")
    source = TextField(default="")

    class Meta:
        indexes = (
            (("client", "moment", "id"), False),
            (("filed_by", "moment", "id"), False),
            (("moment", "id"), False),
            (("thread", "moment"), False),
        )


class WaitingOriginal(Model):
    """An original that is kept and not read yet: what an import leaves that was killed; the next one reads it."""

    id = IntegerField(primary_key=True)
    sha256 = TextField(unique=True)
    size = IntegerField()
    source = TextField(default="")

    class Meta:
        database = database
        legacy_table_names = False


class MessageAddress(Model):
    """An address in a header of a message, in the order in which they stand there; ``address`` is folded."""

    id = IntegerField(primary_key=True)
    message = ForeignKeyField(Message, on_delete="CASCADE")
    message_id: int
    role = TextField()
    address = TextField()
    name = TextField(default="")

    class Meta:
        database = database
        legacy_table_names = False
        indexes = ((("address", "message"), False),)


class MessageReference(Model):
    """A Message-ID that a message names as earlier in its thread, the nearest one last."""

    id = IntegerField(primary_key=True)
    message = ForeignKeyField(Message, on_delete="CASCADE")
    message_id: int
    reference = TextField(index=True)

    class Meta:
        database = database
        legacy_table_names = False


class MessagePart(Model):
    """An attachment or another part of a message that is no text of it; its content is read from the original.

    ``name`` is safe to save under, ``shown_name`` is the one that the message gives.
    """

    id = IntegerField(primary_key=True)
    message = ForeignKeyField(Message, on_delete="CASCADE")
    message_id: int
    position = IntegerField()
    kind = TextField(default="attachment")
    name = TextField()
    shown_name = TextField(default="")
    content_type = TextField(default="")
    charset = TextField(default="")
    size = IntegerField(default=0)

    class Meta:
        database = database
        legacy_table_names = False


class MessageText(Model):
    """What of a message is read: its text, compressed; the links in it and further headers, one a line."""

    message = ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
    message_id: int
    compressed = BlobField()
    links = TextField(default="")
    headers = TextField(default="")

    class Meta:
        database = database
        legacy_table_names = False


@record_kind("learned_address", N_("learned address"), label="address")
class LearnedAddress(Record):
    """An address, or a whole domain, that an operator has said belongs to a client or one of its people."""

    address = TextField(unique=True)
    is_domain = BooleanField(default=False)
    client = ForeignKeyField(Client, backref="learned_addresses", on_delete="CASCADE")
    client_id: int
    person = ForeignKeyField(Person, null=True, backref="learned_addresses", on_delete="CASCADE")
    person_id: int | None


@record_kind("mail_folder", N_("folder of a mail server"), label="folder")
class MailFolder(Record):
    """How far a folder of a mail server was fetched: all messages up to ``last_uid`` under this UIDVALIDITY."""

    account = TextField()
    folder = TextField()
    uidvalidity = BigIntegerField()
    last_uid = BigIntegerField(default=0)

    class Meta:
        indexes = ((("account", "folder"), True),)


names_contents(Message, Message.sha256)
names_contents(WaitingOriginal, WaitingOriginal.sha256)
