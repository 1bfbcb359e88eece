"""The list of what is planned and the card of an interaction: a planned one is closed by one key, with its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from models.cards.reading import read_card
from models.clients.interaction_fields import INTERACTION_FIELDS
from models.clock import now
from models.company.permissions import EDIT_CLIENTS
from models.fields import written
from models.kinds import RecordRef
from models.language import N_, _
from models.reading_moments import written_moment
from screens.card import CardScreen
from screens.kit.drafts import Draft
from screens.kit.form_entries import Entry
from screens.list_pane import SectionPane
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

_CLOSING = Binding("d", "close_planned", N_("done: its outcome"), id="interaction.done")


class InteractionCard(CardScreen):
    """The card of an interaction; a new one begins at the first thing that is not known yet."""

    BINDINGS: ClassVar[list[BindingType]] = [_CLOSING]

    def __init__(self, *arguments: Any, begin_at: str = "", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._begin_at = begin_at

    def compose_body(self) -> ComposeResult:
        """As every card, with the place where typing begins."""
        yield from super().compose_body()
        known = self.is_new and (self.preset.get("client") or self.preset.get("person"))
        self.form.begin_at = self._begin_at or ("subject" if known else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is planned can be closed."""
        if action == "close_planned":
            card = self.record.card
            return card is not None and card.state == "planned" and not self.form.is_editing and self._may_edit
        return super().check_action(action, parameters)

    async def action_close_planned(self) -> None:
        """Edit it as done, and ask what came of it."""
        await self.dismiss()
        close_planned(self.app, self.ref.id)


class PlannedPane(SectionPane):
    """What is planned; a new one has no moment yet."""

    BINDINGS: ClassVar[list[BindingType]] = [_CLOSING]

    def new_record(self) -> None:
        """Plan something: when is the first question, after with whom."""
        self.app.push_screen(InteractionCard.new("interaction", {"moment": None}))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key from who may not log contacts."""
        if action == "close_planned":
            return shell_of(self).actor.may(EDIT_CLIENTS)
        return super().check_action(action, parameters)

    def action_close_planned(self) -> None:
        """Say that what is under the cursor took place, and what came of it."""
        if self.table.cursor_id is not None:
            close_planned(self.app, self.table.cursor_id)


def close_planned(app: App[Any], interaction_id: int) -> None:
    """Open a planned interaction for editing, set to done, at its outcome; nothing is stored before it is saved."""
    card = read_card("interaction", interaction_id)
    state = next(field for field in INTERACTION_FIELDS if field.name == "state")
    typed = {"state": Entry(written(state, "done"))}
    if card.values["moment"] > now():
        typed["moment"] = Entry(written_moment(now()))
    title = f"{_('interaction')}: {card.title}"
    draft = Draft("interaction", interaction_id, title, card.version, card.values, card.names, typed)
    app.push_screen(InteractionCard(RecordRef("interaction", interaction_id), draft=draft, begin_at="outcome"))
