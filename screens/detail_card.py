"""The card of an address or a bank account: a part of a client, which can be removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from models.clients.details import remove_address, remove_bank_account
from models.errors import DomainError
from models.kinds import KINDS
from models.language import N_, _
from screens.card import CardScreen
from screens.kit.dialogs import Confirm

_REMOVE: Mapping[str, Callable[..., Any]] = {"address": remove_address, "bank_account": remove_bank_account}


class DetailCard(CardScreen):
    """One address or account."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete", "remove", N_("remove"), id="detail.remove")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is there is removed by who may edit it."""
        if action == "remove":
            return not self.is_new and not self.form.is_editing and self.shell.actor.may(self.definition.permission)
        return super().check_action(action, parameters)

    def action_remove(self) -> None:
        """Ask, then remove it."""
        title = _(KINDS[self.ref.kind].title)
        question = _("Remove “{name}”? u takes it back.").format(name=self.record.title)
        dialog = Confirm(title[:1].upper() + title[1:], question, yes=_("Remove"), no=_("Keep"))
        self.app.push_screen(dialog, self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            work = partial(_REMOVE[self.ref.kind], self.shell.actor, self.ref.id)
            self.shell.gateway.write(self, work, self._removed, self._refused)

    def _removed(self, _nothing: None) -> None:
        self.notify(_("Removed. u takes it back."))
        self.shell.go_back()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.notify(str(error), severity="warning", timeout=15)
