"""The words that a message is found by: split, folded and brought to their stems, Russian and English.

Pure, and light to import: the readers of messages do this in their child processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[^\W_]+", re.ASCII)
_CYRILLIC = re.compile("[а-я]")
_LONGEST = 40
_CACHED = 200_000
_stems: dict[str, str] = {}


def stem(word: str) -> str:
    """The stem of a word: ``stem("Договоры") == stem("договором")``; ``ё`` is read as ``е``."""
    folded = _folded(word)
    _know([folded])
    return _stems[folded]


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _know(words: Iterable[str]) -> None:
    """Keep the stems of folded words in mind: most words of a message were in the ones before it."""
    if len(_stems) > _CACHED:
        _stems.clear()
    for word in set(words).difference(_stems):
        shorter = word[:_LONGEST]
        language = "russian" if _CYRILLIC.search(shorter) else "english"
        _stems[word] = shorter if shorter.isdecimal() else _stemmer(language).stemWord(shorter)


@cache
def _stemmer(language: str) -> Any:
    from Stemmer import Stemmer

    return Stemmer(language)


def stems_of(text: str) -> list[str]:
    """The stems of a text's words, in their order; what is longer than any word is cut."""
    return [stem(word) for word in _WORD.findall(text)]


def index_text(texts: Iterable[str]) -> str:
    """What is stored of texts to find them by: each stem once."""
    text = _folded("\n".join(texts))
    words = set((_ASCII_WORD if text.isascii() else _WORD).findall(text))
    _know(words)
    return " ".join(set(map(_stems.__getitem__, words)))
