"""The card of a deal: its documents, the stages it went through; moved through the funnel by keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import EDIT_SALES
from models.language import N_
from screens.card import CardScreen
from screens.deal_steps import move_by
from screens.new_document import NewDocument


class DealCard(CardScreen):
    """One deal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "stage(1)", N_("stage on"), id="document.stage-on"),
        Binding("less_than_sign", "stage(-1)", N_("stage back"), id="document.stage-back"),
        Binding("d", "new_document", N_("new document"), id="deal.new-document"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of who may sell, while nothing is typed."""
        if action in ("stage", "new_document"):
            may = self._form is not None and not self.is_new and not self.form.is_editing
            return may and self.shell.actor.may(EDIT_SALES)
        return super().check_action(action, parameters)

    def action_stage(self, step: int) -> None:
        """To the next stage, or the one before."""
        move_by(self, self.ref.id, step, self.record.read)

    def action_new_document(self) -> None:
        """Make a document of this deal."""
        values = {"deal": self.ref.id}
        card = self.record.card
        if card is not None:
            values |= {name: card.values[name] for name in ("client", "campaign") if card.values.get(name)}
        NewDocument(self, values).begin()
