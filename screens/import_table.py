"""Importing a table by hand: which column is which field, what would become of the rows, and then doing it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from importers.tables import ImportReport, TableName, import_table
from models.errors import DomainError, RuleBroken
from models.language import N_, NP_, _
from models.text import shown
from screens.commands import IMPORTABLE
from screens.import_look import Look, look_at, read_as
from screens.import_words import column_line, progress_text, report_text
from screens.kit.dialogs import AskText, Confirm, PickOne
from screens.section import FrameScreen
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

_NOT_READ = "\0"


def ask_for_table(app: App[Any], what: str) -> None:
    """Ask for the file, then show what is in it."""

    def typed(text: str | None) -> None:
        if text is not None:
            app.push_screen(ImportTable(what, _check_path(text)))

    title = _("Import a table: {kind}").format(kind=_(IMPORTABLE[what]))
    prompt = _("The file: CSV or XLSX; for clients vCard, too.")
    app.push_screen(AskText(title, prompt, value="~/", check=_check_path), typed)


def _check_path(text: str) -> Path:
    path = Path(text.strip()).expanduser()
    if not path.is_file():
        raise RuleBroken("file", _("There is no file {file}.").format(file=path))
    return path


class ColumnList(OptionList):
    """The columns of the file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "screen.take", NP_("verb", "import"), id="import.take"),
        Binding("enter", "select", N_("read the column as …"), id="import.choose"),
        Binding("delete", "screen.leave_out", N_("do not read it"), id="import.leave-out"),
        Binding("j", "cursor_down", N_("next"), show=False, id="import.next"),
        Binding("k", "cursor_up", N_("previous"), show=False, id="import.previous"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The columns are settled when the import begins."""
        screen = self.screen
        settled = isinstance(screen, ImportTable) and screen.is_settled
        return not (settled and action == "select")


class ImportTable(FrameScreen):
    """One file: its columns above, what a rehearsal says of its rows below. Nothing is written before ``ctrl+s``."""

    CSS_PATH = "import_table.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "screen.take", NP_("verb", "import"), id="import.take"),
    ]

    def __init__(self, what: str, path: Path) -> None:
        super().__init__()
        self.what = what
        self.path = path
        self.mapping: dict[str, str] = {}
        self.look: Look | None = None
        self.report: ImportReport | None = None
        self.is_taking = False
        self.is_done = False
        self._report_text = Static("", id="import-report", markup=False)

    def compose_body(self) -> ComposeResult:
        """What it is, its columns, what becomes of it."""
        yield Static("", id="import-title", markup=False)
        yield ColumnList(compact=True, markup=False)
        with VerticalScroll(can_focus=False):
            yield self._report_text

    def on_mount(self) -> None:
        """Look at the file."""
        super().on_mount()
        self._look()

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.shell.gateway.drop(self)
        super().on_unmount()

    def may_leave(self) -> bool:
        """An import that runs is not left by one key."""
        if not self.is_taking:
            return True
        question = _("Stop the import? What was taken stays; run again, it takes the rest.")
        self.app.push_screen(Confirm(_("Import"), question, yes=_("Stop")), self._stop)
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what is not possible now."""
        if action == "take":
            ready = self.report is not None and not self.is_taking and not self.is_done
            return True if ready and self._would_take else None
        return not (action == "leave_out" and self.is_settled)

    @property
    def is_settled(self) -> bool:
        """Whether it is too late to say what is read as what."""
        return self.is_taking or self.is_done

    @property
    def _would_take(self) -> bool:
        return self.report is not None and self.report.added + self.report.changed > 0

    # ── Looking and rehearsing

    def _look(self) -> None:
        work = partial(look_at, self.what, self.path, dict(self.mapping))
        self.shell.gateway.ask(self, "look", work, self._looked, self._failed)

    def _looked(self, look: Look) -> None:
        self.look = look
        kind = _(IMPORTABLE[self.what])
        title = _("Import {kind} from {file}").format(kind=kind, file=self.path.name)
        self.query_one("#import-title", Static).update(
            Content.assemble(
                (f" {shown(title)}", "bold $accent"), (f"  {shown(look.description)}", "$foreground-muted")
            )
        )
        self._draw_columns()
        if look.missing:
            names = ", ".join(_(field.title) for field in look.missing)
            self._say(Content(_("Not to be taken like this; no column is read as: {fields}.").format(fields=names)))
            self.report = None
            self.refresh_bindings()
        else:
            self._rehearse()

    def _draw_columns(self) -> None:
        assert self.look is not None
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        width = options.size.width or self.app.size.width
        options.clear_options()
        options.add_options([Option(column_line(column, width)) for column in self.look.columns])
        options.display = bool(self.look.columns)
        options.highlighted = min(at, len(self.look.columns) - 1) if self.look.columns else None

    def on_resize(self) -> None:
        """Lines are as wide as the screen."""
        if self.look is not None:
            self._draw_columns()

    def _rehearse(self) -> None:
        self.report = None
        self._say(Content(_("looking what would become of the rows …")))
        self._import(dry_run=True)

    def _import(self, *, dry_run: bool) -> None:
        what, path, actor, mapping = cast(TableName, self.what), self.path, self.shell.actor, dict(self.mapping)

        def tell(done: int, of: int | None) -> None:
            self.call_later(self._progress, done, of)

        def work() -> ImportReport:
            return import_table(what, path, actor, mapping, dry_run=dry_run, progress=tell)

        self.shell.gateway.ask_to_write(self, "import", work, self._came, self._failed)

    def _progress(self, done: int, of: int | None) -> None:
        if self.is_taking or self.report is None:
            self._say(progress_text(done, of, taking=self.is_taking))

    def _came(self, report: ImportReport) -> None:
        self.report = report
        self.is_done, self.is_taking = self.is_taking, False
        notes = [*(self.look.notes if self.look else ()), *report.notes]
        hint = _("ctrl+s imports") if self._would_take and not self.is_done else _("esc goes back")
        self._say(report_text(report, [*dict.fromkeys(notes)], hint, done=self.is_done))
        self.refresh_bindings()

    def _failed(self, error: Exception) -> None:
        self.is_taking = False
        self.refresh_bindings()
        if not isinstance(error, DomainError):
            raise error
        self._say(Content.styled(shown(str(error)), "$error"))

    def _say(self, text: Content) -> None:
        self._report_text.update(text)

    # ── What the operator does

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say as what field the column is read."""
        at = event.option_index
        if self.look is None or self.is_settled:
            return
        taken = {column.field.id for column in self.look.columns if column.field is not None}
        choices = [(_NOT_READ, _("(not read)"))]
        for field in self.look.fields:
            mark = "   " + _("read from another column") if field.id in taken and not field.several else ""
            choices.append((field.id, _(field.title) + mark))
        title = _("Read “{column}” as").format(column=self.look.columns[at].heading)
        self.app.push_screen(PickOne[str](title, choices), partial(self._chosen, at))

    def action_leave_out(self) -> None:
        """Do not read the column."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._chosen(at, _NOT_READ)

    def _chosen(self, column: int, field_id: str | None) -> None:
        if field_id is None or self.look is None:
            return
        self.mapping = read_as(self.look, self.mapping, column, None if field_id == _NOT_READ else field_id)
        self._look()

    def action_take(self) -> None:
        """Import, with one question before."""
        assert self.report is not None
        question = _("{added} rows are added, {changed} change what is there; {rejected} are refused. Import?").format(
            added=self.report.added, changed=self.report.changed, rejected=self.report.rejected
        )
        self.app.push_screen(Confirm(_("Import"), question, yes=_("Import")), self._confirmed)

    def _confirmed(self, yes: bool | None) -> None:
        if yes:
            self.is_taking = True
            self.refresh_bindings()
            self._say(progress_text(0, None, taking=True))
            self._import(dry_run=False)

    def _stop(self, yes: bool | None) -> None:
        if yes and self.is_taking:
            shell_of(self).gateway.drop(self, "import")
            self.is_taking = False
            self._rehearse()
