"""Picking the protection key for what a draft hands over: reserved at once, released with the draft, never silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.base import tuples
from models.clients.tables import Client
from models.company.permissions import POST_SHIPMENTS
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.language import _
from models.licensing.forming import HANDING_OVER
from models.licensing.reservations import IN_STOCK, RESERVED, follow_licences, free_key, reserved_by
from models.licensing.tables import ItemInstance, Licence
from models.lookup import LOOKUPS, among, fragment_match, words_match
from models.sales.states import name_of
from models.sales.tables import Document
from models.text import clean, fold
from models.writing import Change, action, get

WITH_A_CLIENT = frozenset({"issued", "lent"})
_FOUND = 400
"""So many keys are looked through for those that fit best."""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A key that may be picked. ``reason_needed``: it is somebody else's, and the pick has to say why."""

    id: int
    number: str
    model: str
    state: str
    owner: str
    licences: int
    reason_needed: bool


def allowed_owners(instance: ItemInstance) -> frozenset[int]:
    """Whose key an instance may be licensed on without a word: the payer's, the end user's, their groups'."""
    own = {instance.client_id, *([instance.end_user_id] if instance.end_user_id else [])}
    groups = Client.select(Client.group).where(among(Client.id, sorted(own)), Client.group.is_null(False))
    kin = Client.select(Client.id).where(Client.group.in_(groups))
    return frozenset(own | {client for (client,) in tuples(kin)})


def keys_for(instance_id: int, text: str = "", limit: int = 20) -> list[KeyChoice]:
    """The keys that any part of a number, model or owner finds for an instance, those that fit best first.

    The one picked already comes first, then those of the payer, the end user and their groups, then those in stock,
    then others; keys that nobody can use (lost, broken, replaced, reserved for another draft) are left out.
    """
    instance = get(ItemInstance, instance_id)
    owners = allowed_owners(instance)
    sells_key = get_product_kind(instance) == "key"
    choices = [
        (rank, choice)
        for key in _matching(text, owners)
        if (rank := _rank(key, instance, owners, sells_key)) is not None
        for choice in [_choice(key, rank)]
    ]
    choices.sort(key=lambda one: one[0])
    return _with_licences([choice for _rank_, choice in choices[:limit]])


def get_product_kind(instance: ItemInstance) -> str:
    """The kind of an instance's product."""
    return str(instance.product.kind)


def _matching(text: str, owners: Collection[int]) -> Iterable[ProtectionKey]:
    folded = fold(text)
    usable = ProtectionKey.state.in_((IN_STOCK, RESERVED, *WITH_A_CLIENT))
    if not folded:
        mine = ProtectionKey.select().where(usable & among(ProtectionKey.owner, sorted(owners))).limit(_FOUND)
        stock = ProtectionKey.select().where(ProtectionKey.state == IN_STOCK).order_by(ProtectionKey.id).limit(_FOUND)
        return [*mine, *stock, *ProtectionKey.select().where(ProtectionKey.state == RESERVED).limit(_FOUND)]
    lookup = LOOKUPS["key"]
    condition = words_match("key", text) if len(folded) > 2 else fragment_match("key", f"^{folded}")
    ids = lookup.select(lookup.rowid).where(condition)
    return (
        ProtectionKey.select().where(usable, ProtectionKey.id.in_(ids)).order_by(ProtectionKey.id.desc()).limit(_FOUND)
    )


def _rank(key: ProtectionKey, instance: ItemInstance, owners: Collection[int], sells_key: bool) -> int | None:
    if key.id == instance.key_id:
        return 0
    if key.state == RESERVED:
        holder = reserved_by(key.id)
        if holder is not None and holder != _document_of(instance):
            return None
        return 1 if holder is not None else 3
    if key.state == IN_STOCK:
        return 3
    if sells_key:
        return None
    return 2 if key.owner_id in owners else 4


def _choice(key: ProtectionKey, rank: int) -> KeyChoice:
    return KeyChoice(key.id, key.number, key.model, key.state, owner_name(key), 0, rank == 4)


def owner_name(key: ProtectionKey) -> str:
    """The name of a key's owner; empty where it is ours."""
    return key.owner.name if key.owner is not None else ""


