"""Events: what an action tells the areas further right, which handle it in the same transaction.

An area declares its events as named tuples; ``models/wiring.py`` alone says who handles them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from models.writing import Change


Event: TypeAlias = "tuple[Any, ...]"
"""Something happened in an action that others may have to follow: told apart by its type."""


class RecordsWritten(NamedTuple):
    """Rows were written: by kind, each row's id with the columns that changed (all of them for a new row)."""

    rows: Mapping[str, Mapping[int, frozenset[str]]]
    new: Set[tuple[str, int]] = frozenset()
    """The rows that this change inserted: nothing stands on them yet."""
    looked_up: Mapping[str, Set[int]] = MappingProxyType({})
    """By kind, the new rows whose look-up text was written with them."""


EventType = TypeVar("EventType", bound=Event)
_handlers: dict[type[Event], list[Callable[[Change, Any], None]]] = {}


def handle(event: type[EventType], handler: Callable[[Change, EventType], None]) -> None:
    """Let a function handle all events of a type; handlers run in the order they were given. Twice counts once."""
    handlers = _handlers.setdefault(event, [])
    if handler not in handlers:
        handlers.append(handler)


def dispatch(change: Change, event: Event) -> None:
    """Run the handlers of an event, inside the transaction of the change that it belongs to."""
    for handler in _handlers.get(type(event), ()):
        handler(change, event)
