"""What can be typed into a filter next, and which of its words are in the wrong alphabet: pure text, no widget."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from models.text import fold, with_latin_letters

FilterWords = Mapping[str, tuple[str, ...]]
"""The names of fields with the values that each may have (none where any text is possible)."""

_MOST = 6
_LATIN_OR_DIGIT = re.compile("[A-Za-z0-9]")


class Completion(NamedTuple):
    """What the word that is being typed may become; ``text`` is the whole filter with the first of them taken."""

    options: tuple[str, ...] = ()
    text: str = ""


def completion(text: str, words: FilterWords) -> Completion:
    """The fields, or the values of a field, that begin with what stands at the end of the text."""
    typed = re.search(r"\S*$", text)
    last = typed[0] if typed else ""
    start = text[: len(text) - len(last)] + ("-" if last.startswith("-") else "")
    last = last.removeprefix("-")
    name, colon, value = last.partition(":")
    if colon:
        begun, _comma, part = value.rpartition(",")
        before = f"{start}{name}:{begun}{_comma}"
        found = _beginning(words.get(name.lower(), ()), part, shortest=0)
        return Completion(found, before + _quoted(found[0]) + " ") if found else Completion()
    names = _beginning(tuple(words), last, shortest=1)
    return Completion(tuple(f"{one}:" for one in names), f"{start}{names[0]}:") if names else Completion()


def without_unfinished(text: str, words: FilterWords) -> str:
    """The text without a field at its end whose value is still to be typed: ``0A1F state:`` is ``0A1F`` so far."""
    last = re.search(r"(?:^|(?<=\s))-?([^\W\d][\w.-]*)(?::|<=?|>=?|=)\"?$", text)
    return text[: last.start()] if last and last[1].lower() in words else text


def _beginning(options: tuple[str, ...], part: str, *, shortest: int) -> tuple[str, ...]:
    wanted = fold(part)
    if len(wanted) < shortest:
        return ()
    found = tuple(option for option in options if fold(option).startswith(wanted))
    return () if len(found) == 1 and fold(found[0]) == wanted else found[:_MOST]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def in_latin_letters(text: str) -> str | None:
    """The text with the Cyrillic look-alikes in its numbers replaced; None when there are none.

    Only words with a digit or a Latin letter are numbers here: a truly Cyrillic word may be all look-alikes.
    """
    parts = re.split(r"([\s:,=<>]+)", text)
    repaired = "".join(_repaired(part) for part in parts)
    return None if repaired == text else repaired


def _repaired(word: str) -> str:
    return (with_latin_letters(word) or word) if _LATIN_OR_DIGIT.search(word) else word
