"""Reading attached files: which a record carries, and their contents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.base import tuples
from models.company.tables import Operator
from models.files.registry import whole_content
from models.files.tables import AttachedFile
from models.kinds import RecordRef
from models.writing import get


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a record; its content is read by ``file_content``."""

    id: int
    version: int
    name: str
    content_type: str
    size: int
    sha256: str
    attached: dt.datetime
    operator: str
    note: str


def files_of(ref: RecordRef) -> list[FileLine]:
    """The files of a record, the newest first."""
    f = AttachedFile
    query = (
        f.select(f.id, f.version, f.name, f.content_type, f.size, f.sha256, f.created, Operator.login, f.note)
        .join(Operator)
        .where((f.about_kind == ref.kind) & (f.about_id == ref.id))
        .order_by(f.id.desc())
    )
    return [FileLine(*row) for row in tuples(query)]


def count_of_files(ref: RecordRef) -> int:
    """How many files a record carries."""
    f = AttachedFile
    return int(f.select().where((f.about_kind == ref.kind) & (f.about_id == ref.id)).count())


def file_line(file_id: int) -> FileLine:
    """One file; raises ``NotFound``."""
    file = get(AttachedFile, file_id)
    return FileLine(
        file.id, file.version, file.name, file.content_type, file.size, file.sha256, file.created,
        file.operator.login, file.note,
    )  # fmt: skip


def file_content(file_id: int) -> bytes:
    """The bytes of an attached file; raises ``NotFound``, or ``DatabaseUnusable`` where they are damaged."""
    file = get(AttachedFile, file_id)
    return whole_content(file.sha256, file.size)
