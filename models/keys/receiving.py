"""Keys that come into our stock many at once: numbers of one model of one vendor, each with its first movement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import chunked

from models.base import stored_rows
from models.keys.actions import key_scope
from models.keys.movements import Handing
from models.keys.tables import KeyMovement, ProtectionKey
from models.text import fold
from models.writing import Change

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KeyModel:
    """What keys that come together have in common; ``cost`` is that of one, in the base currency."""

    vendor: int | None
    name: str
    cost: Decimal | None = None

    @property
    def scope(self) -> str:
        """Within what their numbers are unique."""
        return key_scope(self.vendor, self.name)


def known_keys(model: KeyModel, folded: Collection[str]) -> dict[str, str]:
    """Which of some folded numbers keys of the model have already, with the number as it is written there."""
    found: dict[str, str] = {}
    for some in chunked(folded, _AT_ONCE):
        rows = stored_rows(ProtectionKey, ("number", "number_folded", "number_scope"), "number_folded", some)
        found |= {value: number for number, value, scope in rows if scope == model.scope}
    return found


def receive_keys(change: Change, model: KeyModel, numbers: Sequence[str], handing: Handing) -> list[int]:
    """Write new keys, in stock, of numbers that no key of the model has; returns their ids."""
    fields: Any = ProtectionKey._meta.fields
    common = {
        "number_scope": model.scope, "vendor_id": model.vendor, "model": model.name, "colour": "", "marking": "",
        "owner_id": None, "state": "in_stock", "return_due": None, "replaces_id": None, "note": "",
        "cost": fields["cost"].db_value(model.cost),
    }  # fmt: skip
    keys = [{**common, "number": number, "number_folded": fold(number)} for number in numbers]
    ids = change.insert_values(ProtectionKey, keys)
    about = handing.about
    movement = {
        "moment": change.started, "day": handing.day, "kind": "receipt", "from_client_id": None, "to_client_id": None,
        "from_state": "", "to_state": "in_stock", "about_kind": about.kind if about else "",
        "about_id": about.id if about else None, "document": handing.document, "operator": change.actor.login,
        "note": handing.note,
    }  # fmt: skip
    change.insert_values(KeyMovement, [{**movement, "key_id": key} for key in ids])
    return ids
