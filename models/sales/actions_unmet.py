"""Giving reasons for unmet demand, at once or later, for one entry or many."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from peewee import chunked

from models.company.permissions import EDIT_SALES
from models.fields import checked
from models.lookup import among
from models.sales.fields import UNMET_FIELDS
from models.sales.tables import UnmetDemand
from models.writing import Change, action

_BATCH = 500


@action("state_reason", EDIT_SALES)
def state_reason(change: Change, entries: Collection[int], reason: str, competitor: str | None = None) -> int:
    """Give the reason, and the competitor where one is named, of entries; returns how many changed."""
    values: dict[str, Any] = checked(
        UNMET_FIELDS, {"reason": reason} | ({"competitor": competitor} if competitor else {})
    )
    changed = 0
    for some in chunked(sorted(entries), _BATCH):
        for entry in UnmetDemand.select().where(among(UnmetDemand.id, list(some))):
            changed += change.update(entry, values)
    return changed


def unmet_values(entry: UnmetDemand) -> dict[str, Any]:
    """The field values of an entry that an operator changes."""
    return {field.name: entry.__data__[field.name] for field in UNMET_FIELDS}
