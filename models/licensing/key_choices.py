"""What may be done with a key, and which keys may take its place: what its card offers."""

from __future__ import annotations

from dataclasses import dataclass

from models.base import tuples
from models.clients.tables import Client
from models.keys.lending import KeyStep, possible_steps
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.language import _
from models.licensing.exchange import may_be_replaced, may_be_transferred
from models.lookup import named
from models.writing import get

_K = ProtectionKey
Choice = tuple[int, str, str]
"""The id of a key, its number, and what tells it from others."""


@dataclass(frozen=True, slots=True)
class KeyMay:
    """What may be done with a key as it is."""

    exchange: bool
    transfer: bool
    steps: tuple[KeyStep, ...]


def key_may(state: str, owner: int | None) -> KeyMay:
    """What may be done with a key of a state and an owner, by the rules of the actions."""
    key = ProtectionKey(number="", state=state, owner=owner)
    return KeyMay(may_be_replaced(key), may_be_transferred(key), tuple(possible_steps(key)))


def keys_in_place_of(key_id: int, text: str, limit: int = 20) -> list[Choice]:
    """The keys that may replace one: in stock, or issued to the same client; those of the same model first."""
    old = get(ProtectionKey, key_id)
    usable = _K.state == "in_stock"
    if old.owner_id is not None:
        usable |= (_K.state == "issued") & (_K.owner == old.owner_id)
    found = _found(usable & (_K.id != old.id), text, limit * 5)
    found.sort(key=lambda one: one.model != old.model)
    return [_choice(one) for one in found[:limit]]


def _found(condition: object, text: str, limit: int) -> list[ProtectionKey]:
    query = _K.select().where(condition)
    if text.strip():
        query = query.where(named(_K.id, "key", text))
    return list(query.order_by(_K.id.desc()).limit(limit))


def _choice(key: ProtectionKey) -> Choice:
    owner = "" if key.owner_id is None else str(Client.select(Client.name).where(Client.id == key.owner_id).scalar())
    state = _(KEY_STATES.get(key.state, key.state))
    return key.id, key.number, " · ".join(part for part in (key.model, state, owner) if part)


def replaced_by(key_id: int) -> int | None:
    """The key that took the place of one; None where none did."""
    query = _K.select(_K.id).where(_K.replaces == key_id).order_by(_K.id.desc()).limit(1)
    return next((int(found) for (found,) in tuples(query)), None)
