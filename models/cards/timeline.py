"""The timeline as a list on the card of a client."""

from __future__ import annotations

from models.cards.tabs import Stream, Told
from models.kinds import KINDS, RecordRef
from models.language import _
from models.timeline.listing import TimelineListing, event_of
from models.timeline.sources import record_kinds
from models.timeline.vocabulary import KIND_TITLES


def _opened(client_id: int, code: int) -> RecordRef | Told | None:
    """The record of an event; what is part of the client itself is told here."""
    event = event_of(code)
    if event is None:
        return None
    if KINDS[event.ref.kind].label and event.ref != RecordRef("client", client_id):
        return event.ref
    return Told(_(KIND_TITLES[event.kind]), "\n".join(filter(None, (event.what, event.who))))


TIMELINE = Stream(TimelineListing, record_kinds, _opened, {"kind": KIND_TITLES})
