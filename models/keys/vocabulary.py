"""The words of protection keys: codes as they are stored, with their titles (English msgids)."""

from models.language import N_, NP_

KEY_STATES = {
    "in_stock": N_("in stock"),
    "reserved": N_("reserved"),
    "issued": NP_("key", "issued"),
    "lent": N_("lent"),
    "returned": N_("returned"),
    "broken": N_("broken"),
    "lost": N_("lost"),
    "replaced": N_("replaced"),
}
MOVEMENT_KINDS = {
    "receipt": N_("receipt"),
    "hand_over": N_("hand-over"),
    "loan": N_("loan"),
    "return": N_("return"),
    "write_off": N_("write-off"),
    "replacement": N_("replacement"),
    "import": N_("import"),
    "state": N_("change of state"),
}
OURS = frozenset({"in_stock", "reserved"})
"""States of a key that belongs to nobody but us."""
