"""Pages of ids in the order of an index, from wherever is nearest: a page read before, the start or the end.

SQL's OFFSET walks over what it skips; a row-value comparison with the keys of a row that was already read starts there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from peewee import Tuple, fn

from models.base import database, tuples
from models.database import is_sqlite

KEPT = 64
"""How many places of pages are remembered."""


@dataclass
class Pager:
    """The order of one list: its keys, of which the last is the id and only the first may be NULL.

    ``query`` makes the filtered query that selects the given expressions.
    """

    query: Callable[..., Any]
    keys: tuple[Any, ...]
    descending: bool
    nullable: bool
    places: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """The keys of rows by their offset, of pages read before."""
    _remembering: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    """A screen reads a page while a thread of the gateway reads ahead in the same list."""

    @property
    def _nulls_first(self) -> bool:
        # SQLite counts NULL as smaller than all, PostgreSQL as greater.
        return bool(is_sqlite(database)) != self.descending

    def ids(self, offset: int, limit: int, total: int | None) -> list[int]:
        """The ids from ``offset`` on, at most ``limit``; a negative offset counts from the end."""
        if offset < 0 and total is not None:
            limit = min(limit, -offset)
            offset = max(0, total + offset)
        if offset < 0:
            return [row[-1] for row in self._read(None, -offset - min(limit, -offset), min(limit, -offset), True)][::-1]
        end = offset + limit if total is None else min(offset + limit, total)
        if end <= offset:
            return []
        return [row[-1] for row in self._nearest(offset, end, total)]

    def _nearest(self, offset: int, end: int, total: int | None) -> list[tuple[Any, ...]]:
        """The keys of the rows ``offset`` to ``end``, read from the known place with the fewest rows to skip."""
        length = end - offset
        with self._remembering:
            places = dict(self.places)
        ways: list[tuple[int, int | None, bool]] = [(offset, None, False)]
        if total is not None:
            ways.append((total - end, None, True))
        if not self.nullable or self._nulls_first:
            ways += [(offset - place, place, False) for place in places if place <= offset]
        if not self.nullable or not self._nulls_first:
            ways += [(place - end, place, True) for place in places if place >= end]
        skip, place, backwards = min(ways, key=lambda way: way[0])
        rows = self._read(None if place is None else places[place], skip, length, backwards)
        rows = rows[::-1] if backwards else rows
        if len(rows) == length:
            self._remember(offset, rows[0])
            self._remember(end - 1, rows[-1])
        return rows

    def _remember(self, offset: int, keys: tuple[Any, ...]) -> None:
        if None in keys:
            return
        with self._remembering:
            self.places.pop(offset, None)
            self.places[offset] = keys
            if len(self.places) > KEPT:
                del self.places[next(iter(self.places))]

    def _read(self, start: tuple[Any, ...] | None, skip: int, length: int, backwards: bool) -> list[tuple[Any, ...]]:
        query = self.query(*self.keys)
        downwards = self.descending != backwards
        if start is not None:
            place, bound = Tuple(*self.keys), Tuple(*start)
            inclusive = {(False, False): place >= bound, (True, False): place <= bound,
                         (False, True): place < bound, (True, True): place > bound}  # fmt: skip
            query = query.where(inclusive[downwards if not backwards else self.descending, backwards])
        order = [key.desc() if downwards else key.asc() for key in self.keys]
        return list(tuples(query.order_by(*order).limit(length).offset(skip)))

    def position(self, record_id: int) -> int | None:
        """How many rows stand before the record; None when it is not in the list."""
        own = self.query(*self.keys).where(self.keys[-1] == record_id).tuples().first()
        if own is None:
            return None
        before = self._before(own)
        return int(self.query(fn.COUNT(self.keys[-1])).where(before).scalar() or 0)

    def _before(self, own: tuple[Any, ...]) -> Any:
        first = self.keys[0]
        if own[0] is None:
            tied = first.is_null() & self._smaller(self.keys[1:], own[1:])
            return tied if self._nulls_first else tied | first.is_null(False)
        smaller = self._smaller(self.keys, own)
        return smaller | first.is_null() if self.nullable and self._nulls_first else smaller

    def _smaller(self, keys: tuple[Any, ...], values: tuple[Any, ...]) -> Any:
        return Tuple(*keys) > Tuple(*values) if self.descending else Tuple(*keys) < Tuple(*values)
