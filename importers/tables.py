"""Importing tables (clients, products, keys, licences, deals, orders, codes) from CSV, XLSX, vCards, in short steps.

What is good is taken, what is not is told row by row. The same file again changes nothing. An import can be
interrupted and run again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from importers.following_rows import in_turn, names_another
from importers.headings import ImportField, known_headings, recognise
from importers.kinds import TableKind
from importers.lined_rows import RowsOfLines, RowsWithLines, parted_mapping
from importers.rows import ReadRow, RowsAhead, RowSource, TableRows
from importers.source import open_table
from importers.table import ReadingOptions
from models.actor import Actor
from models.bulk import bulk_writing
from models.company.permissions import IMPORT_TABLES
from models.errors import RuleBroken
from models.importing import Acceptance, Incoming, Plan

TableName = Literal["clients", "products", "keys", "licences", "deals", "orders", "codes"]
Progress = Callable[[int, int | None], None]
_NO_MAPPING: Mapping[str, str] = MappingProxyType({})

_KINDS: Mapping[TableName, tuple[str, str]] = {
    "clients": ("importers.clients", "CLIENTS"),
    "products": ("importers.products", "PRODUCTS"),
    "keys": ("importers.keys", "KEYS"),
    "licences": ("importers.licences", "LICENCES"),
    "deals": ("importers.deals", "DEALS"),
    "orders": ("importers.orders", "ORDERS"),
    "codes": ("importers.codes", "CODES"),
}


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row, or a cell of it, was refused: the row as the file's spreadsheet numbers it, the heading of the field
    ("" for the row as a whole), what stands there, and the reason with its remedy."""

    row: int
    field: str
    value: str
    reason: str


@dataclass
class ImportReport:
    """How many rows were read, what became of them, and why some were refused; ``notes`` tells of the file."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A file under a mapping: its headings and first rows (number and texts of the cells), which columns (indices)
    hold which field, which hold none, and which required fields have no column."""

    headings: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]
    fields: tuple[ImportField, ...]
    columns: Mapping[str, tuple[int, ...]]
    unmapped: tuple[int, ...]
    missing: tuple[ImportField, ...]
    notes: list[str]


