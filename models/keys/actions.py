"""Making and editing protection keys. A change of owner or state is a movement, kept with its day and reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.clock import today
from models.company.permissions import EDIT_KEYS
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.keys.fields import KEY_FIELDS
from models.keys.movements import Handing, keep_movement, kind_of_movement
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES, OURS
from models.language import _
from models.text import fold
from models.writing import Change, action, get

NEW_KEY: Mapping[str, Any] = {"state": "in_stock"}


def key_scope(vendor_id: int | None, model: str) -> str:
    """Within what a key's number is unique: the vendor and model."""
    return f"{vendor_id or 0}/{fold(model)}"


@action("add_key", EDIT_KEYS)
def add_key(change: Change, values: Mapping[str, Any]) -> int:
    """Make a protection key, in stock unless an owner is given; its first movement says how it came."""
    cleaned = checked_key(values)
    scope, folded = key_scope(cleaned["vendor"], cleaned["model"]), fold(cleaned["number"])
    _refuse_same_number(folded, scope, None)
    key = change.insert(ProtectionKey(number_folded=folded, number_scope=scope, **cleaned))
    keep_movement(change, key, "receipt", None, "", Handing(today()))
    return int(key.id)


def checked_key(values: Mapping[str, Any]) -> dict[str, Any]:
    """All values of a new key, held against every rule but that its number is new; with an owner it is issued."""
    given = dict(values)
    if given.get("owner") and "state" not in given:
        given["state"] = "issued"
    cleaned = with_defaults(KEY_FIELDS, given, NEW_KEY)
    _refuse_state_without_owner(cleaned["state"], cleaned["owner"])
    return cleaned


@action("edit_key", EDIT_KEYS)
def edit_key(
    change: Change, key_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None,
    *, day: dt.date | None = None,
) -> bool:  # fmt: skip
    """Set fields of a key; another owner or state makes a movement, of today unless a day is given."""
    cleaned = checked(KEY_FIELDS, values)
    key = get(ProtectionKey, key_id)
    change.expect(key, version, values, base, key_values)
    owner_before, state_before = key.owner_id, key.state
    vendor, model = cleaned.get("vendor", key.vendor_id), cleaned.get("model", key.model)
    folded, scope = fold(cleaned.get("number", key.number)), key_scope(vendor, model)
    if (folded, scope) != (key.number_folded, key.number_scope):
        _refuse_same_number(folded, scope, key_id)
        cleaned |= {"number_folded": folded, "number_scope": scope}
    owner, state = cleaned.get("owner", owner_before), cleaned.get("state", state_before)
    _refuse_state_without_owner(state, owner)
    changed = change.update(key, cleaned)
    if owner != owner_before or state != state_before:
        keep_movement(
            change, key, kind_of_movement(key, owner_before), owner_before, state_before, Handing(day or today())
        )
    return changed


def keep_rules(key: ProtectionKey) -> None:
    """Hold a key that an undo restored against the rule of state and owner."""
    _refuse_state_without_owner(key.state, key.owner_id)


def _refuse_same_number(folded: str, scope: str, own_id: int | None) -> None:
    found = ProtectionKey.get_or_none((ProtectionKey.number_folded == folded) & (ProtectionKey.number_scope == scope))
    if found is not None and found.id != own_id:
        raise RuleBroken(
            "number",
            _("Key {number} of this vendor and model exists already (#{id}).").format(number=found.number, id=found.id),
            _("Open that key, or correct the number."),
        )


def _refuse_state_without_owner(state: str, owner: int | None) -> None:
    if state in OURS and owner is not None:
        issued = KEY_STATES["issued"]
        raise RuleBroken(
            "state",
            _("A key that is “{state}” belongs to our stock, not to a client.").format(
                state=_(KEY_STATES.get(state, state))
            ),
            _("Clear the owner, or choose the state “{issued}”.").format(issued=_(issued)),
        )
    if state in ("issued", "lent") and owner is None:
        raise RuleBroken(
            "owner",
            _("A key that is “{state}” needs an owner.").format(state=_(KEY_STATES.get(state, state))),
            _("Pick a client."),
        )


def key_values(key: ProtectionKey) -> dict[str, Any]:
    """All field values of a key, as forms and importers compare them."""
    return {field.name: key.__data__.get(field.name) for field in KEY_FIELDS}
