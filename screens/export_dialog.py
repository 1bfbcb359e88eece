"""Writing what a list shows, or what is marked in it, to a file: where to, in which format, and how it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.csv_table import style_for_spreadsheets, write_csv
from exporters.table import ExportTable, table_of
from models.company.permissions import EXPORT_TABLES
from models.errors import DomainError, NotAllowed, RuleBroken
from models.language import _, ngettext
from models.listing import Cell
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.dialogs import AskText, Confirm
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.table_listing import TableListing
    from screens.kit.marks import Marks
    from screens.list_pane import ListPane

_ROWS_AT_ONCE = 500
_TABLES = (".csv", ".xlsx")
_IN_CALENDARS = frozenset({"interaction", "reminder"})


def export(pane: ListPane) -> None:
    """Ask for the file."""
    actor = shell_of(pane).actor
    if not actor.may(EXPORT_TABLES):
        pane.app.notify(str(NotAllowed(actor.name, EXPORT_TABLES)), severity="warning", timeout=8)
        return
    what = _("the marked records") if pane.table.marks else _("all that the list shows")
    endings = _endings(pane)
    prompt = _("Writes {what}. The name's ending says the format: {endings}").format(
        what=what, endings=", ".join(endings)
    )
    proposal = f"~/{pane.view.name}-{date.today().isoformat()}{endings[0]}"
    check = partial(_check_path, endings)
    dialog = AskText(_("Export to a file"), prompt, value=proposal, check=check)
    pane.app.push_screen(dialog, partial(_asked, pane))


def _endings(pane: ListPane) -> tuple[str, ...]:
    """The formats that the list can be written in; what has its place in a calendar, as one too."""
    return (*_TABLES, ".ics") if pane.definition.kind in _IN_CALENDARS else _TABLES


def _check_path(endings: Sequence[str], text: str) -> Path:
    """The file that was meant; raises ``RuleBroken`` where nothing can be written."""
    path = Path(text.strip()).expanduser()
    if path.suffix.lower() not in endings:
        raise RuleBroken("file", _("The name has to end in one of {endings}.").format(endings=", ".join(endings)))
    if not path.parent.is_dir():
        raise RuleBroken("file", _("There is no folder {folder}.").format(folder=path.parent))
    if path.is_dir():
        raise RuleBroken("file", _("{file} is a folder.").format(file=path))
    return path


def _asked(pane: ListPane, text: str | None) -> None:
    if text is None:
        return
    path = _check_path(_endings(pane), text)
    if not path.exists():
        _write(pane, path)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            _write(pane, path)

    question = _("There is a file {file} already. Replace it?").format(file=path)
    pane.app.push_screen(Confirm(_("Export to a file"), question, yes=_("Replace")), answered)


def _write(pane: ListPane, path: Path) -> None:
    """Write in a thread of the gateway, saying how far it is."""
    pane.last_bulk = partial(_write, pane, path)
    listing, marks = pane.listing, pane.table.marks
    sheet = _(pane.view.title)

    def say(number: int) -> None:
        pane.call_later(pane.say, _("exporting {number} …").format(number=cell_text(number, "integer", {})))

    def work() -> int:
        if path.suffix.lower() == ".ics":
            return _write_calendar(pane.definition.kind, listing, marks, path)
        zone = datetime.now().astimezone().tzinfo
        assert zone is not None
        if marks:
            table = ExportTable(listing.columns, marked_rows(listing, marks), zone)
        else:
            table = table_of(listing, zone=zone, progress=say)
        if path.suffix.lower() == ".csv":
            return write_csv(path, table, style_for_spreadsheets())
        from exporters.xlsx_table import write_xlsx

        return write_xlsx(path, table, sheet=sheet)

    shell_of(pane).gateway.ask(pane, "export", work, partial(_written, pane, path), partial(_failed, pane))


def _write_calendar(kind: str, listing: TableListing, marks: Marks, path: Path) -> int:
    from exporters.icalendar_file import write_calendar
    from models.cards.bulk import marked_ids
    from models.clients.calendar import calendar_entries

    ids = set(marked_ids(listing, marks.__contains__ if marks else lambda _id: True))
    chosen = {"interactions": ids, "reminders": ()} if kind == "interaction" else {"interactions": (), "reminders": ids}
    return write_calendar(path, calendar_entries(None, **chosen))


def marked_rows(listing: TableListing, marks: Marks) -> Iterator[Sequence[Cell]]:
    """The cells of the marked records; of a few by their ids, of all but a few in the order of the list."""
    if marks.all_but:
        offset = 0
        while page := listing.page(offset, _ROWS_AT_ONCE):
            yield from (row.cells for row in page if row.id in marks)
            offset += len(page)
        return
    ids = sorted(marks.ids)
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        yield from (row.cells for row in listing.rows(ids[start : start + _ROWS_AT_ONCE]))


def _written(pane: ListPane, path: Path, number: int) -> None:
    pane.say("")
    text = ngettext("{number} row written to {file}.", "{number} rows written to {file}.", number)
    pane.app.notify(text.format(number=cell_text(number, "integer", {}), file=shown(str(path))), timeout=8)


def _failed(pane: ListPane, error: Exception) -> None:
    pane.say("")
    if not isinstance(error, DomainError):
        raise error
    pane.app.notify(str(error), severity="warning", timeout=15)