def import_table(
    what: TableName,
    path: Path,
    actor: Actor,
    mapping: Mapping[str, str] = _NO_MAPPING,
    *,
    lines: Path | None = None,
    product: int | None = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file. ``mapping`` names columns by field where headings do not; an empty one leaves a field out.

    ``lines`` is the table of the lines of orders, where they do not stand in the same file; its fields are mapped under
    names that begin with ``lines.``. ``product`` is the one that all codes of a table of codes are of.
    With ``dry_run`` nothing is written; with ``strict`` neither, if any row is refused. ``progress`` hears how
    many rows are done and about how many there are. Raises ``RuleBroken`` when the file is no such table,
    ``NotAllowed`` when the operator may not import it.
    """
    kind = kind_named(what)
    if product is not None:
        from importers.codes import codes_of

        kind = codes_of(product)
    actor.require(IMPORT_TABLES)
    if strict and not dry_run:
        rehearsed = import_table(what, path, actor, mapping, lines=lines, product=product, dry_run=True)
        if rehearsed.rejected:
            rehearsed.added = rehearsed.changed = 0
            return rehearsed
    with closing(source_of(kind, path, mapping, lines)) as source, bulk_writing():
        source.mapping.check()
        return _Import(kind, source, Acceptance(kind.intake(actor, dry_run), actor, dry_run), progress).run()


def kind_named(what: TableName) -> TableKind:
    """What there is to know of a kind of table."""
    module, name = _KINDS[what]
    kind: TableKind = getattr(import_module(module), name)
    return kind


def source_of(kind: TableKind, path: Path, mapping: Mapping[str, str], lines: Path | None = None) -> RowSource:
    """The rows of a file under a mapping of its columns, with those of its table of lines."""
    special = kind.special_source(path) if kind.special_source else None
    if special is not None:
        return special
    if kind.line_fields is None:
        return _rows_of(path, kind.fields, mapping)
    if lines is None:
        return RowsOfLines(_rows_of(path, (*kind.fields, *kind.line_fields.fields), mapping), kind.line_fields)
    of_records, of_lines = parted_mapping(mapping)
    records = _rows_of(path, kind.fields, of_records)
    try:
        line_rows = _rows_of(lines, (kind.line_fields.record, *kind.line_fields.fields), of_lines)
    except RuleBroken:
        records.close()
        raise
    return RowsWithLines(records, line_rows, kind.line_fields)


def _rows_of(path: Path, fields: Sequence[ImportField], mapping: Mapping[str, str]) -> TableRows:
    table = open_table(path, ReadingOptions(known=known_headings(fields)))
    try:
        return TableRows(table, recognise(table.headings, fields, mapping), fields)
    except RuleBroken:
        table.close()
        raise


def preview_table(
    what: TableName, path: Path, mapping: Mapping[str, str] = _NO_MAPPING, *, rows: int = 20
) -> TablePreview:
    """How a file would be read: for a screen where the operator puts the columns right. Raises ``RuleBroken``."""
    kind = kind_named(what)
    with closing(source_of(kind, path, mapping)) as source:
        found = source.mapping
        return TablePreview(
            headings=found.headings,
            rows=[(row.number, row.cells()) for row in islice(source.rows(), rows)],
            fields=kind.fields,
            columns=found.columns,
            unmapped=found.unused,
            missing=found.missing,
            notes=source.warnings(),
        )


@dataclass
class _Import:
    """One import while it runs."""

    kind: TableKind
    source: RowSource
    acceptance: Acceptance
    progress: Progress | None
    _report: ImportReport = field(default_factory=ImportReport)
    _waiting: list[ReadRow] = field(default_factory=list)
    _followers: list[ReadRow] = field(default_factory=list)
    """Rows that name other rows: they are taken when these are there."""

    def __post_init__(self) -> None:
        self._values = self.kind.values(self.source.mapping)
        self._rows = RowsAhead(self.source.rows())
        self.acceptance.between = self._rows.read_for

    def run(self) -> ImportReport:
        for row in self._readable():
            (self._followers if names_another(row, self.kind.follows) else self._waiting).append(row)
            if len(self._waiting) >= self.acceptance.intake.rows_at_once:
                self._take()
        while self._waiting:
            self._take()
        self._take_followers()
        self._report.notes = self.source.warnings()
        self._report.errors.sort(key=lambda error: error.row)
        return self._report

    def _take_followers(self) -> None:
        if self.kind.follows is None:
            return
        followers, at_once = in_turn(self._followers, self.kind.follows), self.acceptance.intake.rows_at_once
        self._followers = []
        for first in range(0, len(followers), at_once):
            self._waiting = followers[first : first + at_once]
            while self._waiting:
                self._take()

    def _readable(self) -> Iterator[ReadRow]:
        """The rows whose cells could all be read; the others are told."""
        for row in self._rows:
            self._report.read += 1
            if row.errors:
                self._refuse(row, row.errors)
            else:
                yield row

    def _take(self) -> None:
        incoming = [Incoming(row.number, self._values(row.values)) for row in self._waiting]
        plan = self.acceptance.take(incoming)
        self._tell(plan)
        del self._waiting[: plan.rows]
        if self.progress is not None:
            done = self._report.read - len(self._waiting) - len(self._followers)
            share = self.source.progress()
            self.progress(done, max(done, round(self._report.read / share)) if share else None)

    def _tell(self, plan: Plan) -> None:
        report = self._report
        report.added += plan.added
        report.changed += plan.changed
        report.unchanged += plan.unchanged
        by_number = {row.number: row for row in self._waiting} if plan.refusals else {}
        for refusal in plan.refusals:
            self._refuse(by_number[refusal.number], [refusal.error])

    def _refuse(self, row: ReadRow, errors: list[RuleBroken]) -> None:
        self._report.rejected += 1
        for error in errors:
            field_id = self.kind.columns_of.get(error.field, error.field)
            heading = self.source.mapping.heading(field_id) if field_id else ""
            self._report.errors.append(RowError(row.number, heading, row.text_of(field_id), str(error)))
