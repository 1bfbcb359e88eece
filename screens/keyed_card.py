"""What a document's card can besides: show the keys and licences that it sells, hands over, or brings."""

from __future__ import annotations

from textual.binding import Binding

from models.language import N_
from models.licensing.document_instances import has_keys
from models.sales.document_look import EDIT
from screens.printable_card import PrintableCard

ISSUING = (
    Binding("I", "issue", N_("issue, post"), id="document.issue"),
    # It comes before that of the lists on the card, where the arrows do the same.
    Binding("l", "keys", N_("keys and licences"), priority=True, id="document.keys"),
)
"""What a document is made for: the keys that the bottom line says first."""


class KeyedCard(PrintableCard):
    """A card with keys and licences behind it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is something to license, or numbers come."""
        if action != "keys":
            return super().check_action(action, parameters)
        if self._form is None or self.look is None or self.form.is_editing:
            return False
        return has_keys(self.kind, self.look.shown.state) or self._brings_numbers

    @property
    def _brings_numbers(self) -> bool:
        return self.kind == "receipt" and self.look is not None and EDIT in self.look.may

    def action_keys(self) -> None:
        """Show the instances of the document, their keys and licences; of a receipt, enter the numbers that came."""
        if self._brings_numbers:
            from screens.receiving import receive

            here = None if self.tabs is None or self.tabs.open_tab != "lines" else self.tabs.table.cursor_id
            receive(self, self.ref.id, here, self.record.read)
            return
        from screens.document_keys import DocumentKeysScreen

        self.app.push_screen(DocumentKeysScreen(self.ref.id, self.kind))
