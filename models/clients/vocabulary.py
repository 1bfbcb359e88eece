"""The words of the clients' area: codes as they are stored, with their titles (English msgids)."""

from models.language import N_, NP_

CLIENT_KINDS = {"company": N_("company"), "sole_trader": N_("sole trader"), "person": NP_("kind of client", "person")}
CLIENT_STATUSES = {"candidate": N_("candidate"), "client": N_("client")}
ADDRESS_KINDS = {"legal": N_("legal address"), "postal": N_("postal address"), "delivery": N_("delivery address")}
