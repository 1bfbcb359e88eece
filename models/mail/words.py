"""The index of words of the messages: what is asked of it, the newest first, and how it is written.

A row's number holds the minute of the message before its id, so that the order of the rows is the order of the
moments: the newest messages with two frequent words are read without sorting all that have them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from peewee import SQL, BigIntegerField, Cast, Expression, Model, TextField

from models.base import database, plain_rows
from models.database import is_sqlite
from models.mail.stemming import stems_of
from models.mail.tables import Message
from models.writing import insert_many

_SHORTEST_BEGUN = 3
_ID_BITS = 28
_ID_MASK = (1 << _ID_BITS) - 1
_FIRST_MINUTE = dt.datetime(1970, 1, 1)
_LAST_MINUTE = (1 << 26) - 1


class Words(Model):
    """The index; ``words`` is FTS5's in SQLite, a tsvector in PostgreSQL."""

    rowid = BigIntegerField(primary_key=True)
    words = TextField()

    class Meta:
        database = database
        table_name = "words_message"


def place(message_id: int, moment: dt.datetime | None) -> int:
    """The number of a message's row."""
    minute = int((moment - _FIRST_MINUTE).total_seconds() // 60) if moment else 0
    return min(max(minute, 0), _LAST_MINUTE) << _ID_BITS | message_id


def id_at(row: int) -> int:
    """The id of the message whose row has this number."""
    return row & _ID_MASK


def index(rows: Iterable[tuple[int, dt.datetime | None, str]]) -> None:
    """Add messages, given as id, moment and the stems of their words; in the transaction that runs."""
    placed = sorted((place(message_id, moment), words) for message_id, moment, words in rows)
    if is_sqlite(database):
        insert_many("words_message", ("rowid", "words"), placed)
        return
    each = "array_remove(string_to_array(%s, ' '), '')"
    insert = f"INSERT INTO words_message (rowid, words) VALUES (%s, array_to_tsvector({each}))"
    database.cursor().executemany(insert, placed)


def match(text: str, *, begun: bool = False) -> Any | None:
    """The condition on the index that all words of a text are there; None for a text without words.

    ``begun``: the last word may be the beginning of one.
    """
    stems = stems_of(text)
    if not stems:
        return None
    if is_sqlite(database):
        marks = [f'"{stem}"' for stem in stems]
        marks[-1] += "*" if begun else ""
        return Expression(Words._meta.entity, "MATCH", " AND ".join(marks))
    marks = [f"'{stem}'" for stem in stems]
    marks[-1] += ":*" if begun else ""
    return Expression(Words.words, "@@", Cast(" & ".join(marks), "tsquery"))


def has_words(text: str) -> Any:
    """The condition on messages that all words of a text are in them; the last may be begun only."""
    return Message.id.in_(Words.select(Expression(Words.rowid, "&", _ID_MASK)).where(_usable(text)))


def _usable(text: str) -> Any:
    condition = match(text)
    if condition is None:
        return SQL("1 = 0")
    if _may_be_begun(text) and not plain_rows(Words.select(Words.rowid).where(condition).limit(1)):
        return match(text, begun=True)
    return condition


def _may_be_begun(text: str) -> bool:
    """Whether the last word is long enough to be taken for the beginning of others."""
    return len(stems_of(text)[-1]) >= _SHORTEST_BEGUN


def newest(text: str, limit: int) -> list[int]:
    """The ids of the newest messages with all words of a text, the newest first; the last word may be begun only."""
    for begun in (False, True):
        condition = match(text, begun=begun)
        if condition is None or (begun and not _may_be_begun(text)):
            return []
        query = Words.select(Words.rowid).where(condition).order_by(Words.rowid.desc()).limit(limit)
        if found := [id_at(row) for (row,) in plain_rows(query)]:
            return found
    return []


def within(word: str, first: dt.datetime, last: dt.datetime, limit: int) -> list[int]:
    """The ids of the newest messages between two moments that have a word just as it is stored."""
    condition = _has(word) & (Words.rowid >= place(0, first)) & (Words.rowid <= place(_ID_MASK, last))
    query = Words.select(Words.rowid).where(condition).order_by(Words.rowid.desc()).limit(limit)
    return [id_at(row) for (row,) in plain_rows(query)]


def _has(stem: str) -> Any:
    if is_sqlite(database):
        return Expression(Words._meta.entity, "MATCH", f'"{stem}"')
    return Expression(Words.words, "@@", Cast(f"'{stem}'", "tsquery"))
