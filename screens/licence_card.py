"""The card of a licence: what becomes of it is chosen from one menu, and filled in in a short form."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from models.kinds import RecordRef
from models.language import N_, _
from models.licensing.life_choices import LifeChoice, life_choices
from screens.kit.step_menu import StepMenu
from screens.licence_entry import tell
from screens.licence_steps import LicenceSteps
from screens.paper_card import PaperCard


class LicenceCard(PaperCard):
    """One licence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "life", N_("renew, move …"), id="licence.life"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While nothing is typed."""
        if action == "life":
            return self._form is not None and not self.is_new and not self.form.is_editing
        return super().check_action(action, parameters)

    def action_life(self) -> None:
        """Offer what may become of it."""
        work = partial(life_choices, self.ref.id, self.shell.actor)
        self.shell.gateway.ask(self, "life", work, self._offer, partial(tell, self))

    def _offer(self, choices: list[LifeChoice]) -> None:
        title = _("What becomes of licence {number}?").format(number=self.record.title)
        menu = StepMenu(title, [(one.event, one.title, one.why_not) for one in choices])
        self.app.push_screen(menu, self._chosen)

    def _chosen(self, event: str | None) -> None:
        if event is not None:
            LicenceSteps(self, self.ref.id, self.record.title, self._done).ask(event)

    def _done(self, said: str, made: int | None) -> None:
        """Say it, and show the document that was made, if any."""
        self.notify(f"{said} {_('u takes it back.')}")
        self.record.read()
        if self.tabs is not None:
            self.tabs.hear(frozenset({"licence", "licence_event"}))
        if made is not None:
            self.shell.open_record(RecordRef("document", made))
