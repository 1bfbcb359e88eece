"""The timeline of one client as a list: read by pages from the nearer end, filtered by kind, words and period."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from peewee import JOIN

from models.base import tuples
from models.conditions import FilterField, condition, field_names, word_in_any
from models.kinds import RecordRef
from models.language import N_
from models.listing import Column, Row, Sort
from models.query import Comparison, Words, parse, unparse
from models.timeline.merging import STEP, Branch, MergedPager
from models.timeline.sources import SOURCES, Source
from models.timeline.vocabulary import KIND_TITLES

COLUMNS = (
    Column("moment", N_("When"), "moment", width=16, sort="fast"),
    Column("kind", N_("Kind"), "state", width=11, priority=2),
    Column("what", N_("What"), width=30),
    Column("who", N_("Who"), width=10, priority=3),
)
NEWEST_FIRST = Sort("moment", descending=True)
_KIND = FilterField("kind", "state", ask=lambda code: frozenset({code}), values=KIND_TITLES, title=N_("Kind"))


def _when(source: Source) -> FilterField:
    return FilterField("when", "date" if source.is_by_day else "moment", source.moment, title=N_("When"))


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it is read, in the operator's language; ``ref`` is the record that it opens."""

    kind: str
    ref: RecordRef
    moment: dt.datetime | dt.date
    what: str
    who: str


@dataclass(frozen=True)
class TimelineListing:
    """The events of a client under a filter; implements ``models.listing.Listing``. Rows have codes for ids."""

    client_id: int
    filter_text: str = ""
    sort: Sort = field(default=NEWEST_FIRST)

    @property
    def kind(self) -> str:
        """The name of what is listed."""
        return "timeline"

    @property
    def columns(self) -> tuple[Column, ...]:
        """When, of which kind, what, who."""
        return COLUMNS

    def with_filter(self, text: str) -> TimelineListing:
        """The same under another filter: words, ``kind:``, ``when:``; raises ``RuleBroken``."""
        listing = replace(self, filter_text=text)
        _ = listing._branches
        return listing

    def of_kind(self, kind: str | None) -> TimelineListing:
        """Only the events of one kind, or of all; what else is asked for stays."""
        names = field_names({one.name: one for one in (_KIND, _when(SOURCES[0]))})
        terms = parse(self.filter_text, frozenset(names))
        others = tuple(one for one in terms if isinstance(one, Words) or names[one.field] is not _KIND)
        wanted = () if kind is None else (Comparison(_KIND.name, ":", (kind,)),)
        return self.with_filter(unparse(others + wanted))

    def with_sort(self, sort: Sort) -> TimelineListing:
        """The oldest or the newest first; raises ``KeyError`` for another order."""
        if sort.column != "moment":
            raise KeyError(sort.column)
        return replace(self, sort=sort)

    @cached_property
    def _branches(self) -> tuple[Branch, ...]:
        names = frozenset(field_names({one.name: one for one in (_KIND, _when(SOURCES[0]))}))
        terms = parse(self.filter_text, names)
        found = (self._branch(number, source, terms) for number, source in enumerate(SOURCES))
        return tuple(branch for branch in found if branch is not None)

    def _branch(self, number: int, source: Source, terms: Any) -> Branch | None:
        """The rows of a source that the filter leaves; None where it asks for other kinds, or there are none."""
        fields = field_names({one.name: one for one in (_KIND, _when(source))})
        conditions = [source.of_client(self.client_id), *source.further]
        for term in terms:
            if isinstance(term, Words):
                met = word_in_any(source.words, term.text)
                conditions.append(~met if term.negated else met)
            elif fields[term.field] is _KIND:
                if (source.kind in condition(term._replace(negated=False), _KIND)) == term.negated:
                    return None
            else:
                conditions.append(condition(term, fields[term.field]))
        if source.only_if is not None and not source.only_if():
            return None
        return Branch(number, source.table, source.moment, source.is_by_day, conditions)

    @cached_property
    def _pager(self) -> MergedPager:
        return MergedPager(lambda *_keys: None, (), self.sort.descending, nullable=False, branches=self._branches)

    def page(self, offset: int, limit: int) -> list[Row]:
        """The events from ``offset`` on; a negative offset counts from the end."""
        codes = self._pager.ids(offset, limit, self.__dict__.get("_known_count"))
        found = dict(_events(codes))
        return [
            Row(code, (event.moment, event.kind, event.what, event.who))
            for code in codes if (event := found.get(code)) is not None
        ]  # fmt: skip

    def count(self) -> int:
        """How many events there are; known afterwards, so that pages are read from the nearer end."""
        counted = self._pager.count()
        self.__dict__["_known_count"] = counted
        return counted

    def position_of(self, record_id: int) -> int | None:
        """How many events stand before one; None when it is not in the list."""
        return self._pager.position(record_id)


def latest_events(client_id: int, limit: int) -> list[Event]:
    """The newest events of a client."""
    codes = TimelineListing(client_id)._pager.ids(0, limit, None)
    found = dict(_events(codes))
    return [found[code] for code in codes if code in found]


def event_of(code: int) -> Event | None:
    """The event that a row of a timeline names; None when it is gone."""
    return dict(_events([code])).get(code)


def _events(codes: list[int]) -> list[tuple[int, Event]]:
    """The events of these codes, source by source."""
    by_source: dict[int, list[int]] = {}
    for code in codes:
        row_id, number = divmod(code, STEP)
        by_source.setdefault(number, []).append(row_id)
    return [one for number, ids in by_source.items() for one in _events_of(number, ids)]


def _events_of(number: int, ids: list[int]) -> list[tuple[int, Event]]:
    source = SOURCES[number]
    table = source.table
    kind, opened = source.opens or (source.record_kind, table.id)
    who = () if source.who is None else (source.who,)
    query = table.select(table.id, source.moment, opened, *who, *source.columns)
    for join in source.joins:
        query = query.switch(table).join(join.table, JOIN.INNER if join.required else JOIN.LEFT_OUTER, on=join.on)
    found = []
    for row_id, moment, opened_id, *rest in tuples(query.where(table.id.in_(ids))):
        by = str(rest[0] or "") if who else ""
        what = source.line(*("" if value is None else value for value in rest[len(who) :]))
        found.append((row_id * STEP + number, Event(source.kind, RecordRef(kind, opened_id), moment, what, by)))
    return found
