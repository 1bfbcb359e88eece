"""The files of a record: what ``F`` shows on any card. A file is attached, saved to disk, removed; never opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from models.cards.reading import label_of
from models.company.permissions import ATTACH_FILES
from models.files.actions import attach_path
from models.files.lists import FILES, files_listing
from models.files.paths import existing_file, typed_path
from models.kinds import KINDS, RecordRef
from models.language import N_, _
from models.text import shown
from screens.file_saving import ask_to_remove, ask_where, tell_failure
from screens.kit import marks
from screens.kit.ask_path import AskPath
from screens.kit.record_table import RecordTable
from screens.kit.table_keys import TABLE_BINDINGS
from screens.kit.table_messages import CopyRequested, Failed, Opened, Refused
from screens.list_view import kinds_shown, state_labels
from screens.section import FrameScreen, RecordsChanged

if TYPE_CHECKING:
    from textual.app import ComposeResult

_ABSENT = frozenset({"filter", "columns", "export", "preview", "repeat"})
_COLUMNS = ("name", "size", "attached", "operator", "note", "type")


class FileTable(RecordTable, inherit_bindings=False):
    """The rows, with what is done to files among the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        TABLE_BINDINGS[0],
        Binding("n", "screen.attach", N_("attach a file"), id="files.attach"),
        Binding("w", "screen.save_to_disk", N_("save to disk"), id="files.save"),
        Binding("delete", "screen.remove", N_("remove"), id="files.remove"),
        *TABLE_BINDINGS[1:],
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to the long lists of sections is not here."""
        return action not in _ABSENT


class FilesScreen(FrameScreen):
    """The files of one record, the newest first."""

    CSS = "FilesScreen #files-title { height: 1; }"
    AUTO_FOCUS = "FileTable"

    def __init__(self, about: RecordRef) -> None:
        super().__init__()
        self.about = about
        self._whose = f"#{about.id}"

    def compose_body(self) -> ComposeResult:
        """Whose files these are, and the files."""
        yield Static("", id="files-title", markup=False)
        table = FileTable(self.shell.gateway, empty_text=self._empty_text(), state_labels=state_labels(FILES))
        table.choose_columns(_COLUMNS)
        table.set_listing(files_listing(self.about))
        yield table

    def on_mount(self) -> None:
        """Find out what the record is called."""
        super().on_mount()
        self._say_title()
        work = partial(label_of, self.about.kind, self.about.id)
        self.shell.gateway.ask(self, "name", work, self._named, self._failed)

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.shell.gateway.drop(self)
        super().on_unmount()

    @property
    def table(self) -> FileTable:
        """The rows."""
        return self.query_one(FileTable)

    @property
    def _may_attach(self) -> bool:
        return self.shell.actor.may(ATTACH_FILES)

    def _empty_text(self) -> str:
        hint = [_("n attaches the first one.")] if self._may_attach else []
        return "\n".join([_("No files are attached."), *hint])

    def _named(self, name: str) -> None:
        self._whose = name
        self._say_title()

    def _say_title(self) -> None:
        text = _("Files: {kind} {name}").format(kind=_(KINDS[self.about.kind].title), name=self._whose)
        self.query_one("#files-title", Static).update(shown(f"  {text}"))

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Others attach and remove files too."""
        if event.kinds & kinds_shown(FILES):
            self.table.refresh_rows()

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        super().on_language_changed()
        self.table.empty_text = self._empty_text()
        self.table.redraw()
        self._say_title()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the operator may not do, or has nothing to be done to, is greyed."""
        match action:
            case "attach":
                return True if self._may_attach else None
            case "remove":
                return True if self._may_attach and self.table.cursor_id is not None else None
            case "save_to_disk":
                return True if self.table.cursor_id is not None else None
        return super().check_action(action, parameters)

    # What the operator does

    def on_record_table_opened(self, event: Opened) -> None:
        """The card of the file: its name and note are edited there."""
        self.shell.open_record(RecordRef("file", event.record_id))

    def action_attach(self) -> None:
        """Ask for the path, then attach the file."""
        title, prompt = _("Attach a file"), _("The file; tab completes its name.")
        dialog = AskPath(self.shell.gateway, title, prompt, value="~/", check=existing_file)
        self.app.push_screen(dialog, self._attach_typed)

    def _attach_typed(self, text: str | None) -> None:
        if text is not None:
            path = typed_path(text)
            work = partial(attach_path, self.shell.actor, self.about, path)
            self.shell.gateway.write(self, work, partial(self._attached, path.name), self._failed)

    def _attached(self, name: str, file_id: int) -> None:
        self.notify(_("Attached: {name}").format(name=shown(name)), timeout=4)
        self.table.refresh_rows()
        self.table.go_to(file_id)

    def action_save_to_disk(self) -> None:
        """Save the file under the cursor, or all marked ones."""
        ask_where(self, self._wanted(), partial(self.table.set_marks, marks.NONE))

    def _wanted(self) -> list[int]:
        table = self.table
        if table.marks and table.listing is not None:
            rows = table.listing.page(0, table.total or 0)
            return [row.id for row in rows if row.id in table.marks]
        return [] if table.cursor_id is None else [table.cursor_id]

    def action_remove(self) -> None:
        """Take the file off the record, after asking."""
        if self.table.cursor_id is not None:
            ask_to_remove(self, self.table.cursor_id, self.table.refresh_rows)

    def _failed(self, error: Exception) -> None:
        tell_failure(self, error)

    def on_record_table_highlighted(self) -> None:
        """Now there is a file that something can be done to."""
        self.refresh_bindings()

    def on_record_table_counted(self) -> None:
        """Maybe there is none any more."""
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
        self.log.warning(f"the files of a record: {event.error}")
