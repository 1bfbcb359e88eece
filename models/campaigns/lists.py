"""The list of campaigns."""

from __future__ import annotations

from models.campaigns.tables import Campaign
from models.campaigns.vocabulary import CAMPAIGN_KINDS, CAMPAIGN_STATES
from models.catalogue.tables import Vendor
from models.conditions import Condition, FilterField, contains
from models.language import N_
from models.listing import Column, Sort
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold


def _of_vendor(text: str) -> Condition:
    return Campaign.vendor.in_(Vendor.select(Vendor.id).where(contains(Vendor.folded, fold(text))))


CAMPAIGNS = ListDefinition(
    kind="campaign",
    table=Campaign,
    columns=(
        ListColumn(Column("name", N_("Name"), width=34, sort="slow"), Campaign.name),
        ListColumn(Column("kind", N_("Kind"), "state", width=18, priority=3), Campaign.kind),
        ListColumn(Column("vendor", N_("Vendor"), width=16, priority=4, sort="slow"), Vendor.name, joins=("vendor",)),
        ListColumn(Column("state", N_("State"), "state", width=11, sort="slow"), Campaign.state),
        ListColumn(Column("start", N_("Start"), "date", width=10, priority=2, sort="slow"), Campaign.start),
        ListColumn(Column("end", N_("End"), "date", width=10, priority=2, sort="slow"), Campaign.end),
        ListColumn(Column("discount", N_("Discount, %"), "quantity", width=11, priority=3), Campaign.discount),
        ListColumn(
            Column("planned_budget", N_("Planned budget"), "money", width=14, priority=5, sort="slow"),
            Campaign.planned_budget,
        ),
        ListColumn(Column("note", N_("Note"), width=30, priority=8, hidden=True), Campaign.note),
    ),
    fields=(
        FilterField("name", "folded", Campaign.folded, title=N_("Name")),
        FilterField("kind", "state", Campaign.kind, values=CAMPAIGN_KINDS, title=N_("Kind")),
        FilterField("vendor", "text", Campaign.vendor, ask=_of_vendor, title=N_("Vendor")),
        FilterField("state", "state", Campaign.state, values=CAMPAIGN_STATES, title=N_("State")),
        FilterField("start", "date", Campaign.start, title=N_("Start")),
        FilterField("end", "date", Campaign.end, title=N_("End")),
        FilterField("discount", "quantity", Campaign.discount, title=N_("Discount, %")),
        FilterField("budget", "money", Campaign.planned_budget, title=N_("Planned budget")),
    ),
    default_sort=Sort("name"),
    joins={"vendor": Join(Vendor, Campaign.vendor == Vendor.id)},
)
