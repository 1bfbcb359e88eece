"""The fields of licences and item instances."""

from __future__ import annotations

from models.fields import Field
from models.language import N_
from models.licensing.vocabulary import INSTANCE_STATES, LICENCE_KINDS, LICENCE_STATES

_WHAT, _WHEN, _VENDOR = N_("Licence"), N_("Dates"), N_("At the vendor")

LICENCE_FIELDS: tuple[Field, ...] = (
    Field("number", N_("Number"), required=True, group=_WHAT),
    Field("product", N_("Product"), "reference", reference="product", required=True, group=_WHAT),
    Field("name", N_("Licence name"), group=_WHAT, hint=N_("empty: the product's name")),
    Field("product_code", N_("Product code"), group=_WHAT, hint=N_("empty: the product's code")),
    Field("client", N_("Client"), "reference", reference="client", required=True, group=_WHAT),
    Field("end_user", N_("End user"), "reference", reference="client", group=_WHAT),
    Field("key", N_("Key"), "reference", reference="key", group=_WHAT),
    Field("seats", N_("Seats"), "integer", group=_WHAT, least=1),
    Field("kind", N_("Kind"), "choice", choices=LICENCE_KINDS, group=_WHAT),
    Field("state", N_("State"), "choice", choices=LICENCE_STATES, group=_WHAT),
    Field("supersedes", N_("Supersedes"), "reference", reference="licence", group=_WHAT),
    Field("issued", N_("Issued"), "date", group=_WHEN),
    Field("activated", N_("Activated"), "date", group=_WHEN),
    Field("expires", N_("Expires"), "date", group=_WHEN, hint=N_("empty: perpetual")),
    Field("maintenance_until", N_("Maintenance until"), "date", group=_WHEN),
    Field("vendor_order", N_("Vendor's order"), group=_VENDOR),
    Field("vendor_account", N_("Vendor's account"), group=_VENDOR),
    Field("note", N_("Note"), "lines", group=_VENDOR),
)

INSTANCE_FIELDS: tuple[Field, ...] = (
    Field("requirements", N_("Requirements"), "lines"),
    Field("state", N_("State"), "choice", choices=INSTANCE_STATES),
)
