"""The address headers of messages: the plainest are read here, what stands in many messages is read once.

mail-parser takes a third of the time of a short letter for them, above all where names are encoded words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Boxes = list[tuple[str, str]]
_MOST, _LONGEST = 5_000, 1_000
_Defects = list[dict[str, Any]]
_ATOMS = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
# One address, or a name of words or in quotation marks and an address, where no rule leaves a doubt what it says.
_WORDS = r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*"
_NAME = rf"(?:\"(?P<quoted>[A-Za-z0-9][A-Za-z0-9 .,']*)\"|(?P<words>{_WORDS}))"
_PLAIN = re.compile(rf"(?P<bare>{_ATOMS}@{_ATOMS})|{_NAME} <(?P<address>{_ATOMS}@{_ATOMS})>")


def remembered(read: Callable[..., Boxes]) -> Callable[..., Boxes]:
    """mail-parser's ``get_addresses``, which reads a header once that stands in many messages."""
    known: dict[str, tuple[Boxes, _Defects]] = {}

    def get_addresses(header: Any, *, defects: _Defects | None = None, decode_names: bool = False) -> Boxes:
        if not isinstance(header, str) or len(header) > _LONGEST or not decode_names or defects is None:
            return read(header, defects=defects, decode_names=decode_names)
        found = known.get(header)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            if (plain := _PLAIN.fullmatch(header)) is not None:
                found = ([_box(plain)], [])
            else:
                told: _Defects = []
                found = (read(header, defects=told, decode_names=True), told)
            known[header] = found
        boxes, told = found
        # The parser writes into what it is told.
        defects.extend(dict(one) for one in told)
        return list(boxes)

    return get_addresses


def _box(plain: re.Match[str]) -> tuple[str, str]:
    name = plain["quoted"] or plain["words"] or ""
    return name, plain["bare"] or plain["address"]
