"""The words of licences and item instances: codes as they are stored, with their titles (English msgids)."""

from models.language import N_, NP_

LICENCE_STATES = {
    "reserved": N_("reserved"),
    "issued": NP_("licence", "issued"),
    "suspended": N_("suspended"),
    "superseded": N_("superseded"),
    "revoked": N_("revoked"),
}
LICENCE_STATUSES = {
    "inactive": N_("inactive"),
    "active": N_("active"),
    "expiring": N_("expiring"),
    "expired": N_("expired"),
    "suspended": N_("suspended"),
    "superseded": N_("superseded"),
    "revoked": N_("revoked"),
}
LICENCE_KINDS = {
    "new": NP_("licence", "new"),
    "upgrade": N_("upgrade"),
    "renewal": N_("renewal"),
    "transfer": N_("transfer"),
    "replacement": N_("replacement"),
}
INSTANCE_STATES = {"formed": N_("formed"), "delivered": N_("delivered"), "cancelled": N_("cancelled")}
INSTANCE_ORIGINS = {
    "import": N_("import"),
    "invoice": N_("invoice"),
    "shipment": N_("shipment"),
    "licence_order": N_("licence order"),
}
