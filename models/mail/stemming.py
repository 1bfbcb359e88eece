"""The words that a message is found by: split, folded and brought to their stems, Russian and English.

Pure, and light to import: the readers of messages do this in their child processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[а-я]")
_LONGEST = 40
_CACHED = 100_000
_stems: dict[str, str] = {}


def stem(word: str) -> str:
    """The stem of a word: ``stem("Договоры") == stem("договором")``; ``ё`` is read as ``е``."""
    found = _stems.get(word)
    if found is not None:
        return found
    folded = word.casefold().replace("ё", "е")
    stemmed = folded
    if not folded.isdecimal():
        stemmed = _stemmer("russian" if _CYRILLIC.search(folded) else "english").stemWord(folded)
    if len(_stems) > _CACHED:
        _stems.clear()
    _stems[word] = stemmed
    return stemmed


@cache
def _stemmer(language: str) -> Any:
    from Stemmer import Stemmer

    return Stemmer(language)


def stems_of(text: str) -> list[str]:
    """The stems of a text's words, in their order; what is longer than any word is cut."""
    return [stem(word[:_LONGEST]) for word in _WORD.findall(text)]


def index_text(texts: Iterable[str]) -> str:
    """What is stored of texts to find them by: each stem once."""
    words = set(_WORD.findall(" ".join(texts)))
    return " ".join(sorted({stem(word[:_LONGEST]) for word in words}))
