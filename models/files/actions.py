"""Every write to attached files. What is removed keeps its content, so that an undo brings it back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.company.permissions import ATTACH_FILES
from models.company.tables import Operator
from models.errors import NotFound, RuleBroken
from models.fields import checked, with_defaults
from models.files.contents import Content, content_of, keep_all
from models.files.fields import FILE_FIELDS
from models.files.names import content_type_of, safe_name
from models.files.paths import read_file, refuse_too_large
from models.files.tables import AttachedFile
from models.kinds import KINDS, RecordRef
from models.language import _
from models.writing import Actor, Change, action, get


def attach_file(by: Actor | Change, about: RecordRef, name: str, data: bytes, note: str = "") -> int:
    """Attach bytes to a record under a name, which is made safe; returns the file's id. Raises ``RuleBroken``."""
    refuse_too_large(name, len(data))
    return _attach(by, about, name, content_of(data), note)


def attach_path(by: Actor | Change, about: RecordRef, path: Path, note: str = "") -> int:
    """Attach a file of this machine under its own name; returns the attached file's id. Raises ``RuleBroken``."""
    return attach_file(by, about, path.name, read_file(path), note)


@action("attach_file", ATTACH_FILES)
def _attach(change: Change, about: RecordRef, name: str, content: Content, note: str) -> int:
    _refuse_missing(about)
    cleaned = with_defaults(FILE_FIELDS, {"name": safe_name(name), "note": note}, {})
    same = (AttachedFile.sha256 == content.sha256) & (AttachedFile.name == cleaned["name"])
    if AttachedFile.select().where(same & _about(about)).exists():
        raise RuleBroken(
            "file",
            _("“{name}” is attached already, with the same content.").format(name=cleaned["name"]),
        )
    keep_all([content])
    file = AttachedFile(
        about_kind=about.kind, about_id=about.id, content_type=content_type_of(cleaned["name"]),
        size=content.size, sha256=content.sha256, operator=_operator_id(change.actor), **cleaned,
    )  # fmt: skip
    return int(change.insert(file).id)


@action("edit_file", ATTACH_FILES)
def edit_file(
    change: Change, file_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Rename a file or change its note; raises ``RuleBroken``, ``Conflict``."""
    cleaned = checked(FILE_FIELDS, values)
    file = get(AttachedFile, file_id)
    change.expect(file, version, values, base, file_values)
    if "name" in cleaned:
        cleaned["name"] = safe_name(cleaned["name"])
        cleaned["content_type"] = content_type_of(cleaned["name"])
    return change.update(file, cleaned)


@action("remove_file", ATTACH_FILES)
def remove_file(change: Change, file_id: int) -> None:
    """Take a file off its record; an undo brings it back."""
    change.delete(get(AttachedFile, file_id))


def keep_rules(file: AttachedFile) -> None:
    """Hold a file that an undo restored against what may be gone since."""
    _refuse_missing(RecordRef(file.about_kind, file.about_id))


def file_values(file: AttachedFile) -> dict[str, Any]:
    """The values of the fields of a file."""
    return {field.name: file.__data__[field.name] for field in FILE_FIELDS}


def file_card_values(file: AttachedFile) -> dict[str, Any]:
    """The same with the record that it is attached to, as its card shows it."""
    return file_values(file) | {"about": RecordRef(file.about_kind, file.about_id)}


def _refuse_missing(about: RecordRef) -> None:
    kind = KINDS.get(about.kind)
    if kind is None or not kind.label:
        raise RuleBroken("file", _("Files are not attached to records of the kind “{kind}”.").format(kind=about.kind))
    if not kind.table.select().where(kind.table.id == about.id).exists():
        raise NotFound(kind.title, f"#{about.id}")


def _about(about: RecordRef) -> Any:
    return (AttachedFile.about_kind == about.kind) & (AttachedFile.about_id == about.id)


def _operator_id(actor: Actor) -> int:
    return int(Operator.select(Operator.id).where(Operator.login == actor.login).scalar())
