"""Keys that are reserved for drafts: as long as an instance of a draft holds one, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterable

from models.base import tuples
from models.keys.tables import ProtectionKey
from models.licensing.tables import ItemInstance, Licence
from models.sales.tables import Document, DocumentLine
from models.writing import Change, get

IN_STOCK, RESERVED = "in_stock", "reserved"


def reserved_by(key: int) -> int | None:
    """The draft that a key is reserved for; None where there is none."""
    query = (
        DocumentLine.select(DocumentLine.document)
        .join(ItemInstance, on=(ItemInstance.shipment_line == DocumentLine.id))
        .switch(DocumentLine)
        .join(Document, on=(DocumentLine.document == Document.id))
        .where((ItemInstance.key == key) & (Document.state == "draft"))
    )
    found = query.limit(1).scalar()
    return None if found is None else int(found)


def follow_licences(change: Change, instance: ItemInstance, before: int | None) -> None:
    """Licences that are entered already go on the key that is picked, unless they were given one of their own."""
    of_instance = (Licence.instance == instance.id) & (Licence.state == "reserved")
    entered = tuples(Licence.select(Licence.id, Licence.key).where(of_instance).order_by(Licence.id))
    change.update_columns(Licence, {number: {"key_id": instance.key_id} for number, key in entered if key == before})


def free_key(change: Change, key_id: int) -> None:
    """Put a reserved key back into stock when no draft holds it any more."""
    key = get(ProtectionKey, key_id)
    if key.state == RESERVED and reserved_by(key_id) is None:
        change.update(key, {"state": IN_STOCK})


def drop_picks(change: Change, instances: Iterable[ItemInstance]) -> None:
    """Take the keys away from instances that leave a draft."""
    for instance in instances:
        before = instance.key_id
        if before is not None:
            change.update(instance, {"key": None, "key_reason": ""})
            follow_licences(change, instance, before)
            free_key(change, before)
