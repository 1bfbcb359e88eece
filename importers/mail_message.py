"""A message as Python's ``email`` has it, quicker to make and to ask.

Most messages are headers and one text, and a parser asks each of them for the same few headers again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from functools import lru_cache
from typing import Any

_COMPOSITE = ("multipart", "message")
_LINE_ENDS = (b"\n", b"\r\n")
_ABSENT = object()
_LONGEST_KNOWN, _MOST_KNOWN = 300, 2_000


def message_of(fields: Sequence[bytes], rest: bytes) -> Message:
    """The message of some header fields, lines and all, and of what follows them, as ``message_from_bytes`` reads it.

    A message of one text is not taken apart into lines that would only be put together again.
    """
    end = next((len(one) for one in _LINE_ENDS if rest.startswith(one)), 0)
    message = QuickMessage(compat32)
    for one in fields:
        name, value = compat32.header_source_parse([one.decode("ascii", "surrogateescape")])
        if name.endswith((" ", "\t")) or one.count(b"\r") != one.count(b"\r\n"):
            end = 0  # the parser has rules of its own for these
        message.set_raw(name, value)
    if not end or message.get_content_maintype() in _COMPOSITE:
        return message_from_bytes(b"".join((*fields, rest)), _class=QuickMessage)
    message.set_payload(rest[end:].decode("ascii", "surrogateescape"))
    return message


class QuickMessage(Message):
    """A message that looks its headers up, and knows what the same values said in messages before it."""

    def __init__(self, policy: Any = compat32) -> None:
        super().__init__(policy)
        self._fields: dict[str, Any] = {}

    def set_raw(self, name: str, value: Any) -> None:
        self._fields.clear()
        super().set_raw(name, value)

    def __setitem__(self, name: str, value: Any) -> None:
        self._fields.clear()
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        self._fields.clear()
        super().__delitem__(name)

    def get(self, name: str, failobj: Any = None) -> Any:
        fields = self._fields
        if not fields:
            for field, value in self.raw_items():
                if (folded := field.lower()) not in fields:
                    fields[folded] = self.policy.header_fetch_parse(field, value)
        return fields.get(name.lower(), failobj)

    def get_content_type(self) -> str:
        value = self.get("content-type")
        return _content_type(value) if _is_usual(value) else super().get_content_type()

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        value = self.get(header)
        if not _is_usual(value):
            return super().get_param(param, failobj, header, unquote)
        found = _parameter(value, param, unquote)
        return failobj if found is _ABSENT else found


def _is_usual(value: Any) -> bool:
    return type(value) is str and len(value) <= _LONGEST_KNOWN


@lru_cache(_MOST_KNOWN)
def _content_type(value: str) -> str:
    return _of_value(value).get_content_type()


@lru_cache(_MOST_KNOWN)
def _parameter(value: str, param: str, unquote: bool) -> Any:
    return _of_value(value).get_param(param, _ABSENT, unquote=unquote)


def _of_value(value: str) -> Message:
    one: Message = Message(compat32)
    one["Content-Type"] = value
    return one
