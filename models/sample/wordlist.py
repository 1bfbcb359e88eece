"""Lists of words as they read best in code: a text of words, or of phrases with ``|`` between."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of a text; its phrases where ``|`` stands between them. Line breaks are spaces."""
    phrases = text.split("|") if "|" in text else text.split()
    return tuple(" ".join(phrase.split()) for phrase in phrases)
