"""The words that a message is found by: split, folded and brought to their stems, Russian and English.

Pure, and light to import: the readers of messages do this in their child processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
# All that stands between words made spaces: split there, a text takes a fifth of the time of a search for its words.
_ASCII_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(0x80))
_CYRILLIC = re.compile("[а-я]")
_LONGEST = 40
_CACHED = 200_000


class _Stems(dict[str, str]):
    """The stems of folded words, kept in mind: most words of a message were in the ones before it."""

    def __missing__(self, word: str) -> str:
        shorter = word[:_LONGEST]
        language = "english" if shorter.isascii() or not _CYRILLIC.search(shorter) else "russian"
        found = self[word] = shorter if shorter.isdecimal() else _stemmer(language).stemWord(shorter)
        return found


_stems = _Stems()


def stem(word: str) -> str:
    """The stem of a word: ``stem("Договоры") == stem("договором")``; ``ё`` is read as ``е``."""
    return _stems[_folded(word)]


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


@cache
def _stemmer(language: str) -> Any:
    from Stemmer import Stemmer

    return Stemmer(language, 0)  # no memory of its own: ours has its words


def stems_of(text: str) -> list[str]:
    """The stems of a text's words, in their order; what is longer than any word is cut."""
    return [stem(word) for word in _WORD.findall(text)]


def index_text(texts: Iterable[str]) -> str:
    """What is stored of texts to find them by: each stem once."""
    text = _folded("\n".join(texts))
    if len(_stems) > _CACHED:
        _stems.clear()
    words = text.translate(_ASCII_SPACED).split() if text.isascii() else _WORD.findall(text)
    return " ".join(set(map(_stems.__getitem__, words)))
