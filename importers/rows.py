"""A table's rows as the values of its fields: each cell read, each that cannot be read told."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from time import perf_counter, sleep
from typing import Protocol

from importers.headings import ColumnMapping, ImportField
from importers.table import Cell, SourceRow, SourceTable
from importers.values import Value, as_text, reader_of
from models.errors import RuleBroken
from models.reading_dates import SlashOrder, slash_order_of

Values = dict[str, Value]
_SHOWN_OF_A_ROW = 80
_LOOKED_AHEAD = 500
_AT_A_TIME = 20
_READY_AT_MOST = 2_000


@dataclass(slots=True)
class ReadRow:
    """A row: its number in the file, the values of its fields, what could not be read, and its cells as text."""

    number: int
    values: Values
    errors: list[RuleBroken] = field(default_factory=list)
    text_of: Callable[[str], str] = lambda _field: ""
    cells: Callable[[], tuple[str, ...]] = tuple


class RowSource(Protocol):
    """Where rows come from; it is left by ``with``, so that its file is let go."""

    @property
    def mapping(self) -> ColumnMapping: ...

    def rows(self) -> Iterator[ReadRow]: ...

    def progress(self) -> float: ...

    def warnings(self) -> list[str]: ...

    def close(self) -> None: ...


@dataclass
class TableRows:
    """The rows of a CSV or XLSX table under a mapping of its columns."""

    table: SourceTable
    mapping: ColumnMapping
    fields: Sequence[ImportField]

    def rows(self) -> Iterator[ReadRow]:
        """Every row that is not blank. A list that stands in several columns is put together."""
        ahead = list(islice(self.table.rows, _LOOKED_AHEAD))
        single, several = self._columns(self._slash_order(ahead))
        for number, cells, fault in chain(ahead, self.table.rows):
            texts = _CellTexts(cells, self.mapping.columns)
            row = ReadRow(number, {}, [RuleBroken("", fault)] if fault else [], texts, texts.all)
            if not fault:
                self._read(row, cells, single, several)
            yield row

    def progress(self) -> float:
        return self.table.progress()

    def warnings(self) -> list[str]:
        return [*self.table.warnings, *self.mapping.notes()]

    def close(self) -> None:
        self.table.close()

    def _slash_order(self, ahead: Sequence[SourceRow]) -> SlashOrder:
        """What the first rows show of ``3/1/2017``: whoever wrote the table has written all its dates alike."""
        days = [field.id for field in self.fields if field.reading in ("date", "expiry")]
        columns = [column for field_id in days for column in self.mapping.columns.get(field_id, ())]
        cells = (row.cells[column] for row in ahead if not row.fault for column in columns)
        return slash_order_of([cell for cell in cells if isinstance(cell, str)])

    def _columns(self, slash_order: SlashOrder) -> tuple["_Readers", "_Readers"]:
        by_id = {field.id: field for field in self.fields}
        single: _Readers = []
        several: _Readers = []
        for field_id, columns in self.mapping.columns.items():
            readers = [(field_id, column, reader_of(by_id[field_id], slash_order=slash_order)) for column in columns]
            (single if len(columns) == 1 else several).extend(readers)
        return single, several

    @staticmethod
    def _read(row: ReadRow, cells: Sequence[Cell], single: "_Readers", several: "_Readers") -> None:
        values = row.values
        for field_id, column, read in single:
            try:
                values[field_id] = read(cells[column])
            except RuleBroken as error:
                row.errors.append(error)
        for field_id, column, read in several:
            try:
                parts = read(cells[column])
                assert isinstance(parts, tuple)
                known = values.get(field_id, ())
                assert isinstance(known, tuple)
                values[field_id] = tuple(dict.fromkeys((*known, *parts)))
            except RuleBroken as error:
                row.errors.append(error)


class RowsAhead:
    """Rows that are read when they are asked for, and some before that, in time that would be waited away."""

    def __init__(self, rows: Iterator[ReadRow]) -> None:
        self._rows = rows
        self._ready: deque[ReadRow] = deque()

    def __iter__(self) -> Iterator[ReadRow]:
        while True:
            row = self._ready.popleft() if self._ready else next(self._rows, None)
            if row is None:
                return
            yield row

    def read_for(self, seconds: float) -> None:
        """Take so long, and read meanwhile."""
        end = perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            some = list(islice(self._rows, _AT_A_TIME)) if len(self._ready) < _READY_AT_MOST else []
            self._ready += some
            if not some:
                sleep(left)


@dataclass(slots=True)
class _CellTexts:
    """The cells of a row as the operator sees them, by field."""

    cells: Sequence[Cell]
    columns: Mapping[str, tuple[int, ...]]

    def all(self) -> tuple[str, ...]:
        return tuple(map(as_text, self.cells))

    def __call__(self, field_id: str) -> str:
        """The text of a field; for "" that of the row, cut."""
        if not field_id:
            return ", ".join(map(as_text, self.cells))[:_SHOWN_OF_A_ROW]
        columns = self.columns.get(field_id) or self.columns.get(f"contact_{field_id}", ())
        return ", ".join(filter(None, (as_text(self.cells[column]) for column in columns if column < len(self.cells))))


_Readers = list[tuple[str, int, Callable[[Cell], Value]]]
