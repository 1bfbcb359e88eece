"""The keys and licences of a document: its instances, the key that is picked for each, the licences entered on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from models.company.permissions import EDIT_LICENCES
from models.kinds import RecordRef
from models.language import N_, _, ngettext, pgettext
from models.licensing.document_instances import DocumentKeys, InstanceFacts, document_instances, keys_of_document
from models.licensing.forming import HANDING_OVER, INVOICE, form_instances
from models.sales.vocabulary import DOCUMENT_STATES
from models.text import shown
from screens.key_picking import KeyPicking
from screens.kit import marks
from screens.kit.record_table import RecordTable
from screens.kit.table_keys import TABLE_BINDINGS
from screens.kit.table_messages import CopyRequested, Failed, Opened, Refused
from screens.licence_entry import enter_licences, tell
from screens.list_view import kinds_shown, state_labels
from screens.section import FrameScreen, RecordsChanged

if TYPE_CHECKING:
    from textual.app import ComposeResult

_ABSENT = frozenset({"filter", "columns", "export", "preview", "repeat"})


_AT_HAND = frozenset({"list.open", "list.mark"})
"""What of a list's keys the bottom line says: beside what is done here there is no room for more."""


class InstanceTable(RecordTable, inherit_bindings=False):
    """The instances. Where a letter means something else to the screen, the arrows walk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(replace(one, show=one.show and one.id in _AT_HAND) for one in TABLE_BINDINGS),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to the long lists of sections is not here."""
        return action not in _ABSENT


