"""The look-up tables: per kind the folded fields of each record, found by any fragment of three characters.

Each field stands between ``^`` and ``$``, so that an exact field is ``^field$`` and a field's beginning ``^fiel``,
which makes words of two characters findable as beginnings. ``rowid`` is the record's id: newest first is the highest.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from typing import Any

from peewee import SQL, Expression, IntegerField, Model, Select, TextField, Value, fn

from models.base import database, plain_rows
from models.database import is_sqlite
from models.text import fold, folded_words

LOOKED_UP_KINDS = ("client", "person", "product", "key", "licence", "document", "deal", "contract")
SHORTEST = 3
_LAST = (3_000, 24_000)
"""PostgreSQL cannot know how frequent a fragment is, and takes the wrong one of its two ways (a whole table read
backwards, or a hundred thousand rows sorted): 0.4 s. What is frequent is found among so many last records in 3 or 25
ms; for what is rare among them, the index is fast."""


def _table(kind: str) -> type[Any]:
    class Lookup(Model):
        rowid = IntegerField(primary_key=True)
        text = TextField()

        class Meta:
            table_name = f"lookup_{kind}"

    Lookup._meta.set_database(database)
    return Lookup


LOOKUPS: dict[str, type[Any]] = {kind: _table(kind) for kind in LOOKED_UP_KINDS}


def lookup_text(fields: Iterable[str]) -> str:
    """What is stored for a record: its fields, folded, each between its two marks."""
    return marked(*map(fold, fields))


def marked(*folded: str) -> str:
    """The same of fields that are folded already; empty ones are left out."""
    return " ".join([f"^{field}$" for field in folded if field])


def words_match(kind: str, text: str) -> Any | None:
    """The condition on a look-up table that all words of a text are met; None when the text has nothing to look for.

    The words may also stand together in one field: a number is found whatever spaces were typed into it.
    """
    conditions = words_match_in_turn(kind, text)
    if not conditions:
        return None
    if len(conditions) == 1 or not is_sqlite(database):
        return functools.reduce(operator.or_, conditions)
    return _fts(kind, " OR ".join(f"({condition.rhs})" for condition in conditions))


def words_match_in_turn(kind: str, text: str) -> list[Any]:
    """The conditions to try one after the other: the words as one, which is the rarest, then all words. Together they
    are slow in FTS5, which looks for the next match of both although the first alone would fill the page."""
    words = folded_words(text)
    marks = [mark for word in words if (mark := _searched(word))]
    joined = "".join(words)
    conditions: list[Any] = []
    if marks:
        conditions.append(_all_of(kind, marks))
    if len(words) > 1 and len(joined) >= SHORTEST:
        conditions.insert(0, fragment_match(kind, joined))
    elif not marks and len(joined) == SHORTEST - 1:
        conditions.append(fragment_match(kind, "^" + joined))
    return conditions


def _all_of(kind: str, marks: list[str]) -> Any:
    if is_sqlite(database):
        return _fts(kind, " AND ".join(f'"{mark}"' for mark in marks))
    return functools.reduce(operator.and_, (_like(LOOKUPS[kind], mark) for mark in marks))


def _searched(word: str) -> str | None:
    if len(word) >= SHORTEST:
        return word
    return "^" + word if len(word) == SHORTEST - 1 else None


def fragment_match(kind: str, fragment: str) -> Any:
    """The condition on a look-up table that a fragment, which may begin with ``^`` and end with ``$``, stands in it."""
    return _fts(kind, f'"{fragment}"') if is_sqlite(database) else _like(LOOKUPS[kind], fragment)


def _fts(kind: str, expression: str) -> Any:
    table = LOOKUPS[kind]
    return Expression(table._meta.entity, "MATCH", expression)


def _like(table: type[Any], fragment: str) -> Any:
    escaped = fragment.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return Expression(table.text, "LIKE", f"%{escaped}%")


def newest(kind: str, condition: Any, limit: int) -> list[int]:
    """The ids of the newest records that meet a condition on their look-up table, the newest first."""
    lookup = LOOKUPS[kind]
    query = lookup.select(lookup.rowid).where(condition)
    if is_sqlite(database):
        return [i for (i,) in plain_rows(query.order_by(lookup.rowid.desc()).limit(limit))]
    for count in _LAST:
        last = _among_the_last(count, lookup, condition, limit)
        if len(last) == limit:
            return last
        if len(last) * _LAST[-1] // count < limit // 2:
            break
    found = query.cte("found", materialized=True)
    query = Select([found], [found.c.rowid]).with_cte(found)
    return [i for (i,) in plain_rows(query.order_by(found.c.rowid.desc()).limit(limit))]


def _among_the_last(count: int, lookup: type[Any], condition: Any, limit: int) -> list[int]:
    columns = (lookup.rowid, condition.alias("met"))
    last = lookup.select(*columns).order_by(lookup.rowid.desc()).limit(count).alias("last")
    query = Select([last], [last.c.rowid]).where(last.c.met).order_by(last.c.rowid.desc()).limit(limit)
    return [i for (i,) in plain_rows(query)]


def among(column: Any, ids: list[int]) -> Any:
    """The condition that a column is one of these ids, bound as one value: peewee takes 20 µs for each of a list."""
    if not is_sqlite(database):
        return column == fn.ANY(Value(ids, unpack=False))
    each = fn.json_each(str(ids)).alias("each")
    return column.in_(Select([each], [SQL("value")]))


def named(link: Any, kind: str, text: str) -> Any:
    """The condition that a foreign key points to a record whose look-up text has all words of a text."""
    match = words_match(kind, text)
    if match is None:
        return link.is_null(False)
    lookup = LOOKUPS[kind]
    return link.in_(lookup.select(lookup.rowid).where(match))
