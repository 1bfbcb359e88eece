"""What an importer hands over of a message: plain data, read by its children, cleaned and of limited length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Person = tuple[str, str, str]
"""Somebody in a header: role, name, folded address."""


@dataclass(slots=True)
class IncomingMessage:
    """One message. Its original is kept already, under ``sha256``."""

    sha256: str
    size: int
    source: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    moment: dt.datetime | None = None
    subject: str = ""
    reply: bool = False
    topic: str = ""
    people: tuple[Person, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    compressed: bytes = b""
    links: tuple[str, ...] = ()
    parts: tuple[Mapping[str, Any], ...] = ()
    preview: str = ""
    words: str = ""
    defects: tuple[str, ...] = ()
    state: str = "whole"
    sender: Person = field(default=("from", "", ""), init=False)

    def __post_init__(self) -> None:
        self.sender = next((one for one in self.people if one[0] == "from"), ("from", "", ""))

    @property
    def recipients(self) -> list[Person]:
        """Whom the message is addressed to, openly."""
        return [one for one in self.people if one[0] in ("to", "cc")]

    @property
    def attachments(self) -> int:
        """How many files it brings; pictures inside the text and signatures are none."""
        return sum(part["kind"] not in ("inline", "signature") for part in self.parts)

    def participants(self) -> frozenset[str]:
        """The addresses of all who are in its headers."""
        return frozenset(address for _role, _name, address in self.people if address)


def incoming(sha256: str, size: int, source: str, read: Mapping[str, Any]) -> IncomingMessage:
    """A message from what a reader answered; raises ``ValueError`` for what no reader of ours says."""
    try:
        return IncomingMessage(
            sha256=sha256, size=size, source=source,
            message_id=str(read["message_id"]), references=tuple(map(str, read["references"])),
            moment=dt.datetime.fromisoformat(read["moment"]) if read["moment"] else None,
            subject=str(read["subject"]), reply=bool(read["reply"]), topic=str(read["topic"]),
            people=tuple((str(role), str(name), str(address)) for role, name, address in read["people"]),
            headers=tuple((str(name), str(value)) for name, value in read["headers"]),
            compressed=bytes(read["compressed"]), links=tuple(map(str, read["links"])),
            parts=tuple(_part(part) for part in read["parts"]),
            preview=str(read["preview"]), words=str(read["words"]),
            defects=tuple(map(str, read["defects"])), state=str(read["state"]),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise ValueError(f"no answer of a reader: {error}") from error


_PART_TEXTS = ("kind", "name", "shown_name", "content_type", "charset")


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {name: str(part[name]) for name in _PART_TEXTS}
    return texts | {"position": int(part["position"]), "size": int(part["size"])}


def unread(sha256: str, size: int, source: str, reason: str) -> IncomingMessage:
    """A message that no reader could read at all; ``reason`` is a defect's code and detail."""
    return IncomingMessage(sha256=sha256, size=size, source=source, defects=(reason,), state="unreadable")
