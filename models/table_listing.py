"""Lists over tables: what a list shows, how it is sorted and filtered, described once per kind of record.

A page is read in two steps: the ids in the order of the list, by an index where there is one and from the nearer end,
then the cells of just these rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from peewee import JOIN, fn

from models.base import Record, database, tuples
from models.conditions import Condition, FilterField, condition, field_names, word_in_any
from models.database import is_sqlite
from models.kinds import RecordRef
from models.listing import Column, Row, Sort
from models.lookup import LOOKUPS, words_match
from models.paging import Pager
from models.query import Comparison, Words, parse

_FIRST_BY_WORDS = 1000
"""So far into a list its pages are taken from the index of words; behind that all that have the words are sorted."""


class ListColumn(NamedTuple):
    """A column with where its cells come from, and by what it is sorted (where not by the same)."""

    column: Column
    value: Any
    sort_by: Any = None
    joins: tuple[str, ...] = ()
    """The joins, by name, that the sort needs."""
    ties: tuple[Any, ...] = ()
    """By what rows of the same sort value are ordered before their ids, so that one index gives the whole order."""
    compute: Callable[[], Any] | None = None
    """Makes the expression of the cells anew for each page, where it depends on the day."""
    say: Callable[[Any], str] | None = None
    """Puts what is stored into the operator's words, where a table of codes does not do."""

    @property
    def expression(self) -> Any:
        return self.value if self.compute is None else self.compute()

    @property
    def sorted_by(self) -> Any:
        return self.value if self.sort_by is None else self.sort_by


class Join(NamedTuple):
    """A table joined to the list's own; rows without a partner stay.

    ``required``: every row has one, so the database may walk the partners in their order, by an index.
    """

    table: Any
    on: Any
    required: bool = False


class ListDefinition(NamedTuple):
    """All that is to be known of the list of one kind."""

    kind: str
    table: type[Record]
    columns: tuple[ListColumn, ...]
    fields: tuple[FilterField, ...]
    default_sort: Sort
    joins: Mapping[str, Join] = MappingProxyType({})
    lookup: str | None = None
    only: Condition | None = None
    """What all rows of the list have in common, of all that the table has."""
    words: Callable[[str], Condition] | None = None
    """What words ask, where the kind has an index of its own for them."""
    first_with: Callable[[str, int], list[int]] | None = None
    """The first so many records in the default order that have some words, where that index gives them faster."""
    links: Mapping[str, Callable[[int], RecordRef | None]] = MappingProxyType({})
    """By column: the record that the cell of a row stands for, by the row's id; opened in place of the row's own."""


