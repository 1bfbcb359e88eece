"""Records with lines: in one table with a row per line, or as a table of records and another of their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from importers.headings import ColumnMapping, ImportField
from importers.rows import ReadRow, RowSource
from models.errors import RuleBroken
from models.language import _, ngettext

OF_LINES = "lines."
"""Begins the name of a field of the table of lines in ``--map``."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class LineFields:
    """The fields of the lines of a kind of record, and the one that names the record in a table of lines alone."""

    fields: tuple[ImportField, ...]
    record: ImportField


def parted_mapping(mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What ``--map`` says of the table of records, and of that of lines."""
    records = {name: column for name, column in mapping.items() if not name.startswith(OF_LINES)}
    lines = {name[len(OF_LINES) :]: column for name, column in mapping.items() if name.startswith(OF_LINES)}
    return records, lines


@dataclass
class RowsOfLines:
    """A table with a row per line: rows that follow each other under one number are one record."""

    source: RowSource
    line_fields: LineFields

    @property
    def mapping(self) -> ColumnMapping:
        return self.source.mapping

    def rows(self) -> Iterator[ReadRow]:
        """Each record once, under its first row; a row without a number goes on with the one above it."""
        current: ReadRow | None = None
        for row in self.source.rows():
            same = current is not None and row.values.get("number") in (None, "", current.values.get("number"))
            if current is not None and same:
                _add_lines(current, [row], self.line_fields)
                current.errors += [_at(row.number, error) for error in row.errors]
                continue
            if current is not None:
                yield current
            current = row
            _add_lines(current, [row], self.line_fields)
        if current is not None:
            yield current

    def progress(self) -> float:
        return self.source.progress()

    def warnings(self) -> list[str]:
        return self.source.warnings()

    def close(self) -> None:
        self.source.close()


@dataclass
class RowsWithLines:
    """A table of records, and one of their lines, which is read first and whole."""

    records: RowSource
    lines: RowSource
    line_fields: LineFields
    _left: dict[str, int] = field(default_factory=dict)

    @property
    def mapping(self) -> ColumnMapping:
        self.lines.mapping.check(OF_LINES)
        return self.records.mapping

    def rows(self) -> Iterator[ReadRow]:
        """Each record with its lines."""
        found: dict[str, list[ReadRow]] = {}
        for line in self.lines.rows():
            found.setdefault(str(line.values.get(self.line_fields.record.id) or ""), []).append(line)
        for row in self.records.rows():
            own = found.pop(str(row.values.get("number") or ""), [])
            _add_lines(row, own, self.line_fields)
            row.errors += [_at(line.number, error) for line in own for error in line.errors]
            yield row
        self._left = {number: len(lines) for number, lines in found.items()}

    def progress(self) -> float:
        return self.records.progress()

    def warnings(self) -> list[str]:
        told = [*self.records.warnings(), *self.lines.warnings()]
        if self._left:
            numbers = ", ".join(list(self._left)[:_NAMED])
            told.append(
                ngettext(
                    "{count} line belongs to no record of the file: {numbers}.",
                    "{count} lines belong to no record of the file: {numbers}.",
                    sum(self._left.values()),
                ).format(count=sum(self._left.values()), numbers=numbers)
            )
        return told

    def close(self) -> None:
        self.records.close()
        self.lines.close()


def _add_lines(record: ReadRow, lines: Sequence[ReadRow], line_fields: LineFields) -> None:
    """Give a record the lines of these rows, as mappings of what is filled in."""
    values: dict[str, Any] = record.values
    for line in lines:
        read = {one.id: line.values[one.id] for one in line_fields.fields if line.values.get(one.id) is not None}
        values["lines"] = (*values.get("lines", ()), read)


def _at(number: int, error: RuleBroken) -> RuleBroken:
    return RuleBroken("", _("Line in row {row}: {reason}").format(row=number, reason=error.rule), error.remedy)
