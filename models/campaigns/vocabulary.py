"""The words of campaigns: codes as they are stored, with their titles (English msgids)."""

from models.language import N_, NP_

CAMPAIGN_KINDS = {"own": NP_("campaign", "own"), "vendor": N_("vendor's promotion")}
CAMPAIGN_STATES = {
    "planned": NP_("campaign", "planned"),
    "running": NP_("campaign", "running"),
    "finished": NP_("campaign", "finished"),
    "cancelled": NP_("campaign", "cancelled"),
}
