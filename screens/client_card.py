"""The card of a client: likely duplicates are pointed out while it is typed, and two of them are merged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.clients.duplicates import Likely, Typed, likely_duplicates
from models.company.permissions import EDIT_CLIENTS, EDIT_SALES
from models.kinds import RecordRef
from models.language import N_, _
from screens.card import CardScreen
from screens.duplicates_line import DuplicatesLine
from screens.kit.dialogs import PickOne, Tell

if TYPE_CHECKING:
    from textual.app import ComposeResult

_CHANNEL = "duplicates"
_ASKED_BY = ("name", "inn", "kpp", "phones", "emails", "website")


class ClientCard(CardScreen):
    """One client."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "app.log_interaction", N_("log a contact"), id="app.log"),
        Binding("m", "merge", N_("merge with another"), show=False, id="client.merge"),
        Binding("ctrl+o", "open_likely", N_("open the duplicate"), id="client.open-duplicate"),
        Binding("d", "new_document", N_("new document"), id="client.new-document"),
        Binding("b", "balance", N_("balance"), id="client.balance"),
    ]

    def compose_body(self) -> ComposeResult:
        """Below fields and lists there is room for the clients that are likely the same."""
        yield from super().compose_body()
        yield DuplicatesLine()

    def on_mount(self) -> None:
        """A new client may begin with values: a name that was typed, an address of a message."""
        self.call_after_refresh(self._look_for_duplicates)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is merged while something is typed; a duplicate is opened where one is named."""
        if action == "open_likely":
            return bool(self._line.likely)
        if action == "merge":
            return not self.is_new and not self.form.is_editing and self.shell.actor.may(EDIT_CLIENTS)
        if action == "balance":
            return not self.is_new and not self.form.is_editing
        if action == "new_document":
            return not self.is_new and not self.form.is_editing and self.shell.actor.may(EDIT_SALES)
        return super().check_action(action, parameters)

    def action_new_document(self) -> None:
        """Make a document for the client."""
        from screens.new_document import NewDocument

        NewDocument(self, {"client": self.ref.id}).begin()

    def action_balance(self) -> None:
        """Say what the client owes us, and which invoices are open."""
        from screens.client_money import said

        work = partial(said, self.ref.id)
        self.shell.gateway.ask(self, "balance", work, self._say_balance, self.record.not_read)

    def _say_balance(self, text: str) -> None:
        self.app.push_screen(Tell(_("Balance"), text))

    # Duplicates

    @property
    def _line(self) -> DuplicatesLine:
        return self.query_one(DuplicatesLine)

    def on_form_typed(self) -> None:
        """Something was typed: who is likely the same now?"""
        self._look_for_duplicates()

    def _look_for_duplicates(self) -> None:
        """Ask; the answer to what was typed before is not waited for."""
        typed = self._typed()
        if typed == self._line.asked_for:
            return
        self._line.asked_for = typed
        if not typed:
            self.shell.gateway.drop(self, _CHANNEL)
            self._point_out(())
            return
        work = partial(likely_duplicates, typed, None if self.is_new else self.ref.id)
        self.shell.gateway.ask(self, _CHANNEL, work, self._point_out, self._not_found_out)

    def _typed(self) -> Typed:
        """What stands in the form; of an existing client, what was changed of it."""
        touched = self.form.typed()
        entries = self.form.entries
        if entries is None:
            return Typed()
        texts = {name: entries[name].text for name in _ASKED_BY if self.is_new or name in touched}
        if "kpp" in texts or "inn" in texts:
            texts |= {name: entries[name].text for name in ("inn", "kpp")}
        return Typed(**texts)

    def _point_out(self, likely: tuple[Likely, ...]) -> None:
        if not self.form.is_editing:
            likely = ()
        if likely != self._line.likely:
            self._line.say(likely, self.size.height)
            self.refresh_bindings()
            self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        """The line took some of the form's room: the field that is typed into stays in sight."""
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def _not_found_out(self, error: Exception) -> None:
        """Typing goes on without it."""
        self.log.warning(f"duplicates were not looked for: {error}")

    def leave_editing(self) -> None:
        """Nobody is pointed out any more."""
        super().leave_editing()
        self.shell.gateway.drop(self, _CHANNEL)
        self._line.asked_for = Typed()
        self._line.say((), self.size.height)

    def on_language_changed(self) -> None:
        """Say the reasons in the other language."""
        self._line.refresh(layout=True)

    def action_open_likely(self) -> None:
        """Show the card of a client that is likely the same, above this one: what is typed here stays."""
        likely = self._line.likely
        if len(likely) == 1:
            self._open(likely[0].id)
        elif likely:
            choices = [(one.id, f"{one.name} #{one.id}: {one.why()}") for one in likely]
            self.app.push_screen(PickOne[int](_("Which one?"), choices), self._open)

    def _open(self, client_id: int | None) -> None:
        if client_id is not None:
            self.app.push_screen(ClientCard(RecordRef("client", client_id)))

    # Merging

    def action_merge(self) -> None:
        """Pick the other client, then look at both."""
        from screens.merging import Merging

        Merging(self, self._merged).begin(self.ref.id)

    def _merged(self, survivor_id: int, _other_id: int) -> None:
        """Go on with the card of the client that stayed."""
        if survivor_id == self.ref.id:
            self.record.read()
        else:
            self.app.call_later(self._show_survivor, survivor_id)

    async def _show_survivor(self, survivor_id: int) -> None:
        shell = self.shell
        await self.dismiss()
        shell.open_record(RecordRef("client", survivor_id))
