"""The words of the clients' area: codes as they are stored, with their titles (English msgids)."""

from models.language import N_, NP_

CLIENT_KINDS = {"company": N_("company"), "sole_trader": N_("sole trader"), "person": NP_("kind of client", "person")}
CLIENT_STATUSES = {"candidate": N_("candidate"), "client": N_("client")}
ADDRESS_KINDS = {
    "legal": N_("legal address"),
    "postal": N_("postal address"),
    "delivery": N_("delivery address"),
    "former": N_("former address"),
}
INTERACTION_KINDS = {
    "call": N_("call"),
    "meeting": N_("meeting"),
    "negotiation": N_("negotiation"),
    "demo": N_("demo"),
    "letter": NP_("interaction", "letter"),
    "other": NP_("interaction", "other"),
}
DIRECTIONS = {"out": NP_("interaction", "from us"), "in": NP_("interaction", "to us")}
INTERACTION_STATES = {
    "planned": NP_("interaction", "planned"),
    "done": NP_("interaction", "done"),
    "cancelled": NP_("interaction", "cancelled"),
}
PLANNED_STATES = {"late": NP_("interaction", "late"), "planned": NP_("interaction", "planned")}
"""How a planned interaction stands now."""
