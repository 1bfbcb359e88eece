"""The fields of an interaction: what was, or is to be, said between us and a client."""

from models.clients.vocabulary import DIRECTIONS, INTERACTION_KINDS, INTERACTION_STATES
from models.fields import Field
from models.language import N_
from models.reminders.vocabulary import MOMENT_HINT

_LONGEST_MINUTES = 24 * 60

INTERACTION_FIELDS: tuple[Field, ...] = (
    Field("client", N_("Client"), "reference", reference="client", required=True),
    Field("person", N_("Contact person"), "reference", reference="person", within="client"),
    Field("kind", N_("Kind"), "choice", choices=INTERACTION_KINDS),
    Field("direction", N_("Direction"), "choice", choices=DIRECTIONS),
    Field("moment", N_("When"), "moment", required=True, hint=MOMENT_HINT),
    Field("minutes", N_("Minutes"), "integer", most=_LONGEST_MINUTES),
    Field("subject", N_("Subject"), required=True),
    Field("outcome", N_("Outcome"), "lines"),
    Field("next_step", N_("Next step")),
    Field("campaign", N_("Campaign"), "reference", reference="campaign"),
    Field(
        "state",
        N_("State"),
        "choice",
        choices=INTERACTION_STATES,
        hint=N_("planned when it is still to come, else done"),
    ),
    Field("operator", N_("Operator"), "reference", reference="operator", required=True),
)
REMIND_FIELDS: tuple[Field, ...] = (
    Field("remind", N_("Remind me"), "moment", hint=MOMENT_HINT),
    Field("remind_text", N_("What to remember"), hint=N_("without it: the next step, or the subject")),
)
"""What the form of a new interaction asks for besides: a reminder in the same breath."""
