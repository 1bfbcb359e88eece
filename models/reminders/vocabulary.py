"""The words of reminders: codes with their titles (English msgids)."""

from models.language import N_, NP_

REMINDER_STATES = {
    "due": NP_("reminder", "due"),
    "snoozed": NP_("reminder", "snoozed"),
    "open": NP_("reminder", "open"),
    "done": NP_("reminder", "done"),
}
"""How a reminder stands now. Kept are only *open* and *done*; the others follow from its moments."""
MOMENT_HINT = N_("fri 10:00, 31.12 9:00, +3d, +2h")
