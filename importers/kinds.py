"""What there is to know of each kind of table that can be imported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.headings import ColumnMapping, ImportField
from importers.lined_rows import LineFields
from importers.rows import RowSource, Values
from models.actor import Actor
from models.importing import Intake


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: its fields, who takes its rows, and how the values of a row are made what he takes.

    ``values`` is asked once for each table, with the mapping of its columns. ``columns_of`` names the fields
    of the table that stand for a field of the record which is called otherwise.
    """

    fields: tuple[ImportField, ...]
    intake: Callable[[Actor, bool], Intake]
    values: Callable[[ColumnMapping], Callable[[Values], Mapping[str, Any]]]
    columns_of: Mapping[str, str] = field(default_factory=dict, hash=False)
    special_source: Callable[[Path], RowSource | None] | None = None
    """The rows of a file that is no table; None for a file that is one."""
    line_fields: LineFields | None = None
    """Of records with lines: what a line holds; it stands in the same table or in one of its own."""
    follows: tuple[str, str] | None = None
    """A row whose first field names the second field of another row is taken after that row, wherever it stands."""
