"""The kinds of record, registered as data by the areas that own them.

What must name a record of any kind (audit trail, reminders, files, search, links on screens) uses ``RecordRef``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from models.base import Record

RecordClass = TypeVar("RecordClass", bound=type[Record])


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record of any kind: the name of its kind and its id."""

    kind: str
    id: int


class RecordKind(NamedTuple):
    """One kind: its name in references and on the command line, its table, its title (an English msgid)."""

    name: str
    table: type[Record]
    title: str
    label: str = ""
    """The column that names a record of this kind to people; empty for parts of other records."""


KINDS: dict[str, RecordKind] = {}
_KIND_OF_TABLE: dict[type[Record], str] = {}


def record_kind(name: str, title: str, label: str = "") -> Callable[[RecordClass], RecordClass]:
    """Register a table as a kind of record. The audit trail covers exactly the registered tables."""

    def register(table: RecordClass) -> RecordClass:
        if name in KINDS:
            raise ValueError(f"two kinds of record are named {name!r}")
        KINDS[name] = RecordKind(name, table, title, label)
        _KIND_OF_TABLE[table] = name
        return table

    return register


def kind_of(table: type[Record]) -> str:
    """The name of the kind that a table keeps."""
    return _KIND_OF_TABLE[table]


def kinds_about() -> Iterator[RecordKind]:
    """The kinds whose rows may be about a record of any kind: they have columns ``about_kind`` and ``about_id``."""
    return (kind for kind in list(KINDS.values()) if {"about_kind", "about_id"} <= kind.table._meta.fields.keys())
