"""What the cards of keys, licences and item instances show and edit: what actions do is not edited in a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.company.permissions import SEE_COST
from models.fields import Field
from models.keys.actions import key_values
from models.keys.fields import KEY_FIELDS
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.language import N_
from models.licensing.actions import instance_values, licence_values
from models.licensing.fields import INSTANCE_FIELDS
from models.licensing.key_choices import replaced_by
from models.licensing.tables import ItemInstance, Licence
from models.licensing.vocabulary import INSTANCE_ORIGINS, INSTANCE_STATES
from models.sales.tables import DocumentLine

_MOVED = ("owner", "state", "return_due", "replaces")
"""What of a key is changed by handing it over, exchanging, lending and marking it."""
KEY_EDITED = tuple(field for field in KEY_FIELDS if field.name not in _MOVED)
KEY_BEGUN_WITH = tuple(field for field in KEY_FIELDS if field.name in _MOVED and field.name != "replaces")
"""What a key that is entered by hand begins with."""
KEY_SHOWN = (
    *(field for field in KEY_FIELDS if field.name in _MOVED),
    Field("replaced_by", N_("Replaced by"), "reference", reference="key"),
    Field("cost", N_("Purchase cost"), "money", permission=SEE_COST),
)
KEY_ORDER = (*(field.name for field in KEY_FIELDS), "replaced_by", "cost")
INSTANCE_EDITED = tuple(field for field in INSTANCE_FIELDS if field.name == "requirements")
INSTANCE_SHOWN: tuple[Field, ...] = (
    Field("number", N_("Number")),
    Field("product", N_("Product"), "reference", reference="product"),
    Field("quantity", N_("Quantity"), "quantity"),
    Field("client", N_("Client"), "reference", reference="client"),
    Field("end_user", N_("End user"), "reference", reference="client"),
    Field("key", N_("Key"), "reference", reference="key"),
    Field("key_reason", N_("Why this key")),
    Field("state", N_("State"), "choice", choices=INSTANCE_STATES),
    Field("origin", N_("Origin"), "choice", choices=INSTANCE_ORIGINS),
    Field("formed_from", N_("Formed from"), "record"),
    Field("shipment", N_("Shipment"), "record"),
    Field("formed", N_("Formed"), "date"),
)
LICENCE_SHOWN: tuple[Field, ...] = (
    Field("instance", N_("Item instance"), "reference", reference="instance"),
    Field("shipment", N_("Shipment"), "record"),
)


def key_card_values(key: ProtectionKey) -> Mapping[str, Any]:
    """The values of a key's card."""
    return {**key_values(key), "replaced_by": replaced_by(key.id)}


def instance_card_values(instance: ItemInstance) -> Mapping[str, Any]:
    """The values of an instance's card, with the documents that its lines are of."""
    documents = {"formed_from": _document_of(instance.line), "shipment": _document_of(instance.shipment_line)}
    return {"requirements": instance_values(instance)["requirements"], **documents}


def licence_card_values(licence: Licence) -> Mapping[str, Any]:
    """The values of a licence's card, with the shipment that it came by."""
    return {**licence_values(licence), "shipment": _document_of(licence.instance.shipment_line)}


def _document_of(line: DocumentLine | None) -> RecordRef | None:
    return None if line is None else RecordRef("document", line.document_id)
