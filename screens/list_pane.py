"""One list of a section with all that an operator does to it: filter, sort, columns, marks, preview, copy, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from models.errors import RuleBroken
from models.kinds import RecordRef
from models.language import N_, _
from models.table_listing import TableListing
from models.text import shown
from screens.kit.record_table import RecordTable
from screens.kit.table_keys import TABLE_BINDINGS
from screens.kit.table_messages import CopyRequested, Opened, Refused
from screens.list_body import Body
from screens.list_view import ListView, filter_words, kinds_shown, state_labels
from screens.shell import shell_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from models.cards.definitions import CardDefinition
    from screens.kit.filter_line import FilterLine
    from screens.kit.filter_words import FilterWords
    from screens.list_memory import ListMemory
    from screens.preview import Preview

_PREVIEW_FROM_CELLS = 100
"""How wide the screen has to be for a preview beside the list."""


class ListTable(RecordTable, inherit_bindings=False):
    """The rows of a section's list: what makes and changes records comes right after opening and filtering."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *TABLE_BINDINGS[:2],
        Binding("n", "new", N_("new"), id="list.new"),
        Binding("e", "edit", N_("edit, or set a field of all marked"), show=False, id="list.edit"),
        *TABLE_BINDINGS[2:],
    ]

    class NewRequested(Message):
        """The operator wants a new record."""

    class EditRequested(Message):
        """The operator wants to change the record under the cursor, or all marked ones."""

    def __init__(self, pane: ListPane) -> None:
        labels = state_labels(pane.definition)
        super().__init__(shell_of(pane).gateway, empty_text=pane.empty_text(), state_labels=labels)
        self._pane = pane

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key for new records where none can be made."""
        return self._pane.may_add() if action == "new" else True

    def action_filter(self) -> None:
        """Begin to type at once: the keys that follow belong to the filter."""
        if not self._pane.edit_filter():
            super().action_filter()

    def action_new(self) -> None:
        """Make a record."""
        self.post_message(self.NewRequested())

    def action_edit(self) -> None:
        """Change records."""
        self.post_message(self.EditRequested())


class ListPane(Vertical, Body):
    """A list of records of one kind; keeps its filter, order, marks and cursor as long as the program runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "keep_filter", N_("keep this filter"), show=False, id="list.keep-filter"),
        Binding("I", "import_table", N_("import a table"), show=False, id="list.import"),
    ]

    class Changed(Message):
        """The count or the marks of the list are other than before."""

    def __init__(self, view: ListView, memory: ListMemory) -> None:
        super().__init__(id=f"pane-{view.name}")
        self.view = view
        self.definition = view.definition
        self.kinds = kinds_shown(self.definition)
        self.memory = memory
        self.last_bulk: Callable[[], None] | None = None
        self.note = ""
        self._stale = False
        self._wants_preview = False

    def compose(self) -> ComposeResult:
        """The rows, and beside them room for the preview; the filter comes when the rows have been drawn."""
        table = ListTable(self)
        table.choose_columns(self.memory.columns(self.view.name))
        table.set_listing(self.view.listing())
        with Horizontal(classes="list-body"):
            yield table

    def on_mount(self) -> None:
        """The rows have the focus, unless another list was asked for meanwhile."""
        if self.display:
            self.table.focus()
        self.call_after_refresh(self._complete)

    async def _complete(self) -> FilterLine:
        """The line of the filter, made now where it is not there yet: rows first, a fifth of the time to start."""
        from screens.kit.filter_line import FilterLine

        found = self.filter_line
        if found is None:
            found = FilterLine(self.words)
            await self.mount(found, before=0)
        return found

    # ── What the screen asks

    @property
    def table(self) -> RecordTable:
        """The rows."""
        return self.query_one(RecordTable)

    @property
    def filter_line(self) -> FilterLine | None:
        """The line of the filter, as soon as it is there."""
        return cast("FilterLine | None", next(iter(self.query_children("FilterLine")), None))

    @property
    def filter_text(self) -> str:
        """The filter as it stands in the line, be it one or not."""
        return "" if self.filter_line is None else self.filter_line.text

    @property
    def card(self) -> CardDefinition | None:
        """What the records' cards consist of; None where they have none."""
        from models.cards.definitions import CARDS

        return CARDS.get(self.definition.kind)

    @property
    def listing(self) -> TableListing:
        """The list under the filter and sort that it is shown in."""
        listing = self.table.listing
        assert isinstance(listing, TableListing)
        return listing

    def words(self) -> FilterWords:
        """The names of fields that the filter knows."""
        return filter_words(self.definition)

    def empty_text(self) -> str:
        """What an empty list says: that it is empty, and how the first record is made."""
        hints = [_(self.view.empty)]
        if self.may_add():
            hints.append(_("n makes the first one."))
        if self.view.import_kind:
            hints.append(_("I imports a table."))
        return "\n".join(hints)

    async def set_filter(self, text: str) -> None:
        """Show what a filter finds; the filter line says so."""
        line = await self._complete()
        line.show(text)
        self._apply(text)

    def step_back(self) -> bool:
        """Leave the filter: first its text goes, then there is nothing to leave."""
        line = self.filter_line
        if line is None or not (line.is_editing or line.text):
            return False
        line.show("")
        self._apply("")
        line.leave()
        self.table.focus()
        return True

    def hear(self, changed: frozenset[str]) -> None:
        """Records changed: read the rows again, at once or when the list is shown."""
        if changed & self.kinds:
            if self.display:
                self.table.refresh_rows()
                self._show_preview()
            else:
                self._stale = True

    def say(self, note: str) -> None:
        """Say in the title line what is going on; nothing when it is over."""
        self.note = note
        self.post_message(self.Changed())

    def enter(self) -> None:
        """The list is shown: catch up with what changed meanwhile."""
        if self._stale:
            self._stale = False
            self.table.refresh_rows()
        self.table.focus()

    def speak_again(self) -> None:
        """The language changed."""
        self.table.empty_text = self.empty_text()
        self.table.redraw()
        if self.filter_line is not None:
            self.filter_line.show(self.filter_line.text)
        self._show_preview()

    # ── The filter

    def edit_filter(self) -> bool:
        """Let the operator type a filter; False while the line is not there yet."""
        if self.filter_line is not None and self.filter_line.is_mounted:
            self.filter_line.edit()
            return True
        return False

    async def on_record_table_filter_requested(self) -> None:
        line = await self._complete()
        line.edit()

    def on_filter_line_changed(self) -> None:
        self._apply(self.filter_text)

    def on_filter_line_left(self) -> None:
        if self.filter_line is not None:
            self.filter_line.leave()
        self.table.focus()

    def _apply(self, text: str) -> None:
        """Show what the text finds; a text that is no filter leaves the list as it is and says why."""
        from screens.kit.filter_words import without_unfinished

        line = self.filter_line
        assert line is not None
        try:
            listing = self.listing.with_filter(without_unfinished(text, self.words()).strip())
        except RuleBroken as fault:
            line.say_fault(fault)
            return
        line.say_fault(None)
        if listing.filter_text != self.listing.filter_text:
            self.table.set_listing(listing)

    def action_kept_filters(self) -> None:
        from screens.kept_filters import pick_filter

        pick_filter(self)

    def action_keep_filter(self) -> None:
        from screens.kept_filters import keep_filter

        keep_filter(self)

    # ── Records

    def on_record_table_opened(self, event: Opened) -> None:
        shell_of(self).open_record(RecordRef(self.definition.kind, event.record_id))

    def on_record_table_copy_requested(self, event: CopyRequested) -> None:
        self.app.copy_to_clipboard(event.text)
        self.app.notify(_("Copied: {text}").format(text=shown(event.text)[:60]), timeout=2)

    def on_record_table_refused(self, event: Refused) -> None:
        self.app.notify(event.reason, severity="warning", timeout=4)

    def on_record_table_counted(self) -> None:
        self.post_message(self.Changed())
        if not self.table.total:
            self._show_preview()

    def on_record_table_marks_changed(self) -> None:
        self.post_message(self.Changed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of what the operator may not do, or what is not there."""
        if action == "import_table":
            from models.company.permissions import IMPORT_TABLES

            return bool(self.view.import_kind) and shell_of(self).actor.may(IMPORT_TABLES)
        return True

    def may_add(self) -> bool:
        """Whether the operator can make a record of this list's kind."""
        return bool(self.view.add_right) and shell_of(self).actor.may(self.view.add_right)

    def on_list_table_new_requested(self) -> None:
        self.new_record()

    def new_record(self) -> None:
        """Make a record for the list."""
        from screens.card import CardScreen

        self.app.push_screen(CardScreen.new(self.definition.kind, {}))

    def on_list_table_edit_requested(self) -> None:
        self.edit_records()

    def edit_records(self) -> None:
        """Change the record under the cursor, or all marked ones."""
        from screens.bulk_edit import begin

        if self.table.marks:
            begin(self)
        else:
            self.table.action_open()

    def on_record_table_columns_requested(self) -> None:
        from screens.kit.column_chooser import ColumnChooser

        columns = self.definition.columns
        chooser = ColumnChooser([column.column for column in columns], self.memory.columns(self.view.name))
        self.app.push_screen(chooser, self._columns_chosen)

    def _columns_chosen(self, answer: tuple[tuple[str, ...] | None] | None) -> None:
        if answer is None:
            return
        (ids,) = answer
        self.table.choose_columns(ids)
        if fault := self.memory.keep_columns(self.view.name, ids):
            self.app.notify(_("The choice cannot be kept: {reason}").format(reason=fault), severity="warning")

    def on_record_table_export_requested(self) -> None:
        from screens.export_dialog import export

        export(self)

    def on_record_table_repeat_requested(self) -> None:
        from screens.bulk_edit import repeat

        repeat(self)

    def action_import_table(self) -> None:
        """Import a table into this list."""
        from screens.import_table import ask_for_table

        ask_for_table(self.app, self.view.import_kind)

    # ── The preview

    def on_record_table_preview_toggled(self) -> None:
        self._wants_preview = not self._wants_preview
        if self._wants_preview and not self._has_room:
            self.app.notify(
                _("The preview needs a screen of {cells} columns.").format(cells=_PREVIEW_FROM_CELLS), timeout=4
            )
        self._show_preview()

    def on_record_table_highlighted(self) -> None:
        self._show_preview()

    def on_resize(self, event: events.Resize) -> None:
        """The preview goes where there is no room for it."""
        self._show_preview()

    @property
    def _has_room(self) -> bool:
        return self.size.width >= _PREVIEW_FROM_CELLS

    def _show_preview(self) -> None:
        for pane in self.query(".preview"):
            if not (self._wants_preview and self._has_room):
                pane.remove()
                return
        if self._wants_preview and self._has_room and (preview := self._preview()) is not None:
            preview.show(self.definition.kind, self.table.cursor_id)

    def _preview(self) -> Preview | None:
        from screens.preview import Preview

        found = [pane for pane in self.query(".preview") if isinstance(pane, Preview)]
        if found:
            return found[0]
        preview = self.new_preview()
        if preview is not None:
            self.query_one(".list-body").mount(preview)
        return preview

    def new_preview(self) -> Preview | None:
        """The pane for the record under the cursor; none where records of this kind have no card."""
        from screens.preview import Preview

        return None if self.card is None else Preview(shell_of(self).gateway)


class SectionPane(ListPane):
    """A list with a key for its kept filters, where that means nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "kept_filters", N_("kept filters"), show=False, id="list.kept-filters"),
    ]
