"""Pages of a list that is merged from several tables by time: one keyed query per table, merged by UNION ALL.

An event is named by a code: the id of its row times ``STEP`` plus the number of its source. Events are ordered by
moment and code; within one source that is the order of moment and id, which an index gives.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import Select, Tuple, fn

from models.base import database, plain_rows
from models.database import is_sqlite
from models.paging import Pager

STEP = 64
"""More sources than there will be: a code is id × STEP + number of the source."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The rows of one source under a filter: its number, its table, the column of its time, its conditions."""

    number: int
    table: Any
    moment: Any
    is_by_day: bool
    conditions: Sequence[Any]

    def code(self) -> Any:
        """The expression of an event's code; of eight bytes, since ids have four."""
        return self.table.id.cast("bigint") * STEP + self.number

    def time(self) -> Any:
        """The expression of its time, of one type for all branches."""
        if self.is_by_day and not is_sqlite(database):
            return self.moment.cast("timestamp")
        return self.moment

    def select(self, *expressions: Any) -> Any:
        """A query of the branch's rows; those without a time are no events."""
        return self.table.select(*expressions).where(self.moment.is_null(False), *self.conditions)

    def beside(self, place: tuple[Any, int], *, after: bool, inclusive: bool) -> Any:
        """The condition that a row stands after a place (a moment and a code) in ascending order, or before it."""
        moment, code = place
        lowest, exact = divmod(code - self.number, STEP)
        # The place may be an event of another source, whose code lies between two of this one's.
        up_to = lowest if inclusive or exact else lowest - 1
        keys = Tuple(self.moment, self.table.id)
        if not after:
            return keys <= Tuple(moment, up_to)
        return keys > Tuple(moment, lowest - 1 if inclusive and not exact else lowest)


@dataclass
class MergedPager(Pager):
    """Pages of codes of several branches; the keys of a place are its moment and its code."""

    branches: Sequence[Branch] = field(default=())

    def _read(self, start: tuple[Any, ...] | None, skip: int, length: int, backwards: bool) -> list[tuple[Any, ...]]:
        if not self.branches:
            return []
        downwards = self.descending != backwards
        parts = [self._part(branch, start, skip + length, downwards, backwards) for branch in self.branches]
        merged = functools.reduce(operator.add, parts).alias("merged")
        order = [key.desc() if downwards else key.asc() for key in (merged.c.moment, merged.c.code)]
        query = Select([merged], [merged.c.moment, merged.c.code]).order_by(*order)
        return plain_rows(query.limit(length).offset(skip))

    @staticmethod
    def _part(branch: Branch, start: tuple[Any, ...] | None, length: int, downwards: bool, backwards: bool) -> Any:
        """As many rows of a branch as the page may need, in its order."""
        query = branch.select(branch.time().alias("moment"), branch.code().alias("code"))
        if start is not None:
            place = (start[0], int(start[1]))
            query = query.where(branch.beside(place, after=not downwards, inclusive=not backwards))
        keys = (branch.moment, branch.table.id)
        return query.order_by(*(key.desc() if downwards else key.asc() for key in keys)).limit(length)

    def position(self, record_id: int) -> int | None:
        """How many events stand before one; None when it is not in the list."""
        row_id, number = divmod(record_id, STEP)
        own = next((branch for branch in self.branches if branch.number == number), None)
        found = plain_rows(own.select(own.time()).where(own.table.id == row_id)) if own is not None else []
        if not found:
            return None
        place = (found[0][0], record_id)
        before = (branch.beside(place, after=self.descending, inclusive=False) for branch in self.branches)
        return self._counted([(condition,) for condition in before])

    def count(self) -> int:
        """How many events there are."""
        return self._counted([()] * len(self.branches))

    def _counted(self, conditions: Sequence[tuple[Any, ...]]) -> int:
        """How many rows of the branches meet their further conditions, together."""
        parts = [
            branch.select(fn.COUNT(branch.table.id).alias("number")).where(*further) if further
            else branch.select(fn.COUNT(branch.table.id).alias("number"))
            for branch, further in zip(self.branches, conditions, strict=True)
        ]  # fmt: skip
        return sum(int(row[0]) for row in plain_rows(functools.reduce(operator.add, parts))) if parts else 0
