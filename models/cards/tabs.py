"""What a list on a card is: rows of another kind that point to the record, or any other list that is made for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.kinds import RecordRef
from models.listing import Listing
from models.table_listing import ListDefinition, TableListing


@dataclass(frozen=True, slots=True)
class Told:
    """What a row that is no record says in full."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Stream:
    """A list that is not the rows of one table: what makes it for a record, and what else is to be known of it."""

    make: Callable[[int], Listing]
    kinds: Callable[[], frozenset[str]]
    """The kinds of record whose changes may change the list."""
    opened: Callable[[int, int], RecordRef | Told | None]
    """What a row of a record's list opens, by the ids of both; None when it is gone."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The titles (msgids) of stored codes, by column."""


@dataclass(frozen=True, slots=True)
class CardTab:
    """A list on a card: the rows of another kind whose link points to the record, or a stream."""

    id: str
    title: str
    definition: ListDefinition | Stream
    link: Any = None
    """The foreign key, or a function from the record's id to a condition."""
    own: str = ""
    """The column that would say the same in every row; of a foreign key, it is the one of its name."""
    preset: Callable[[int], Mapping[str, Any]] | None = None
    """Where the link is no field: what makes a new row one of the record's."""

    @property
    def row_kind(self) -> str:
        """The kind of record that the rows are; empty for a stream."""
        return "" if isinstance(self.definition, Stream) else self.definition.kind

    def listing(self, record_id: int) -> Listing:
        """The list of a record."""
        if isinstance(self.definition, Stream):
            return self.definition.make(record_id)
        return rows_of(self, self.definition, record_id)


def rows_of(tab: CardTab, definition: ListDefinition, record_id: int) -> TableListing:
    """The rows of a tab that point to a record."""
    return TableListing.of(definition, tab.link(record_id) if callable(tab.link) else tab.link == record_id)