def _with_licences(choices: Sequence[KeyChoice]) -> list[KeyChoice]:
    ids = [choice.id for choice in choices]
    query = Licence.select(Licence.key, fn.COUNT(Licence.id)).where(among(Licence.key, ids)).group_by(Licence.key)
    counts = dict(tuples(query))
    return [
        KeyChoice(one.id, one.number, one.model, one.state, one.owner, counts.get(one.id, 0), one.reason_needed)
        for one in choices
    ]


def _document_of(instance: ItemInstance) -> int | None:
    line = instance.shipment_line
    return None if line is None else int(line.document_id)


@action("pick_key", POST_SHIPMENTS)
def pick_key(change: Change, instance_ids: Sequence[int], key_id: int | None, reason: str = "") -> None:
    """Pick a key for instances of one draft, or none any more. It is reserved at once, if it is ours.

    A key of somebody else takes a reason. Raises ``RuleBroken``.
    """
    instances = [get(ItemInstance, one) for one in instance_ids]
    for instance in instances:
        _require_draft(instance)
    key = get(ProtectionKey, key_id) if key_id is not None else None
    for instance in instances:
        said = clean(reason)[:LONGEST_LINE]
        if key is not None:
            said = _checked_reason(instance, key, said)
            _refuse_second_sale(instance, key)
        before = instance.key_id
        change.update(instance, {"key": key_id, "key_reason": said if key is not None else ""})
        follow_licences(change, instance, before)
        if before is not None and before != key_id:
            free_key(change, before)
    if key is not None and key.state == IN_STOCK:
        change.update(key, {"state": RESERVED})


def _require_draft(instance: ItemInstance) -> None:
    line = instance.shipment_line
    document = line.document if line is not None else None
    if document is None or document.kind not in HANDING_OVER or document.state != "draft":
        raise RuleBroken(
            "key",
            _("Instance {instance} is in no draft of a shipment.").format(instance=instance.number),
            _("Make a shipment: the key is picked there."),
        )


def _checked_reason(instance: ItemInstance, key: ProtectionKey, reason: str) -> str:
    """The reason that is kept with the pick; raises where the key cannot be used, or a reason is missing."""
    refuse_unusable(key, _document_of(instance))
    if key.owner_id is None or key.owner_id in allowed_owners(instance):
        return ""
    if not reason:
        raise RuleBroken(
            "reason",
            _("Key {number} belongs to {owner}.").format(number=key.number, owner=owner_name(key)),
            _("Pick another, or say why the licences go on this one."),
        )
    return reason


def refuse_unusable(key: ProtectionKey, document: int | None) -> None:
    """Raise where no licence may go on a key: it is lost, broken, replaced, or kept for another draft."""
    if key.state == RESERVED:
        by = reserved_by(key.id)
        if by not in (None, document):
            raise RuleBroken(
                "key",
                _("Key {number} is reserved for {document}.").format(
                    number=key.number, document=name_of(get(Document, by or 0))
                ),
                _("Pick another, or release it there."),
            )
    elif key.state != IN_STOCK and key.state not in WITH_A_CLIENT:
        raise RuleBroken(
            "key",
            _("Key {number} is “{state}”.").format(number=key.number, state=_(KEY_STATES.get(key.state, key.state))),
            _("Pick another."),
        )


def _refuse_second_sale(instance: ItemInstance, key: ProtectionKey) -> None:
    """A key that is sold itself must be ours, and is sold once."""
    if get_product_kind(instance) != "key":
        return
    if key.state not in (IN_STOCK, RESERVED):
        raise RuleBroken(
            "key", _("Key {number} is not in stock: it cannot be sold.").format(number=key.number), _("Pick another.")
        )
    sold = ItemInstance.select().where(
        (ItemInstance.key == key.id) & (ItemInstance.id != instance.id) & (ItemInstance.state == "formed")
    )
    if any(get_product_kind(one) == "key" for one in sold):
        raise RuleBroken(
            "key", _("Key {number} is picked for another line already.").format(number=key.number), _("Pick another.")
        )


def picked_keys(instances: Iterable[Any]) -> dict[int, list[ItemInstance]]:
    """The instances by the key that is picked for them."""
    found: dict[int, list[ItemInstance]] = {}
    for one in instances:
        if one.key_id is not None:
            found.setdefault(one.key_id, []).append(one)
    return found
