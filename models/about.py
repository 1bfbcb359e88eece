"""What reminders, files and interactions are about: a record of any kind, its name, whether it is there.

Their rows name the record by the columns ``about_kind`` and ``about_id``.
"""

from __future__ import annotations

import functools
import importlib.util
import pkgutil
from collections.abc import Collection, Mapping
from typing import Any

from peewee import Case

from models.base import tuples
from models.errors import RuleBroken
from models.kinds import KINDS, RecordKind, RecordRef
from models.language import _


@functools.cache
def all_kinds() -> Mapping[str, RecordKind]:
    """Every kind of record, also of areas that nobody has asked for yet: what something is about may be any of them."""
    import models

    for area in pkgutil.iter_modules(models.__path__):
        if area.ispkg and importlib.util.find_spec(f"models.{area.name}.tables"):
            importlib.import_module(f"models.{area.name}.tables")
    return KINDS


def about_of(row: Any) -> RecordRef | None:
    """The record that a row is about; None for one that stands alone."""
    return RecordRef(row.about_kind, row.about_id) if row.about_kind and row.about_id else None


def checked_about(values: Mapping[str, Any]) -> dict[str, Any]:
    """The two columns of the record that ``values`` name; raises ``RuleBroken`` where there is no such record."""
    kind, record_id = values.get("about_kind") or "", values.get("about_id")
    if not kind:
        return {"about_kind": "", "about_id": None}
    registered = all_kinds().get(kind)
    if registered is None or record_id is None or not registered.table.select().where(
        registered.table.id == record_id
    ).exists():  # fmt: skip
        raise RuleBroken("about", _("The record that this is about does not exist any more."))
    return {"about_kind": kind, "about_id": record_id}


def names_of_records(refs: Collection[RecordRef]) -> dict[RecordRef, str]:
    """The names of records; those that are gone are left out."""
    by_kind: dict[str, list[int]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.id)
    found: dict[RecordRef, str] = {}
    for name, ids in by_kind.items():
        kind = all_kinds().get(name)
        if kind is not None and kind.label:
            label = kind.table._meta.fields[kind.label]
            rows = tuples(kind.table.select(kind.table.id, label).where(kind.table.id.in_(ids)))
            found |= {RecordRef(name, record_id): str(text) for record_id, text in rows}
    return found


def titled_name(ref: RecordRef, name: str | None) -> str:
    """A record as it is named beside records of other kinds: its kind and its name."""
    kind = KINDS.get(ref.kind)
    return f"{_(kind.title) if kind else ref.kind}: {name or f'#{ref.id}'}"


def name_expression(table: Any) -> Any:
    """An expression over a table: the name of the record that each row is about."""
    named = [
        (kind.name, kind.table.select(kind.table._meta.fields[kind.label]).where(kind.table.id == table.about_id))
        for kind in all_kinds().values()
        if kind.label and kind.table is not table
    ]
    return Case(table.about_kind, named, "")
