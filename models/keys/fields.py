"""The fields of protection keys."""

from __future__ import annotations

from models.fields import Field
from models.keys.vocabulary import KEY_STATES
from models.language import N_

KEY_FIELDS: tuple[Field, ...] = (
    Field("number", N_("Number"), required=True),
    Field("model", N_("Model")),
    Field("vendor", N_("Vendor"), "reference", reference="vendor"),
    Field("owner", N_("Owner"), "reference", reference="client", hint=N_("empty: our stock")),
    Field("state", N_("State"), "choice", choices=KEY_STATES),
    Field("return_due", N_("To be returned by"), "date"),
    Field("colour", N_("Colour")),
    Field("marking", N_("Marking")),
    Field("replaces", N_("Replaces"), "reference", reference="key"),
    Field("note", N_("Note"), "lines"),
)
