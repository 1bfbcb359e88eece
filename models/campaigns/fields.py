"""The fields of campaigns."""

from __future__ import annotations

from models.campaigns.vocabulary import CAMPAIGN_KINDS, CAMPAIGN_STATES
from models.fields import Field
from models.language import N_

CAMPAIGN_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Name"), required=True),
    Field("kind", N_("Kind"), "choice", choices=CAMPAIGN_KINDS),
    Field("vendor", N_("Vendor"), "reference", reference="vendor", hint=N_("whose promotion it is")),
    Field("state", N_("State"), "choice", choices=CAMPAIGN_STATES),
    Field("start", N_("Start"), "date"),
    Field("end", N_("End"), "date"),
    Field("discount", N_("Discount, %"), "quantity", most=100),
    Field("planned_budget", N_("Planned budget"), "money"),
    Field("note", N_("Note"), "lines"),
)
