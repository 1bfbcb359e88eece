"""One answer list for the find-anything box: records of every kind by one text, the best first, each with its chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.search.messages import FoundMessage, newest_with
from models.search.queries import FINDERS, Found, KeyOrLicence, Tier, keys_by_id, licences_by_id, matching
from models.text import fold, folded_words, sort_name

_MESSAGES = 6
"""So many messages stand below the other answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that was found: what it is called, to whom it belongs, from itself outwards, and what tells it apart."""

    kind: str
    id: int
    title: str
    chain: tuple[str, ...] = ()
    note: str = ""
    state: str = ""


def _of_key(row: KeyOrLicence) -> Answer:
    return Answer("key", row.id, row.number, _known(row.owner), row.product or "", row.state)


def _of_licence(row: KeyOrLicence) -> Answer:
    owner = row.owner if row.owner != row.client else None
    return Answer(
        "licence",
        row.id,
        row.number,
        _known(row.key, owner, row.client),
        row.licence_name or row.product or "",
        row.state,
    )


def _known(*names: str | None) -> tuple[str, ...]:
    return tuple(name for name in names if name)


def _of_found(row: Found) -> Answer:
    return Answer(row.kind, row.id, row.title, _known(row.client), row.snippet)


def _of_message(row: FoundMessage) -> Answer:
    day = "" if row.date is None else row.date.isoformat()
    note = " ".join(_known(day, row.preview if row.subject else ""))
    return Answer("message", row.id, row.subject or row.preview, _known(row.client, row.sender), note)


def _answers(kind: str, ids: list[int]) -> list[Answer]:
    if kind == "key":
        return [_of_key(row) for row in keys_by_id(ids)]
    if kind == "licence":
        return [_of_licence(row) for row in licences_by_id(ids)]
    finder: Callable[[list[int]], list[Found]] = FINDERS[kind]
    return [_of_found(row) for row in finder(ids)]


def find_anything(text: str, limit: int = 40) -> list[Answer]:
    """Records of all kinds by any part of what they are known by.

    Exact ones first, then those that begin so; then those in whose own name it stands, before those that only belong
    to something of that name. Among equals the kinds take turns, so that none crowds out the others. The newest
    messages with the words come last.
    """
    ranked: list[tuple[int, int, int, str, int]] = []
    for order, kind in enumerate(FINDERS):
        tiers: list[Tier] = matching(kind, text, limit)
        ranked.extend((tier, place, order, kind, record_id) for place, (tier, record_id) in enumerate(tiers))
    best = sorted(ranked)[: 2 * limit]
    wanted: dict[str, list[int]] = {}
    for *_rank, kind, record_id in best:
        wanted.setdefault(kind, []).append(record_id)
    found = {(kind, answer.id): answer for kind, ids in wanted.items() for answer in _answers(kind, ids)}
    present = [(tier, found[kind, i]) for tier, *_rank, kind, i in best if (kind, i) in found]
    present.sort(key=lambda one: (one[0], _away(fold(text), one[1].title)))
    messages = [_of_message(row) for row in newest_with(text, _MESSAGES)]
    return [answer for _tier, answer in present[: limit - len(messages)]] + messages


def _away(wanted: str, title: str) -> int:
    """How far a title is from what was typed: it is that, begins so, a word of it does, it stands in it, or does not.

    A company's name begins after its legal form; “ромашка” also stands in «Гидромаш-Казань».
    """
    whole, bare = fold(title), fold(sort_name(title))
    if wanted in (whole, bare):
        return 0
    if whole.startswith(wanted) or bare.startswith(wanted):
        return 1
    if any(word.startswith(wanted) for word in folded_words(title.replace("-", " "))):
        return 2
    return 3 if wanted in whole else 4
