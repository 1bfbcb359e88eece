"""The licences of a client on its timeline: their issue, by product and day, and what became of them later.

What one change did to many licences is one event.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from peewee import fn

from models.base import plain_rows
from models.conditions import Condition, contains
from models.language import _, ngettext
from models.licensing.tables import Licence, LicenceEvent
from models.licensing.vocabulary import EVENT_KINDS, LICENCE_KINDS
from models.text import fold

_Same, _Other = LicenceEvent.alias(), Licence.alias()
_TOLD = ("expires", "maintenance_until", "seats")
"""What of an event's new values is told beside its kind: of these the first."""


def _issued_together() -> Condition:
    """The licences of the same product and kind that the same client got on the same day."""
    same = (_Other.product == Licence.product) & (_Other.kind == Licence.kind)
    return (_Other.client == Licence.client) & (_Other.issued == Licence.issued) & same


_FIRST_ISSUED = ~fn.EXISTS(_Other.select(_Other.id).where(_issued_together() & (_Other.id < Licence.id)))
# Without a name of its own it would be read as the column that its text ends with.
HOW_MANY_ISSUED = _Other.select(fn.COUNT(_Other.id)).where(_issued_together()).alias("licences")


def issued(client: int) -> Condition:
    """Licences of a client, each standing for those that were issued together with it."""
    return (Licence.client == client) & _FIRST_ISSUED


def has_issued_number(text: str) -> Condition:
    """Whether one of the licences that were issued together has a number."""
    numbered = contains(_Other.number_folded, fold(text))
    return fn.EXISTS(_Other.select(_Other.id).where(_issued_together() & numbered))


def issue_line(number: str, kind: str, name: str, product: str, licences: int) -> str:
    """Which licence was issued, or how many."""
    return f"{_numbers(number, licences)}  {name or product}  ({_(LICENCE_KINDS.get(kind, kind))})"


def _numbers(number: str, licences: int) -> str:
    if licences == 1:
        return number
    more = ngettext("and {number} more", "and {number} more", licences - 1).format(number=licences - 1)
    return f"{number} {more}"


def _together(whose: Any) -> Condition:
    """The events of the same kind that the same change wrote of the same client's licences."""
    same = (_Same.moment == LicenceEvent.moment) & (_Same.kind == LicenceEvent.kind)
    return (getattr(_Same, whose.name) == whose) & same


def first_of_change(whose: Any) -> Condition:
    """An event before which its change wrote no other of its kind: it stands for all of them."""
    return ~fn.EXISTS(_Same.select(_Same.id).where(_together(whose) & (_Same.id < LicenceEvent.id)))


def how_many(whose: Any) -> Any:
    """Of how many licences an event tells."""
    return _Same.select(fn.COUNT(_Same.id)).where(_together(whose)).alias("licences")


def has_number(whose: Any) -> Callable[[str], Condition]:
    """Whether one of the licences that an event tells of has a number."""

    def asked(text: str) -> Condition:
        those = _Same.select(_Same.id).join(Licence, on=(_Same.licence == Licence.id)).where(_together(whose))
        return fn.EXISTS(those.where(contains(Licence.number_folded, fold(text))))

    return asked


_FIRST_OF_ITS_OWN, _FIRST_THAT_WENT = map(first_of_change, (LicenceEvent.client, LicenceEvent.from_client))


def its_own(client: int) -> Condition:
    """What became of licences that were the client's."""
    return (LicenceEvent.client == client) & _FIRST_OF_ITS_OWN


def went_away(client: int) -> Condition:
    """What was the client's and went to another."""
    return (LicenceEvent.from_client == client) & (LicenceEvent.client != client) & _FIRST_THAT_WENT


def of_old(client: int) -> Condition:
    """Events that do not say whose the licence was: of what is the client's today."""
    its = Licence.select(Licence.id).where(Licence.client == client)
    # No index is asked for those without a client: they may be all that there are, and the licences are few.
    return (fn.COALESCE(LicenceEvent.client, 0) == 0) & LicenceEvent.licence.in_(its)


def has_old_number(text: str) -> Condition:
    """Whether the licence that an old event tells of has a number."""
    numbered = Licence.select(Licence.id).where(contains(Licence.number_folded, fold(text)))
    return LicenceEvent.licence.in_(numbered)


_OLD = LicenceEvent.select(LicenceEvent.id).where(LicenceEvent.client.is_null()).limit(1)


def there_are_old() -> bool:
    """Whether there are events that do not say whose the licence was."""
    return bool(plain_rows(_OLD))


def event_line(
    number: str, name: str, kind: str, after: str, reason: str, key: str, client: str, licences: int = 1
) -> str:
    """What became of the licence, or of how many, to what end, and why."""
    to_what = client or key or _new_value(after)
    what = _(EVENT_KINDS.get(kind, kind)) + (f" → {to_what}" if to_what else "")
    return "  ".join(filter(None, (_numbers(number, licences), what, name, reason)))


def _new_value(after: str) -> str:
    """The end or the seats that an event gave; nothing of an event that somebody damaged, which ``check`` tells."""
    try:
        values = json.loads(after) if after else {}
    except ValueError:
        return ""
    told = [values[name] for name in _TOLD if values.get(name)] if isinstance(values, dict) else []
    return str(told[0]) if told else ""
