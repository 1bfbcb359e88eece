"""Setting one field of many records: what a list does to all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from models.cards.definitions import CARDS, CardDefinition
from models.errors import DomainError, RuleBroken
from models.fields import Field
from models.language import _
from models.listing import Listing
from models.writing import Actor, Change, get, in_transaction

_BATCH = 100
"""Records per transaction: so many hold the write lock for some tens of milliseconds."""
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of the records: how many were changed, were so already, or were refused, with the first reasons."""

    changed: int
    unchanged: int
    refused: int
    reasons: tuple[str, ...] = ()


def fields_to_set(card: CardDefinition, actor: Actor) -> tuple[Field, ...]:
    """The fields that it makes sense to set on many records: none that tells them apart, none that must be theirs."""
    if card.edit is None or not actor.may(card.permission):
        return ()
    apart = {column.name for column in card.numbers} | {card.label}
    return tuple(
        field
        for field in card.fields
        if field.name not in apart and field.check is None and (not field.permission or actor.may(field.permission))
    )


def marked_ids(listing: Listing, marked: Callable[[int], bool]) -> Iterator[int]:
    """The ids of the list's records that are marked, page by page."""
    offset = 0
    while page := listing.page(offset, _PAGE):
        yield from (row.id for row in page if marked(row.id))
        offset += len(page)
        if len(page) < _PAGE:
            return


def set_field(
    actor: Actor,
    kind: str,
    ids: Sequence[int],
    name: str,
    value: Any,
    progress: Callable[[int], None] | None = None,
) -> BulkResult:
    """Set a field of many records; of a field that holds several texts, add them to those that are there.

    A hundred records are one change, which one undo takes back. A record that refuses keeps its value, the others
    do not suffer for it. Raises ``NotAllowed``.
    """
    card = CARDS[kind]
    actor.require(card.permission)
    outcomes: list[bool | str] = []
    for start in range(0, len(ids), _BATCH):
        outcomes += _set_in(actor, card, ids[start : start + _BATCH], name, value)
        if progress is not None:
            progress(len(outcomes))
    reasons = [outcome for outcome in outcomes if isinstance(outcome, str)]
    return BulkResult(outcomes.count(True), outcomes.count(False), len(reasons), tuple(dict.fromkeys(reasons))[:5])


def _set_in(actor: Actor, card: CardDefinition, ids: Sequence[int], name: str, value: Any) -> list[bool | str]:
    """All in one transaction; where one refuses, each in its own."""
    try:
        return in_transaction(actor, "set_field", lambda change: [_set(change, card, i, name, value) for i in ids])
    except RuleBroken as refusal:
        if len(ids) == 1:
            return [str(refusal)]
    outcomes: list[bool | str] = []
    for record_id in ids:
        try:
            one = partial(_set, card=card, record_id=record_id, name=name, value=value)
            changed: bool | str = in_transaction(actor, "set_field", one)
        except DomainError as refusal:
            changed = _("#{id}: {reason}").format(id=record_id, reason=refusal)
        outcomes.append(changed)
    return outcomes


def _set(change: Change, card: CardDefinition, record_id: int, name: str, value: Any) -> bool:
    assert card.edit is not None
    row = get(card.table, record_id)
    before = card.values_of(row)
    if isinstance(value, tuple):
        value = tuple(dict.fromkeys((*before[name], *value)))
    if before[name] == value:
        return False
    return bool(card.edit(change, record_id, row.version, {name: value}))
