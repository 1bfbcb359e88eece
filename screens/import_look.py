"""What the import screen shows of a file before anything is taken: its columns, first values, recognised fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

from importers.headings import ImportField, column_letters, known_headings, recognise
from importers.source import open_table
from importers.table import Cell, ReadingOptions
from importers.tables import TableName, kind_named
from importers.values import as_text
from models.text import clean

_FIRST_ROWS = 20
_VALUES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class LookedColumn:
    """One column of the file: its heading, some of its first values, and the field that it is read as (None: not)."""

    index: int
    heading: str
    values: tuple[str, ...]
    field: ImportField | None


@dataclass(frozen=True, slots=True)
class Look:
    """A file as far as it was looked at; ``columns`` is empty for a file that is no table (vCards).

    ``fields`` are all that the table may hold, ``missing`` those without which it cannot be taken.
    """

    description: str
    columns: tuple[LookedColumn, ...]
    fields: tuple[ImportField, ...]
    missing: tuple[ImportField, ...] = ()
    notes: tuple[str, ...] = ()


def look_at(what: str, path: Path, explicit: Mapping[str, str]) -> Look:
    """Open the file and read its first rows; raises ``RuleBroken`` for one that is no table."""
    kind = kind_named(cast(TableName, what))
    special = kind.special_source(path) if kind.special_source else None
    if special is not None:
        special.close()
        return Look(path.name, (), kind.fields)
    with open_table(path, ReadingOptions(known=known_headings(kind.fields))) as table:
        mapping = recognise(table.headings, kind.fields, explicit)
        rows = [row.cells for row in islice(table.rows, _FIRST_ROWS) if not row.fault]
        by_column = {column: field_id for field_id, columns in mapping.columns.items() for column in columns}
        by_id = {field.id: field for field in kind.fields}
        columns = tuple(
            LookedColumn(
                index,
                heading or column_letters(index),
                tuple(_values(row[index] for row in rows)),
                by_id.get(by_column.get(index, "")),
            )
            for index, heading in enumerate(table.headings)
        )
        return Look(table.description, columns, kind.fields, mapping.missing, tuple(table.warnings))


def _values(cells: Iterable[Cell]) -> list[str]:
    texts = (clean(as_text(cell)) for cell in cells)
    return list(islice(dict.fromkeys(text for text in texts if text), _VALUES_SHOWN))


def read_as(look: Look, explicit: Mapping[str, str], column: int, field_id: str | None) -> dict[str, str]:
    """The mapping after the operator said what a column is read as; None: as nothing."""
    mapping = dict(explicit)
    before = look.columns[column].field
    if before is not None:
        mapping[before.id] = ""
    if field_id is not None:
        mapping[field_id] = _name_of(look, column)
    return mapping


def _name_of(look: Look, column: int) -> str:
    """By what a column is named in a mapping: its heading, its number where another has the same one or it has none."""
    heading = look.columns[column].heading
    same = [one for one in look.columns if one.heading == heading]
    return heading if len(same) == 1 and heading != column_letters(column) else str(column + 1)
