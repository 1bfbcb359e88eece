"""How the import screen says things: a column on a line, how far it is, what became of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from importers.tables import ImportReport
from models.language import _
from models.text import shown
from screens.import_look import LookedColumn
from screens.kit.cells import cell_text

_MOST_ERRORS = 200


def column_line(column: LookedColumn, width: int) -> Content:
    """Heading, the field that it is read as, and the first values."""
    cells = max(12, min(28, width // 4))
    field = _(column.field.title) if column.field else _("(not read)")
    return Content.assemble(
        "   ",
        _cell(column.heading, cells),
        " → ",
        (_cell(field, cells), "bold" if column.field else "$foreground-muted"),
        (_cell("   " + shown("  ·  ".join(column.values)), max(0, width - 2 * cells - 8)), "$foreground-muted"),
    )


def _cell(text: str, cells: int) -> str:
    text = shown(text)
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, max(0, cells - 1)) + "…"


def _number(value: int) -> str:
    return cell_text(value, "integer", {})


def progress_text(done: int, of: int | None, *, taking: bool) -> Content:
    """How far it is."""
    doing = _("importing") if taking else _("looking what would become of the rows")
    if of:
        return Content(
            _("{doing}: {done} of about {all} rows …").format(doing=doing, done=_number(done), all=_number(of))
        )
    return Content(_("{doing}: {done} rows …").format(doing=doing, done=_number(done)))


def report_text(report: ImportReport, notes: Sequence[str], hint: str, *, done: bool) -> Content:
    """The counts, what can be done now, then what the file has to say, then the refused rows."""
    counts = (
        _("{read} rows read: {added} added, {changed} changed, {unchanged} as they are, {rejected} refused.")
        if done
        else _(
            "{read} rows read: {added} would be added, {changed} would change, {unchanged} are as they are,"
            " {rejected} would be refused."
        )
    )
    numbers = {name: _number(getattr(report, name)) for name in ("read", "added", "changed", "unchanged", "rejected")}
    lines = [Content.styled(counts.format(**numbers), "bold"), Content.styled(shown(hint), "$accent")]
    lines += [Content.styled(shown(note), "$foreground-muted") for note in notes]
    for error in report.errors[:_MOST_ERRORS]:
        place = _("row {row}").format(row=error.row)
        value = " " + _("“{text}”").format(text=shown(error.value)[:60]) if error.value else ""
        lines.append(
            Content.assemble(
                (f"{place}  ", "$foreground-muted"),
                (f"{shown(error.field)}{value}", "bold"),
                f"  {shown(error.reason)}",
            )
        )
    if len(report.errors) > _MOST_ERRORS:
        lines.append(Content(_("… and {number} more.").format(number=_number(len(report.errors) - _MOST_ERRORS))))
    return Content("\n").join(lines)