class DocumentKeysScreen(FrameScreen):
    """The instances of one document. Opening it forms what is missing of them, where the document still changes."""

    CSS = """
    DocumentKeysScreen {
        & #keys-title { height: 1; text-style: bold; }
        & #keys-missing { height: auto; max-height: 4; padding: 0 2; color: $text-muted; }
        & RecordTable { height: 1fr; }
    }
    """
    AUTO_FOCUS = "InstanceTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "pick_key", N_("pick key"), priority=True, id="instances.pick"),
        Binding("l", "add_licences", N_("licences"), priority=True, id="instances.licences"),
        Binding("delete", "take_key_away", N_("no key"), id="instances.no-key"),
        Binding("p", "print", N_("print"), id="document.print"),
    ]

    def __init__(self, document: int, kind: str) -> None:
        super().__init__()
        self.document, self.kind = document, kind
        self.look: DocumentKeys | None = None
        self._listing = document_instances(document, kind)

    def compose_body(self) -> ComposeResult:
        """Whose instances these are, the instances, what is missing."""
        yield Static("", id="keys-title", markup=False)
        table = InstanceTable(
            self.shell.gateway, empty_text=self._empty_text(), state_labels=state_labels(self._listing.definition)
        )
        table.set_listing(self._listing)
        yield table
        yield Static("", id="keys-missing", markup=False)

    def on_mount(self) -> None:
        """Look at the document; form what is missing of its instances."""
        super().on_mount()
        self._ask(self._first_look)

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.shell.gateway.drop(self)
        super().on_unmount()

    def record_here(self) -> RecordRef | None:
        """The instance under the cursor, else the document."""
        one = self._here
        return RecordRef("instance", one.id) if one is not None else RecordRef("document", self.document)

    @property
    def table(self) -> InstanceTable:
        """The rows."""
        return self.query_one(InstanceTable)

    def action_print(self) -> None:
        """Print certificates or labels of all of it."""
        from screens.paper_printing import print_paper

        print_paper(self, RecordRef("document", self.document))

    def _ask(self, came: Callable[[DocumentKeys], object]) -> None:
        work = partial(keys_of_document, self.document, self.shell.actor)
        self.shell.gateway.ask(self, "look", work, came, partial(tell, self))

    def _first_look(self, look: DocumentKeys) -> None:
        if look.forms:
            work = partial(form_instances, self.shell.actor, self.document)
            self.shell.gateway.write(self, work, self._formed, self._not_formed)
        self._looked(look)

    def _formed(self, _ids: list[int]) -> None:
        self.look_again()

    def _not_formed(self, error: Exception) -> None:
        tell(self, error)
        self.look_again()

    def look_again(self) -> None:
        """Read what is shown anew."""
        self.table.refresh_rows()
        self._ask(self._looked)

    def _looked(self, look: DocumentKeys) -> None:
        self.look = look
        state = _(DOCUMENT_STATES.get(look.state, look.state))
        title = _("Keys and licences: {document}").format(document=look.name)
        self.query_one("#keys-title", Static).update(Content(shown(f"  {title}   {state}")))
        self.query_one("#keys-missing", Static).update(Content(shown(_missing(look))))
        self.refresh_bindings()

    def _empty_text(self) -> str:
        if self.kind == INVOICE:
            return _("Nothing of which instances are formed stands in this invoice.")
        return _("Nothing that is handed over with a key or licence stands in this document.")

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Others pick keys and enter licences too."""
        if event.kinds & (kinds_shown(self._listing.definition) | {"licence", "document"}):
            self.look_again()

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        super().on_language_changed()
        self.table.empty_text = self._empty_text()
        self.table.redraw()
        self._ask(self._looked)

    # Keys

    @property
    def _here(self) -> InstanceFacts | None:
        if self.look is None or self.table.cursor_id is None:
            return None
        return self.look.instances.get(self.table.cursor_id)

    def _wanted(self) -> list[InstanceFacts]:
        """The marked instances, else that under the cursor."""
        if self.look is None:
            return []
        marked = [one for one in self.look.instances.values() if one.id in self.table.marks]
        return sorted(marked, key=lambda one: (one.line, one.id)) or [one for one in (self._here,) if one is not None]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are picked in drafts; licences are entered by who may."""
        match action:
            case "pick_key":
                return True if self.look is not None and self.look.picks and self._wanted() else None
            case "take_key_away":
                picked = any(one.key_id is not None for one in self._wanted())
                return True if self.look is not None and self.look.picks and picked else None
            case "add_licences":
                one = self._here
                return True if one is not None and one.licensed and self.shell.actor.may(EDIT_LICENCES) else None
        return super().check_action(action, parameters)

    def action_pick_key(self) -> None:
        """Pick the key for the instance under the cursor, or all marked ones."""
        if wanted := self._wanted():
            KeyPicking(self, wanted, self._done).begin()

    def action_take_key_away(self) -> None:
        """Pick none any more."""
        if wanted := [one for one in self._wanted() if one.key_id is not None]:
            KeyPicking(self, wanted, self._done).take_away()

    def _done(self) -> None:
        self.table.set_marks(marks.NONE)
        self.look_again()

    def action_add_licences(self) -> None:
        """Enter licences on the instance under the cursor."""
        if self._here is not None:
            enter_licences(self, self._here.id, self.look_again)

    # What the table says

    def on_record_table_opened(self, event: Opened) -> None:
        """The card of the instance."""
        self.shell.open_record(RecordRef("instance", event.record_id))

    def on_record_table_highlighted(self) -> None:
        """Another instance: other things may be done to it."""
        self.refresh_bindings()

    def on_record_table_counted(self) -> None:
        """Maybe there is none any more."""
        self.refresh_bindings()

    def on_record_table_marks_changed(self) -> None:
        """Something else is meant."""
        self.refresh_bindings()

    def on_record_table_copy_requested(self, event: CopyRequested) -> None:
        """Copy to the operator's clipboard."""
        self.app.copy_to_clipboard(event.text)
        self.notify(_("Copied."), timeout=2)

    def on_record_table_refused(self, event: Refused) -> None:
        """Say why something does not work."""
        self.notify(event.reason)

    def on_record_table_failed(self, event: Failed) -> None:
        """The list says itself that it could not be read."""
        self.log.warning(f"the instances of a document: {event.error}")


def _missing(look: DocumentKeys) -> str:
    """What is still to be done, in words."""
    instances = look.instances.values()
    keyless = [one for one in instances if one.lacks_key]
    licensed = [one for one in instances if one.licensed]
    wanted = sum(int(one.quantity or 0) for one in licensed)
    said = []
    if look.kind in HANDING_OVER and look.state == "draft" and keyless:
        lines = ", ".join(str(line) for line in sorted({one.line for one in keyless}))
        text = ngettext("No key yet for line {lines}.", "No key yet for lines {lines}.", len(keyless))
        said.append(text.format(lines=lines))
    if wanted:
        text = pgettext("entered", "Licences: {number} of {wanted}.")
        said.append(text.format(number=sum(one.licences for one in licensed), wanted=wanted))
    if look.kind == INVOICE and keyless:
        said.append(_("Keys are picked in the shipment."))
    return " ".join(said)
