"""Tables of files: contents kept once by their hash, and the files that records carry."""

from __future__ import annotations

from peewee import BlobField, ForeignKeyField, IntegerField, Model, TextField

from models.base import Record, database
from models.company.tables import Operator
from models.kinds import record_kind
from models.language import N_


class StoredContent(Model):
    """Bytes from outside, compressed by zstandard; what they are is told by whoever names their SHA-256.

    No kind of record: the audit trail holds the hash in the rows that name it, and ``check`` compares the two.
    """

    id = IntegerField(primary_key=True)
    sha256 = TextField(unique=True)
    size = IntegerField()
    compressed = BlobField()

    class Meta:
        database = database
        legacy_table_names = False


@record_kind("file", N_("file"), label="name")
class AttachedFile(Record):
    """A file that a record carries; ``sha256`` names its content, ``name`` is safe to save under."""

    about_kind = TextField()
    about_id = IntegerField()
    name = TextField()
    content_type = TextField(default="")
    size = IntegerField()
    sha256 = TextField(index=True)
    operator = ForeignKeyField(Operator, on_delete="RESTRICT")
    operator_id: int
    note = TextField(default="")

    class Meta:
        indexes = ((("about_kind", "about_id", "id"), False),)
