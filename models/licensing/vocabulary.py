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
EVENT_KINDS = {
    "issue": NP_("licence", "issue"),
    "activate": N_("activation"),
    "renew": N_("renewal"),
    "upgrade": N_("upgrade"),
    "transfer": N_("transfer"),
    "suspend": N_("suspension"),
    "reinstate": N_("reinstatement"),
    "revoke": N_("revocation"),
    "return": NP_("licence", "return"),
    "move": N_("move to another key"),
    "seats": N_("change of seats"),
    "correct": N_("correction"),
}
CODE_STATES = {"available": N_("available"), "taken": NP_("code", "taken"), "void": N_("void")}
ENDED_STATES = frozenset({"superseded", "revoked"})
"""States of a licence that nothing follows any more."""
ON_A_KEY = frozenset({"hardware_key", "software_key"})
"""Protection methods of products whose licences need a key."""
