"""A message as Python's ``email`` has it, quicker to make and to ask.

Most messages are headers and one text, and a parser asks each of them for the same few headers again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Any

_COMPOSITE = ("multipart", "message")
_LINE_ENDS = (b"\n", b"\r\n")
_ABSENT = object()


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
    """A message that looks up what it is asked for; what it has answered it knows until its headers change."""

    def __init__(self, policy: Any = compat32) -> None:
        super().__init__(policy)
        self._fields: dict[str, Any] = {}
        self._answers: dict[Any, Any] = {}

    def set_raw(self, name: str, value: Any) -> None:
        self._changed()
        super().set_raw(name, value)

    def __setitem__(self, name: str, value: Any) -> None:
        self._changed()
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        self._changed()
        super().__delitem__(name)

    def set_default_type(self, ctype: str) -> None:
        self._changed()
        super().set_default_type(ctype)

    def _changed(self) -> None:
        if self._fields or self._answers:
            self._fields.clear()
            self._answers.clear()

    def get(self, name: str, failobj: Any = None) -> Any:
        if not self._fields:
            for field, value in self.raw_items():
                self._fields.setdefault(field.lower(), value)
        name = name.lower()
        try:
            return self.policy.header_fetch_parse(name, self._fields[name])
        except KeyError:
            return failobj

    def get_content_type(self) -> str:
        try:
            found: str = self._answers[None]
        except KeyError:
            found = self._answers[None] = super().get_content_type()
        return found

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        asked = (param, header, unquote)
        try:
            found = self._answers[asked]
        except KeyError:
            found = self._answers[asked] = super().get_param(param, _ABSENT, header, unquote)
        return failobj if found is _ABSENT else found
