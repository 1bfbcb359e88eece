"""Making a record from the card of another: what a tab's new row is, and which of its fields points back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.about import about_of, names_of_records, titled_name
from models.actor import Actor
from models.cards.definitions import CARDS, CardDefinition
from models.cards.reading import label_of
from models.fields import Field
from models.kinds import KINDS, RecordRef


def may_make(actor: Actor, kind: str) -> bool:
    """Whether an operator can make records of a kind on their card."""
    definition = CARDS.get(kind)
    return definition is not None and definition.add is not None and actor.may(definition.permission)


def made_in_tab(kind: str, record_id: int, tab_id: str) -> tuple[str, dict[str, Any]] | None:
    """The kind of record that a tab lists, with the field preset that puts a new one into the tab.

    None where the tab's link is no field of that kind, so that a new one could not be linked.
    """
    tab = next((tab for tab in CARDS[kind].tabs if tab.id == tab_id), None)
    definition = CARDS.get(tab.row_kind) if tab is not None else None
    if tab is not None and tab.preset is not None and definition is not None:
        return definition.kind, dict(tab.preset(record_id))
    link = getattr(tab.link, "name", "") if tab is not None else ""
    if definition is None or definition.add is None or link not in {field.name for field in _begun(definition)}:
        return None
    return definition.kind, {link: record_id}


def _begun(definition: CardDefinition) -> tuple[Field, ...]:
    """The fields of a new record's form."""
    return (*definition.fields, *definition.new_fields)


def beginning(actor: Actor, kind: str, preset: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the form of a new record begins with: what is known already, and what is usual just now."""
    fresh = CARDS[kind].fresh
    return {**(fresh(actor, preset) if fresh is not None else {}), **preset}


def contact_at(ref: RecordRef | None) -> dict[str, Any]:
    """With whom and about what an interaction is that is logged at a record, as far as the record says."""
    row = None if ref is None else KINDS[ref.kind].table.get_or_none(id=ref.id)
    if ref is None or row is None:
        return {}
    if ref.kind in ("client", "person", "campaign"):
        return {ref.kind: ref.id}
    if ref.kind == "reminder":
        return contact_at(about_of(row))
    values = row.__data__
    found = {name: values[name] for name in ("person", "campaign") if values.get(name) is not None}
    client = values.get("client") or values.get("owner")
    return found | ({"client": client} if client else {}) | {"about_kind": ref.kind, "about_id": ref.id}


def about_shown(preset: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a new record is about, as its form shows it: the value of the field, and its name."""
    if not preset.get("about_kind"):
        return {}, {}
    ref = RecordRef(preset["about_kind"], preset["about_id"])
    return {"about": ref}, {"about": titled_name(ref, names_of_records([ref]).get(ref))}


def names_of(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """By field: the name of the record that a reference among some values points to."""
    return {
        field.name: label_of(field.reference, int(values[field.name]))
        for field in _begun(CARDS[kind])
        if field.reference and values.get(field.name) is not None
    }