@dataclass(frozen=True)
class TableListing:
    """A list of a definition under one filter and one sort; implements ``models.listing.Listing``."""

    definition: ListDefinition
    filter_text: str = ""
    sort: Sort = field(default_factory=lambda: Sort("id"))
    fixed: Condition | None = None
    """A condition that the screen puts on the list, beside the operator's filter (the keys of one client)."""

    @classmethod
    def of(cls, definition: ListDefinition, fixed: Condition | None = None) -> TableListing:
        return cls(definition, "", definition.default_sort, fixed)

    @property
    def kind(self) -> str:
        return self.definition.kind

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column.column for column in self.definition.columns)

    def with_filter(self, text: str) -> TableListing:
        listing = dataclasses.replace(self, filter_text=text)
        _ = listing._conditions
        return listing

    def with_sort(self, sort: Sort) -> TableListing:
        self._sort_column(sort)
        return dataclasses.replace(self, sort=sort)

    @cached_property
    def _conditions(self) -> list[Condition]:
        names = field_names({field.name: field for field in self.definition.fields})
        found: list[Condition] = [always for always in (self.definition.only, self.fixed) if always is not None]
        positive: list[str] = []
        for term in parse(self.filter_text, frozenset(names)):
            if isinstance(term, Comparison):
                found.append(condition(term, names[term.field]))
            elif term.negated:
                found.extend(~some for some in self._looked_up(term.text))
            else:
                positive.append(term.text)
        found.extend(self._looked_up(" ".join(positive)))
        return found

    def _looked_up(self, text: str) -> list[Condition]:
        if not text.strip():
            return []
        if self.definition.words is not None:
            return [self.definition.words(text)]
        if self.definition.lookup is None:
            return [word_in_any(self.definition.fields, word) for word in text.split()]
        match = words_match(self.definition.lookup, text)
        if match is None:
            return [self._begins_with(text)]
        lookup = LOOKUPS[self.definition.lookup]
        return [self.definition.table.id.in_(lookup.select(lookup.rowid).where(match))]

    def _begins_with(self, text: str) -> Condition:
        """One character: too short for the look-up table; the beginning of what the list is sorted by first."""
        column = next(c for c in self.definition.columns if c.column.id == self.definition.default_sort.column)
        first = self._sort_value_of(text)
        return (column.sorted_by >= first) & (column.sorted_by < first + "\U0010ffff")

    @staticmethod
    def _sort_value_of(text: str) -> str:
        from models.text import fold

        return fold(text) or text

    def _sort_column(self, sort: Sort) -> ListColumn | None:
        for column in self.definition.columns:
            if column.column.id == sort.column and column.column.sort != "none":
                return column
        if sort.column == "id":
            return None
        raise KeyError(sort.column)

    @cached_property
    def _is_by_words_alone(self) -> bool:
        """Whether the index of words alone gives the first pages."""
        definition = self.definition
        # PostgreSQL's index of words has no order, and its lists begin with what has no date.
        if definition.first_with is None or self.sort != definition.default_sort or not is_sqlite(database):
            return False
        names = field_names({field.name: field for field in definition.fields})
        terms = parse(self.filter_text, frozenset(names))
        plain = bool(terms) and all(isinstance(term, Words) and not term.negated for term in terms)
        return plain and self.fixed is None and definition.only is None

    @cached_property
    def _pager(self) -> Pager:
        column, record_id = self._sort_column(self.sort), self.definition.table.id
        if column is None:
            return Pager(self._select, (record_id,), self.sort.descending, nullable=False)
        key = column.sorted_by
        nullable = bool(column.joins) or bool(getattr(key, "null", True))
        return Pager(self._select, (key, *column.ties, record_id), self.sort.descending, nullable)

    def _select(self, *expressions: Any) -> Any:
        query = self.definition.table.select(*expressions)
        column = self._sort_column(self.sort)
        for name in column.joins if column else ():
            query = self._joined(query, name)
        return query.where(*self._conditions) if self._conditions else query

    def _joined(self, query: Any, name: str) -> Any:
        join = self.definition.joins[name]
        return query.switch(self.definition.table).join(
            join.table, JOIN.INNER if join.required else JOIN.LEFT_OUTER, on=join.on
        )

    def page(self, offset: int, limit: int) -> list[Row]:
        """The rows from ``offset`` on; a negative offset counts from the end."""
        if self._is_by_words_alone and offset >= 0 and offset + limit <= _FIRST_BY_WORDS:
            assert self.definition.first_with is not None
            return self.rows(self.definition.first_with(self.filter_text, offset + limit)[offset:])
        return self.rows(self._pager.ids(offset, limit, self.__dict__.get("_known_count")))

    def rows(self, ids: list[int]) -> list[Row]:
        """The rows of these ids, in their order; ids that are gone are left out."""
        table = self.definition.table
        query = table.select(
            table.id, *(column.expression.alias(f"c{n}") for n, column in enumerate(self.definition.columns))
        )
        for name in self.definition.joins:
            query = self._joined(query, name)
        found = {row[0]: Row(row[0], self._said(row[1:])) for row in tuples(query.where(table.id.in_(ids)))}
        return [found[record_id] for record_id in ids if record_id in found]

    def _said(self, cells: tuple[Any, ...]) -> tuple[Any, ...]:
        says = [column.say for column in self.definition.columns]
        if not any(says):
            return tuple(cells)
        return tuple(cell if say is None else say(cell) for say, cell in zip(says, cells, strict=True))

    def count(self) -> int:
        """How many rows there are; known afterwards, so that pages are read from the nearer end."""
        table = self.definition.table
        query = table.select(fn.COUNT(table.id))
        counted = int((query.where(*self._conditions) if self._conditions else query).scalar() or 0)
        self.__dict__["_known_count"] = counted
        return counted

    def position_of(self, record_id: int) -> int | None:
        """How many rows stand before the record; None when it is not in the list."""
        return self._pager.position(record_id)
