"""Finding the licence that another one takes the place of, by its number, for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from peewee import chunked

from models.base import stored_rows
from models.errors import RuleBroken
from models.language import _
from models.licensing.tables import Licence
from models.text import fold

_AT_ONCE = 500
_COLUMNS = ("id", "number_folded", "number_scope", "client_id")
REHEARSED = -1
"""The id of a licence that a dry run would have made."""


@dataclass(frozen=True, slots=True)
class Older:
    """A licence that may be superseded; numbers are unique within their scope."""

    id: int
    scope: str
    client: int


@dataclass
class OlderLicences:
    """The licences of the numbers that rows name, as they stand when ``read`` is called."""

    _found: dict[str, list[Older]] = field(default_factory=dict)
    _rehearsed: dict[str, list[Older]] = field(default_factory=dict)

    def read(self, numbers: Iterable[str]) -> None:
        """Read the licences of these numbers, spelled in any way."""
        self._found = {folded: list(self._rehearsed.get(folded, ())) for folded in map(fold, numbers)}
        for some in chunked(self._found, _AT_ONCE):
            for licence, folded, scope, client in stored_rows(Licence, _COLUMNS, "number_folded", some):
                self._found[folded].append(Older(licence, scope, client))

    def rehearse(self, folded: str, scope: str, client: int) -> None:
        """A dry run would have made this licence: a later row may name it."""
        self._rehearsed.setdefault(folded, []).append(Older(REHEARSED, scope, client))

    def find(self, number: str, client: int, scope: str, known: int | None = None) -> int:
        """The licence of a client that a number means; ``known`` is the one that was superseded already.

        Of several it is the one in the scope of the newer licence. Raises ``RuleBroken`` where it is none.
        """
        there = self._found[fold(number)]
        if any(one.id == known for one in there):
            return known or 0
        found = [one for one in there if one.client == client]
        if len(found) > 1:
            found = [one for one in found if one.scope == scope] or found
        if len(found) == 1:
            return found[0].id
        raise _refusal(number, bool(found), bool(there))


def _refusal(number: str, of_several: bool, of_others: bool) -> RuleBroken:
    if of_several:
        rule = _("The client has several licences of the number {number}.")
        remedy = _("Name the superseded one on the licence's card.")
    elif of_others:
        rule = _("Licence {number} belongs to another client.")
        remedy = _("Name a licence of the same client, or leave the cell empty.")
    else:
        rule = _("There is no licence {number} that could be superseded.")
        remedy = _("Add it to the table, correct the number, or leave the cell empty.")
    return RuleBroken("supersedes", rule.format(number=number), remedy)
