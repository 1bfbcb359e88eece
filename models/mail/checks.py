"""What the check of a database asks of the mail archive: that each message can be read and found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.audit import Problem
from models.base import plain_rows
from models.language import _
from models.mail.tables import Message, MessageText
from models.mail.words import Words, id_at

_NAMED_AT_MOST = 10


def problems_of_messages() -> Iterator[Problem]:
    """Messages without their text or without their words, and rows of either without a message."""
    messages = _ids(Message.select(Message.id))
    texts = _ids(MessageText.select(MessageText.message))
    indexed = {id_at(row) for row in _ids(Words.select(Words.rowid))}
    for message in sorted(messages - texts)[:_NAMED_AT_MOST]:
        yield Problem("mail", f"message #{message}", _("Its text is missing."))
    for message in sorted(messages - indexed)[:_NAMED_AT_MOST]:
        yield Problem("mail", f"message #{message}", _("It cannot be found: the index of words does not have it."))
    for message in sorted(indexed - messages)[:_NAMED_AT_MOST]:
        yield Problem("mail", f"message #{message}", _("The index of words has it, but there is no such message."))


def _ids(query: Any) -> set[int]:
    return {row for (row,) in plain_rows(query)}
