"""The list of reminders and the card of one: what is done to them has keys of its own there."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from screens.card import CardScreen
from screens.list_pane import SectionPane
from screens.reminder_steps import REMINDER_BINDINGS, ids_or_marked, may_step, take_step


class ReminderPane(SectionPane):
    """The list of reminders."""

    BINDINGS: ClassVar[list[BindingType]] = [*REMINDER_BINDINGS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of who may not do anything to reminders."""
        return may_step(self) if action == "reminder" else super().check_action(action, parameters)

    def action_reminder(self, step: str) -> None:
        """Do something to the marked reminders, or to the one under the cursor."""
        take_step(self, step, ids_or_marked(self))


class ReminderCard(CardScreen):
    """The card of a reminder."""

    BINDINGS: ClassVar[list[BindingType]] = [*REMINDER_BINDINGS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is typed is saved first; a reminder that is not there yet has nothing done to it."""
        if action == "reminder":
            return self.record.card is not None and not self.form.is_editing and may_step(self)
        return super().check_action(action, parameters)

    def action_reminder(self, step: str) -> None:
        """Do something to the reminder; what was done already is opened again by the same key."""
        card = self.record.card
        if card is not None:
            done_already = step == "done" and card.state == "done"
            take_step(self, "reopen" if done_already else step, [self.ref.id], self.record.read)
