"""The one filter language of lists, search and reports: a pure parser from text to a tree.

``word`` · ``"several words"`` · ``field:value`` · ``field:a,b`` · ``field>10`` · ``field:2026-10..2026-12`` · and ``-``
before any of them to exclude. What is not of this form is taken as words, so every text is a filter.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    """Text to look up in all that the record is found by."""

    text: str
    negated: bool = False


class Comparison(NamedTuple):
    """A condition on one field: ``operator`` is one of ``: = < <= > >=``; ``values`` are alternatives."""

    field: str
    operator: str
    values: tuple[str, ...]
    negated: bool = False


Term = Words | Comparison
_TERM = re.compile(
    r"""(?P<minus>-)?
        (?: (?P<field>[^\W\d][\w.-]*)(?P<operator><=|>=|[:=<>])(?P<value>"[^"]*"?|[^\s"]\S*)
          | "(?P<phrase>[^"]*)"?
          | (?P<word>\S+) )""",
    re.VERBOSE,
)


def parse(text: str, fields: frozenset[str] | None = None) -> tuple[Term, ...]:
    """The conditions of a filter text, all of which must hold.

    ``fields`` are the names that may stand before an operator, lower case; what stands before one otherwise is part of
    a word (as in ``1С:Предприятие``). None: every name is a field.
    """
    terms: list[Term] = []
    for found in _TERM.finditer(text):
        negated = bool(found["minus"])
        if found["field"] and (fields is None or found["field"].lower() in fields):
            values = tuple(part for part in _alternatives(found["value"]) if part)
            if values:
                terms.append(Comparison(found["field"].lower(), found["operator"], values, negated))
            continue
        word = found["phrase"] if found["phrase"] is not None else found["word"]
        if word is None:
            word = found[0].removeprefix("-")
        if word == "-" or not word.strip():
            continue
        terms.append(Words(word, negated))
    return tuple(terms)


def _alternatives(value: str) -> list[str]:
    if value.startswith('"'):
        return [value.strip('"')]
    return value.split(",")


def unparse(terms: tuple[Term, ...]) -> str:
    """The text of a filter, so that ``parse(unparse(terms)) == terms``."""
    parts = []
    for term in terms:
        minus = "-" if term.negated else ""
        if isinstance(term, Words):
            quoted = f'"{term.text}"' if re.search(r"\s|[:=<>]|^-", term.text) else term.text
            parts.append(minus + quoted)
        else:
            joined = ",".join(term.values)
            value = f'"{joined}"' if re.search(r"\s", joined) else joined
            parts.append(f"{minus}{term.field}{term.operator}{value}")
    return " ".join(parts)
