"""The table of reminders."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import MomentField, Record
from models.company.tables import Operator
from models.kinds import record_kind
from models.language import N_


@record_kind("reminder", N_("reminder"), label="text")
class Reminder(Record):
    """Something to be done at a moment by an operator, about a record of any kind or about none.

    ``wakes`` is when it next speaks up: the due moment, or later where it was snoozed.
    """

    due = MomentField()
    wakes = MomentField()
    text = TextField()
    operator = ForeignKeyField(Operator, on_delete="RESTRICT", index=False)
    operator_id: int
    state = TextField(default="open")
    about_kind = TextField(default="")
    about_id = IntegerField(null=True)
    done_at = MomentField(null=True)

    class Meta:
        indexes = (
            (("operator", "state", "wakes"), False),
            (("due", "id"), False),
            (("state", "due", "id"), False),
            (("about_kind", "about_id"), False),
        )
