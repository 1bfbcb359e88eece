"""What a list of any length is to those who show or write it: columns, pages, a count, positions.

The queries of each area make such lists; the record table, the exports and the reports read them.
"""

from typing import Literal, NamedTuple, Protocol

Cell = object
ColumnKind = Literal["text", "integer", "money", "quantity", "date", "moment", "appointment", "state", "flag"]
SortCost = Literal["fast", "slow", "none"]


class Column(NamedTuple):
    """One column: ``id`` names it in filters, layouts and exports, ``title`` is an English msgid.

    ``width`` is the wished width in terminal cells; columns of a higher ``priority`` number are dropped
    first when the screen is narrow (1 stays always). ``sort`` is *fast* where an index gives the order.
    ``hidden`` columns are shown only when the operator asks for them.
    """

    id: str
    title: str
    kind: ColumnKind = "text"
    width: int = 12
    priority: int = 1
    sort: SortCost = "none"
    hidden: bool = False


class Row(NamedTuple):
    """One row: the record's id and its cells, in the order of the listing's columns.

    Money cells are ``Decimal``, dates ``date``, moments UTC ``datetime``, states their stored code.
    """

    id: int
    cells: tuple[Cell, ...]


class Sort(NamedTuple):
    """The order of a list: a column id and a direction. Ties are broken by the record id."""

    column: str
    descending: bool = False


class Listing(Protocol):
    """One kind of record under one filter and one sort; immutable, so a new filter makes a new one."""

    @property
    def kind(self) -> str: ...

    @property
    def columns(self) -> tuple[Column, ...]: ...

    @property
    def sort(self) -> Sort: ...

    @property
    def filter_text(self) -> str: ...

    def with_filter(self, text: str) -> "Listing":
        """The same list under another filter; raises ``RuleBroken`` for a text that is no filter."""

    def with_sort(self, sort: Sort) -> "Listing": ...

    def page(self, offset: int, limit: int) -> list[Row]:
        """The rows from ``offset`` on, at most ``limit``; fewer at the end. Negative offsets count from the end."""

    def count(self) -> int: ...

    def position_of(self, record_id: int) -> int | None:
        """At which offset the record stands under this filter and sort; None when it is not in the list."""
