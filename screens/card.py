"""The card of one record, whatever its kind: its fields, the lists that hang on it, its history; edited in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from models.cards.definitions import CARDS
from models.cards.making import about_shown, beginning, may_make, names_of
from models.cards.reading import Card, candidates, fields_shown, label_of
from models.kinds import KINDS, RecordRef
from models.language import N_, _, pgettext
from screens.card_drafts import DraftKeeper, ask_about_draft, preset_of
from screens.card_kinds import card_class
from screens.card_record import CardRecord
from screens.card_room import CardRoom
from screens.card_saving import Saving
from screens.card_tabs import CardTabs
from screens.card_title import CardTitle, TitleFacts
from screens.kit import form_messages
from screens.kit.dialogs import Confirm
from screens.kit.drafts import NEW, Draft
from screens.kit.form import Form
from screens.kit.reference_input import References, SearchFailed
from screens.kit.table_messages import CopyRequested, Failed, Refused
from screens.section import RecordsChanged, RecordScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from models.cards.definitions import CardDefinition


class CardScreen(RecordScreen):
    """One record. ``CardScreen.new`` makes the card of one that does not exist yet."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "card.tcss"
    AUTO_FOCUS = "Form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("save"), id="card.save"),
        Binding("e", "edit", N_("edit"), priority=True, id="card.edit"),
        Binding("n", "new", N_("new in this list"), id="card.new"),
        Binding("right_square_bracket", "tab(1)", N_("next list"), id="card.next-tab"),
        Binding("left_square_bracket", "tab(-1)", N_("previous list"), show=False, id="card.previous-tab"),
        Binding("tab", "area", N_("fields, list"), id="card.area"),
        Binding("shift+tab", "area", N_("fields, list"), show=False, id="card.area-back"),
    ]

    def __init__(
        self,
        ref: RecordRef,
        *,
        preset: Mapping[str, Any] | None = None,
        then: Callable[[int, str], object] | None = None,
        draft: Draft | None = None,
    ) -> None:
        """``preset``: values of a new one; ``then`` gets its id and name, and the card closes; ``draft``: go on."""
        super().__init__(ref)
        self.preset: Mapping[str, Any] = preset or {}
        self.version = 0
        self._then, self._draft = then, draft
        self._form: Form | None = None
        self.tabs: CardTabs | None = None
        """The lists; a new record has none."""
        self._room = CardRoom(self)
        self.record = CardRecord(self)
        self._saving = Saving(self)
        self._keeper = DraftKeeper(self)

    @classmethod
    def new(
        cls, kind: str, preset: Mapping[str, Any] | None = None, then: Callable[[int, str], object] | None = None
    ) -> CardScreen:
        """The card of a record that is to be made."""
        return card_class(kind)(RecordRef(kind, NEW), preset=preset, then=then)

    @property
    def definition(self) -> CardDefinition:
        """What the card consists of."""
        return CARDS[self.ref.kind]

    @property
    def is_new(self) -> bool:
        """Whether the record does not exist yet."""
        return self.ref.id == NEW

    @property
    def form(self) -> Form:
        """The fields."""
        assert self._form is not None
        return self._form

    def record_here(self) -> RecordRef | None:
        """The record under the cursor of a list, else the card's own."""
        below = None if self.tabs is None else self.tabs.record_here()
        return below or (None if self.is_new else self.ref)

    # What it is made of

    def compose_body(self) -> ComposeResult:
        """The title, the fields, the tabs."""
        actor = self.shell.actor
        references = References(self.shell.gateway, candidates, partial(may_make, actor))
        self.set_class(self.is_new, "-new")
        self._room.fit(self.app.size.width, self.app.size.height)
        definition = self.definition
        self._form = Form(
            fields_shown(definition, actor, self.preset if self.is_new else None),
            references,
            editable=[field.name for field in (*definition.fields, *(definition.new_fields if self.is_new else ()))],
            columns=self._room.columns,
            dense=self._room.dense,
        )
        if not self.is_new:
            self.tabs = CardTabs(self.ref)
            if (card := self.record.read_at_once()) is not None:
                self.version = card.version
                self._form.show(card.values, card.names)
        yield CardTitle()
        yield Static("", id="card-meanwhile", markup=False)
        with Container(id="card-body"):
            yield self._form
            if self.tabs is not None:
                yield self.tabs

    async def on_resize(self) -> None:
        """Put the tabs where there is room for them."""
        self._room.fit(self.size.width, self.size.height)
        self._room.share()
        await self.form.lay_out(columns=self._room.columns, dense=self._room.dense)

    def on_mount(self) -> None:
        """Read the record; a new one takes input before the next key comes, also one that was typed ahead."""
        super().on_mount()
        self._show_title()
        if self._draft is not None and self.is_new:
            self._begin_from(self._draft)
        elif self.is_new:
            self._begin_new()
        elif self.record.card is not None:
            self._ask_about_draft()
        else:
            self.record.read()

    def on_unmount(self) -> None:
        """What is typed stays kept for the next time."""
        self._keeper.leave_be()
        super().on_unmount()

    # Reading

    def show_record(self, card: Card, *, first: bool) -> None:
        """Show the record as it is stored now; when it is shown first, ask about a draft of it."""
        self.version = card.version
        self.form.show(card.values, card.names)
        self._show_title()
        self.refresh_bindings()
        if first:
            self._ask_about_draft()

    def _ask_about_draft(self) -> None:
        if self._draft is not None:
            self._begin_from(self._draft)
        elif self._may_edit:
            ask_about_draft(self, self._begin_from)

    def _show_title(self) -> None:
        card, definition = self.record.card, self.definition
        doing = pgettext("record", "new") if self.is_new else _("editing") if self.form.is_editing else ""
        code = card.state if card is not None else ""
        self.query_one(CardTitle).facts = TitleFacts(
            KINDS[self.ref.kind].title,
            self.record.title,
            (definition.states or {}).get(code, code),
            code,
            "" if self.is_new else f"#{self.ref.id}",
            doing,
            card.files if card is not None else 0,
        )
        self._room.share()

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Read again what the card shows; what is being typed is not touched."""
        if self.is_new:
            return
        if not self._saving.is_busy:
            self.record.hear(event.kinds)
        if self.tabs is not None:
            self.tabs.hear(event.kinds)

    def on_language_changed(self) -> None:
        """Say everything in the other language; what is typed stays."""
        super().on_language_changed()
        self.call_later(self.form.remake)
        if self.tabs is not None:
            self.tabs.speak_again()
        self._show_title()

    # Editing

    @property
    def _may_edit(self) -> bool:
        return self.definition.edit is not None and self.shell.actor.may(self.definition.permission)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the operator may not do is greyed, by the same permission that the actions ask for."""
        if self._form is None:
            return None
        editing = self.form.is_editing
        match action:
            case "save":
                return editing
            case "edit":
                may = None if self.record.card is None or not self._may_edit else True
                return False if editing or self.is_new or self.definition.edit is None else may
            case "new":
                return not editing and self.tabs is not None and self.tabs.made_here() is not None
            case "tab" | "area" | "files":
                return not editing and not self.is_new
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Turn the values into inputs."""
        if self.record.card is not None:
            self._edit(self.record.card.values, self.record.card.names)

    def _edit(self, base: Mapping[str, Any], names: Mapping[str, str], draft: Draft | None = None) -> None:
        self.form.edit(base, names, draft.typed if draft is not None else None)
        self._keeper.start(draft.path if draft is not None else None)
        self._show_title()
        self.refresh_bindings()

    def _begin_new(self) -> None:
        if self.preset or self._then is not None:
            self._edit_new()
        else:
            ask_about_draft(self, self._begin_from)

    def _edit_new(self) -> None:
        self.preset = beginning(self.shell.actor, self.ref.kind, self.preset)
        self.form.show(*about_shown(self.preset))
        self._edit({**self.definition.new, **self.preset}, names_of(self.ref.kind, self.preset))

    def _begin_from(self, draft: Draft | None) -> None:
        """Go on with a draft; without one, an existing record is read and a new one begun empty."""
        if draft is None:
            if self.is_new:
                self._edit_new()
            return
        if self.is_new:
            self.preset = preset_of(draft, self.definition.new)
        else:
            self.version = draft.version
        self._edit(draft.base, draft.names, draft)
        if self.record.card is not None and self.record.card.version != draft.version:
            self.record.ask_who()

    def action_save(self) -> None:
        """Show what will change, then save it."""
        self._saving.begin()

    def saved(self) -> None:
        """The changes are stored."""
        self._keeper.forget()
        self.notify(_("Saved."))
        self.leave_editing()

    def rebased(self, version: int) -> None:
        """What is typed goes on from a newer version of the record."""
        self.version = version
        self.record.say("")
        self._keeper.keep()

    def made(self, record_id: int) -> None:
        """The new record exists: show it, or give it to the card that wants it."""
        self._keeper.forget()
        if self._then is not None:
            work = partial(label_of, self.ref.kind, record_id)
            self.shell.gateway.ask(self, "card", work, partial(self._give, record_id), self.record.not_read)
            return
        self.notify(_("Saved."))
        self.app.call_later(self._show_made, record_id)

    def _give(self, record_id: int, label: str) -> None:
        then = self._then
        self.dismiss()
        if then is not None:
            then(record_id, label)

    async def _show_made(self, record_id: int) -> None:
        """Put the card of the record in the place of the form that made it."""
        await self.form.stop_editing()
        shell = self.shell
        await self.dismiss()
        shell.open_record(RecordRef(self.ref.kind, record_id))

    def leave_editing(self) -> None:
        """Turn the inputs back into values, as they are stored now."""
        self._keeper.forget()
        self.call_later(self._stop_editing)

    async def _stop_editing(self) -> None:
        await self.form.stop_editing()
        self._show_title()
        self.refresh_bindings()
        self.record.read()

    # Leaving

    def step_back(self) -> bool:
        """Esc leaves editing, after asking where something was typed."""
        if self._form is None or not self.form.is_editing:
            return False
        if self._saving.is_busy:
            return True
        if self.form.typed():
            dialog = Confirm(
                _("Not saved"), _("What you typed is not saved."), yes=_("Discard it"), no=_("Keep editing")
            )
            self.app.push_screen(dialog, self._discard)
            return True
        return self._end_editing()

    def _discard(self, yes: bool | None) -> None:
        if yes and not self._end_editing():
            self.shell.go_back()

    def _end_editing(self) -> bool:
        """Forget what was typed; False when the whole card has nothing more to show."""
        if self.is_new:
            self._keeper.forget()
            self.form.forget()
            return False
        self.leave_editing()
        return True

    def may_leave(self) -> bool:
        """Not while something is typed: it is saved or discarded first."""
        if self._form is not None and self.form.is_editing and (self._saving.is_busy or self.form.typed()):
            self.notify(_("Save with ctrl+s, or press esc, first."), severity="warning")
            return False
        return True

    # What the widgets say

    def action_new(self) -> None:
        """Make a record for the list of the open tab."""
        if self.tabs is not None and (made := self.tabs.made_here()) is not None:
            self.app.push_screen(CardScreen.new(*made))

    def action_tab(self, step: int) -> None:
        """Show the next list, or the one before."""
        if self.tabs is not None:
            self.tabs.step_tab(step)
            self.refresh_bindings()

    def action_area(self) -> None:
        """From the fields to the list and back."""
        if self.tabs is not None:
            table = self.tabs.table
            (self.form if table.has_focus else table).focus()

    def on_form_link_opened(self, event: form_messages.LinkOpened) -> None:
        """Open the record that a reference points to."""
        value = self.record.card.values.get(event.field.name) if self.record.card is not None else None
        if value is not None:
            self.shell.open_record(value if isinstance(value, RecordRef) else RecordRef(event.field.reference, value))

    def on_form_new_wanted(self, event: form_messages.NewWanted) -> None:
        """Make the record that a reference wants, then go on here."""
        kind, name = event.field.reference, event.field.name
        preset = event.known | ({CARDS[kind].label: event.text} if event.text else {})
        self._keeper.keep()
        self.app.push_screen(CardScreen.new(kind, preset, then=partial(self.form.pick, name)))

    @on(form_messages.CopyRequested)
    @on(CopyRequested)
    def _copy(self, event: form_messages.CopyRequested | CopyRequested) -> None:
        """Copy to the operator's clipboard."""
        self.app.copy_to_clipboard(event.text)
        self.notify(_("Copied."), timeout=2)

    def on_record_table_refused(self, event: Refused) -> None:
        """Say why something does not work."""
        self.notify(event.reason)

    def on_record_table_failed(self, event: Failed) -> None:
        """The list says itself that it could not be read."""
        self.log.warning(f"a list of a card: {event.error}")

    def on_search_failed(self, event: SearchFailed) -> None:
        """Records for a reference could not be looked for."""
        self.record.not_read(event.error)
