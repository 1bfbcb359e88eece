"""What a document's card can besides: print it, mail it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import FILE_MAIL
from models.language import N_
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from screens.card import CardScreen

if TYPE_CHECKING:
    from models.sales.document_look import DocumentLook
    from screens.printing import Printing


class PrintableCard(CardScreen):
    """A card that has the keys ``p`` and ``P``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "print", N_("print"), id="document.print"),
        Binding("P", "mail", N_("mail it"), id="document.mail"),
    ]
    kind: str
    look: DocumentLook | None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Payments have no form; only what counts is mailed, since it is filed by who may file."""
        if action not in ("print", "mail"):
            return super().check_action(action, parameters)
        if self.look is None or self.form.is_editing or not KINDS_OF_DOCUMENT[self.kind].forms:
            return False
        may_mail = self.look.shown.state in LIVE_STATES and self.shell.actor.may(FILE_MAIL)
        return action == "print" or may_mail or None

    def _printing(self) -> Printing:
        from screens.printing import Printing

        usual = "" if self.look is None else str(self.look.shown.values.get("form") or "")
        return Printing(self, self.ref.id, self.kind, usual)

    def action_print(self) -> None:
        """Ask for the form and the file; write it."""
        self._printing().print()

    def action_mail(self) -> None:
        """Ask for the form and the letter; send it."""
        self._printing().mail()
