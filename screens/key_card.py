"""The card of a protection key: exchanged, transferred, lent and marked by keys, greyed where not possible."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import EDIT_KEYS, EDIT_LICENCES
from models.language import N_
from screens.key_steps import KeySteps
from screens.paper_card import PaperCard

_STEPS = frozenset({"exchange", "transfer", "lend", "mark_key"})


class KeyCard(PaperCard):
    """One key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("X", "exchange", N_("exchange"), id="key.exchange"),
        Binding("T", "transfer", N_("transfer"), id="key.transfer"),
        Binding("L", "lend", N_("lend, back"), id="key.lend"),
        Binding("M", "mark_key", N_("lost, broken …"), id="key.mark"),
    ]

    @property
    def steps(self) -> KeySteps:
        """What is done with the key."""
        return KeySteps(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """By the state of the key, and the rights of the operator."""
        if action not in _STEPS:
            return super().check_action(action, parameters)
        if self._form is None or self.is_new or self.form.is_editing:
            return False
        may = self.shell.actor.may
        rights = may(EDIT_KEYS) and (action not in ("exchange", "transfer") or may(EDIT_LICENCES))
        return True if rights and self.steps.may(action) else None

    def action_exchange(self) -> None:
        """Put another key in its place, with all licences."""
        self.steps.exchange()

    def action_transfer(self) -> None:
        """Give it to another client, with its licences."""
        self.steps.transfer()

    def action_lend(self) -> None:
        """Lend it to a client, or take it back."""
        self.steps.lend()

    def action_mark_key(self) -> None:
        """Say what became of it."""
        self.steps.mark()
