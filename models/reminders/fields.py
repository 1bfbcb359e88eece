"""The fields of a reminder."""

from models.fields import Field
from models.language import N_
from models.reminders.vocabulary import MOMENT_HINT

REMINDER_FIELDS: tuple[Field, ...] = (
    Field("due", N_("Due"), "moment", required=True, hint=MOMENT_HINT),
    Field("text", N_("What to remember"), required=True),
    Field("operator", N_("Operator"), "reference", reference="operator", required=True),
)
REMINDER_SHOWN: tuple[Field, ...] = (
    Field("about", N_("About"), "record"),
    Field("wakes", N_("Speaks up"), "moment"),
    Field("done_at", N_("Done at"), "moment"),
)
"""What a reminder's card shows beside them."""
