"""The kinds of events on a timeline, each with the key that shows it alone."""

from __future__ import annotations

from dataclasses import dataclass

from models.language import N_, NP_


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind: its name in filters, its titles, of one event and of all (English msgids), its key in the menu."""

    id: str
    title: str
    all: str
    key: str


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("message", N_("message"), N_("Messages"), "m"),
    EventKind("interaction", N_("interaction"), N_("Interactions"), "i"),
    EventKind("document", N_("document"), N_("Documents"), "d"),
    EventKind("stage", NP_("event", "stage"), N_("Changes of stage"), "g"),
    EventKind("contract", N_("contract"), N_("Contracts"), "t"),
    EventKind("licence", N_("licence"), N_("Licences"), "l"),
    EventKind("key", NP_("event", "key"), N_("Keys"), "k"),
    EventKind("status", NP_("event", "status"), N_("Changes of status"), "s"),
    EventKind("reminder", N_("reminder"), N_("Reminders that are done"), "r"),
    EventKind("file", N_("file"), N_("Files"), "f"),
    EventKind("record", NP_("event", "record"), N_("The record itself"), "c"),
)
KIND_TITLES = {kind.id: kind.title for kind in EVENT_KINDS}
