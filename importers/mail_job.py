"""What is said to those who read messages, and what they answer.

A job is a small JSON text, its length before it, and the message; the answer is JSON in the same way, and the
compressed text of the message.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

LENGTH = struct.Struct(">I")


@dataclass(slots=True)
class Job:
    """What is to be read, and what was found when the message was reduced. ``plainly``: headers, text as it stands."""

    message: bytes
    plainly: bool = False
    language: str = "en"
    defects: list[str] = field(default_factory=list)
    cuts: dict[str, int] = field(default_factory=dict)

    def packed(self) -> bytes:
        """The job as bytes."""
        if self.defects or self.cuts:
            return _prelude(self.plainly, self.language, self.defects, self.cuts) + self.message
        return _usual_prelude(self.plainly, self.language) + self.message


def _prelude(plainly: bool, language: str, defects: list[str], cuts: dict[str, int]) -> bytes:
    told = json.dumps({"plainly": plainly, "language": language, "defects": defects, "cuts": cuts}).encode()
    return LENGTH.pack(len(told)) + told


@cache
def _usual_prelude(plainly: bool, language: str) -> bytes:
    return _prelude(plainly, language, [], {})


def unpacked(reply: bytes) -> dict[str, Any]:
    """The answer as a plain dictionary, its compressed text under ``compressed``."""
    (length,) = LENGTH.unpack_from(reply)
    read: dict[str, Any] = json.loads(reply[LENGTH.size : LENGTH.size + length])
    read["compressed"] = reply[LENGTH.size + length :]
    return read


class PartJob(NamedTuple):
    """Which part of a message is wanted."""

    message: bytes
    position: int

    def packed(self) -> bytes:
        """The job as bytes."""
        return LENGTH.pack(self.position) + self.message
