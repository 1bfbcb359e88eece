"""Posting a shipment or licence order: keys change hands, licences are issued, instances delivered, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.errors import RuleBroken
from models.keys.movements import Handing, hand_over, last_day
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.language import _
from models.licensing.corrected import refuse_units_still_out
from models.licensing.costs import follow_costs
from models.licensing.entering import issue_licences
from models.licensing.forming import HANDING_OVER, arrange
from models.licensing.history import Cause, recorded_day
from models.licensing.picking import get_product_kind, picked_keys, refuse_unusable
from models.licensing.reservations import IN_STOCK, RESERVED
from models.licensing.tables import ItemInstance, Licence
from models.lookup import among
from models.sales.events import DocumentIssued
from models.sales.states import name_of
from models.sales.tables import Document
from models.writing import Change, get


def hand_out(change: Change, event: DocumentIssued) -> None:
    """Hand over what a posted document delivers. A correction states sums anew and moves no keys or licences: those of
    units that it takes back have to have come back before."""
    if event.kind not in HANDING_OVER:
        return
    document = get(Document, event.document)
    if document.corrects_id is not None:
        refuse_units_still_out(document)
        return
    instances = arrange(change, document)
    day = recorded_day(document.date)
    from_stock = _hand_over_keys(change, document, instances, day)
    _issue(change, document, instances, day)
    follow_costs(change, document, instances, from_stock)
    change.update_columns(ItemInstance, {one.id: {"state": "delivered"} for one in instances})


def _hand_over_keys(change: Change, document: Document, instances: Sequence[ItemInstance], day: dt.date) -> list[int]:
    """Hand over the keys that were in stock; returns which."""
    from_stock = []
    for one in instances:
        if get_product_kind(one) == "key" and one.key_id is None:
            raise RuleBroken(
                "key",
                _("No key is picked for {instance}, {product}.").format(instance=one.number, product=one.product.name),
                _("Pick the key that is handed over."),
            )
    for key_id in picked_keys(instances):
        key = get(ProtectionKey, key_id)
        refuse_unusable(key, document.id)
        if key.state in (IN_STOCK, RESERVED):
            handing = Handing(
                max(day, last_day(key) or day), RecordRef("document", document.id), name_of(document)
            )  # what was entered later than the document says can only be handed over after it
            hand_over(change, key, "hand_over", document.client_id, "issued", handing)
            from_stock.append(key_id)
    return from_stock


def _issue(change: Change, document: Document, instances: Sequence[ItemInstance], day: dt.date) -> None:
    ids = [one.id for one in instances]
    licences = list(Licence.select().where(among(Licence.instance, ids), Licence.state == "reserved"))
    issue_licences(change, licences, Cause(day, document.id))
