"""Subjects without what replies and forwards put before them: by what a thread without references is known."""

from __future__ import annotations

import hashlib
import re

from models.text import fold

_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?"
    r"(?:re|fwd?|aw|wg|sv|vs|antw|tr|rif|odp|отв|ответ|ha|на|пересл|пер)\s*"
    r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,2})?\s*:",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"\s*\[[^\]]{1,40}\]")
_SHORTEST = 3


def is_reply(subject: str) -> bool:
    """Whether a subject says that it answers or forwards something."""
    return _PREFIX.match(subject) is not None


def bare_subject(subject: str) -> str:
    """The subject without any such words, and without a mailing list's mark before it."""
    while (found := _PREFIX.match(subject) or _LIST_MARK.match(subject)) and found.end() < len(subject):
        subject = subject[found.end() :]
    return subject.strip()


def topic(subject: str) -> str:
    """A word that stands for the bare subject in the index of words; empty where it says too little."""
    folded = fold(bare_subject(subject))
    return "topic" + hashlib.sha256(folded.encode()).hexdigest()[:16] if len(folded) >= _SHORTEST else ""
