"""Who names stored contents: the tables say so here, and the check of the database compares both sides.

A removed file or message is still named by the audit trail, from which an undo brings it back: its content stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from peewee import Model

from models import audit
from models.audit import AuditEntry, Problem
from models.base import Record, tuples
from models.database import cause_of
from models.errors import DatabaseUnusable, NotFound
from models.files.contents import pieces
from models.files.tables import AttachedFile, StoredContent
from models.kinds import kind_of
from models.language import _

NAMED_IN: dict[type[Model], Any] = {AttachedFile: AttachedFile.sha256}
"""The columns that name contents by their SHA-256, by table; an area further right adds its own."""
_NAMED_AT_MOST = 10
_SHOWN = 12
"""So many signs of a hash tell one content from another to people."""


def names_contents(table: type[Model], column: Any) -> None:
    """Say that a column of a table names contents; twice counts once."""
    NAMED_IN[table] = column


def whole_content(sha256: str, size: int) -> bytes:
    """The bytes of a content, compared with its hash; raises ``DatabaseUnusable`` where it is missing or damaged."""
    try:
        data = b"".join(_checked_pieces(sha256, size))
    except NotFound as error:
        raise _unusable(_("The content {sha256} is missing.").format(sha256=sha256[:_SHOWN])) from error
    except _damages() as error:
        raise _unusable(_("The content {sha256} is damaged.").format(sha256=sha256[:_SHOWN])) from error
    return data


def _unusable(reason: str) -> DatabaseUnusable:
    return DatabaseUnusable(reason, _("“turbofly check” lists what is damaged; a backup may have it whole."))


def _damages() -> tuple[type[Exception], ...]:
    from zstandard import ZstdError

    return (ZstdError, ValueError)


def _checked_pieces(sha256: str, size: int) -> Iterator[bytes]:
    """The pieces of a content; raises ``ValueError`` for more or other bytes than were kept, however many there are."""
    digest, length = hashlib.sha256(), 0
    for piece in pieces(sha256):
        digest.update(piece)
        length += len(piece)
        if length > size:
            raise ValueError(_("it is longer than {size} bytes").format(size=size))
        yield piece
    if length != size or digest.hexdigest() != sha256:
        raise ValueError(_("its hash is another"))


def problems_of_contents() -> Iterator[Problem]:
    """Contents that are missing, damaged, or named by nobody."""
    stored = dict(tuples(StoredContent.select(StoredContent.sha256, StoredContent.size)))
    named: set[str] = set()
    for table, column in NAMED_IN.items():
        missing = 0
        for row, sha256 in table.select(table._meta.primary_key, column).tuples().iterator():
            named.add(sha256)
            missing += sha256 not in stored
            if sha256 not in stored and missing <= _NAMED_AT_MOST:
                message = _("Its content {sha256} is missing.").format(sha256=sha256[:_SHOWN])
                yield Problem("content", f"{_name_of(table)} #{row}", message)
    orphans = stored.keys() - named
    for sha256 in sorted(orphans - _removed(orphans))[:_NAMED_AT_MOST]:
        yield Problem("content", f"content {sha256[:_SHOWN]}", _("No record has this content."))
    for sha256, size in stored.items():
        yield from _damage(sha256, size)


def _name_of(table: type[Model]) -> str:
    return kind_of(table) if issubclass(table, Record) else str(table._meta.table_name)


def _removed(wanted: set[str]) -> set[str]:
    """Which of these contents the audit trail names as those of rows that were deleted."""
    found: set[str] = set()
    for table, column in NAMED_IN.items() if wanted else ():
        of_table = (AuditEntry.kind == _name_of(table)) & (AuditEntry.operation == audit.DELETE)
        for (old,) in tuples(AuditEntry.select(AuditEntry.old_values).where(of_table)):
            found.add(json.loads(old or "{}").get(column.column_name, ""))
    return found & wanted


def _damage(sha256: str, size: int) -> Iterator[Problem]:
    try:
        for _piece in _checked_pieces(sha256, size):
            pass
    except _damages() as error:
        message = _("It is damaged: {reason}.").format(reason=cause_of(error))
        yield Problem("content", f"content {sha256[:_SHOWN]}", message)
