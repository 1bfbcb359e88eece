"""The card of an item instance: licences are entered on it, those that are not issued yet are taken out again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import EDIT_LICENCES
from models.language import N_, _
from models.licensing.entering import take_out_licences
from screens.licence_entry import enter_licences, tell
from screens.paper_card import PaperCard

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from models.cards.reading import Card


class InstanceCard(PaperCard):
    """One instance. Where nothing is required of it, its serial numbers come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "add_licences", N_("licences"), priority=True, id="instances.licences"),
        Binding("delete", "take_out", N_("take it out"), id="instances.take-out"),
    ]

    def compose_body(self) -> ComposeResult:
        """The tab that has something to show."""
        yield from super().compose_body()
        if self.tabs is not None:
            self.tabs.open_tab = _first_tab(self.record.card)

    def show_record(self, card: Card, *, first: bool) -> None:
        """Where the record was not there at once, it says only now which tab comes first."""
        super().show_record(card, first=first)
        if first and self.tabs is not None and self.tabs.open_tab == _first_tab(None):
            self.tabs.show_tab(_first_tab(card))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may enter licences, while nothing is typed."""
        if action not in ("add_licences", "take_out"):
            return super().check_action(action, parameters)
        if self._form is None or self.form.is_editing:
            return False
        if not self.shell.actor.may(EDIT_LICENCES):
            return None
        return True if action == "add_licences" or self._licence_here is not None else None

    @property
    def _licence_here(self) -> int | None:
        here = None if self.tabs is None else self.tabs.record_here()
        return here.id if here is not None and here.kind == "licence" else None

    def on_record_table_highlighted(self) -> None:
        """Now there is a licence that may be taken out."""
        self.refresh_bindings()

    def action_add_licences(self) -> None:
        """Ask for numbers."""
        enter_licences(self, self.ref.id, self._changed)

    def action_take_out(self) -> None:
        """Take the licence under the cursor out again."""
        if self._licence_here is not None:
            work = partial(take_out_licences, self.shell.actor, [self._licence_here])
            self.shell.gateway.write(self, work, self._taken_out, partial(tell, self))

    def _taken_out(self, _nothing: None) -> None:
        self.notify(_("Taken out. u takes it back."))
        self._changed()

    def _changed(self) -> None:
        self.record.read()
        if self.tabs is not None:
            self.tabs.hear(frozenset({"licence"}))


def _first_tab(card: Card | None) -> str:
    return "requirements" if card is not None and card.values.get("requirements") else "licences"
