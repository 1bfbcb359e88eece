"""Reading cards: a record by id or number, the names of what it refers to, what a reference can be picked from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.about import names_of_records, titled_name
from models.audit import AuditEntry
from models.base import tuples
from models.cards.definitions import CARDS, CardDefinition
from models.clock import now, today
from models.company.settings import expiring_days
from models.conditions import contains
from models.errors import NotFound, RuleBroken
from models.fields import Field
from models.files.queries import count_of_files
from models.kinds import KINDS, RecordRef
from models.language import _
from models.licensing.status import licence_status
from models.licensing.tables import Licence
from models.listing import Listing
from models.lookup import LOOKUPS, named
from models.reminders.rules import reminder_state
from models.reminders.tables import Reminder
from models.sales.states import name_of
from models.sales.tables import Document
from models.search.queries import find
from models.text import fold
from models.writing import Actor, get


@dataclass(frozen=True, slots=True)
class Card:
    """One record as it stands: the values of its fields and the names of the records that it refers to."""

    kind: str
    id: int
    version: int
    title: str
    state: str
    values: Mapping[str, Any]
    names: Mapping[str, str]
    """By field: the name of the record that a reference points to."""
    files: int = 0
    """How many files it carries."""


def read_card(kind: str, record_id: int) -> Card:
    """The card of a record; raises ``NotFound``."""
    definition = CARDS[kind]
    row = get(definition.table, record_id)
    values = dict(definition.values_of(row))
    values = {field.name: row.__data__.get(field.name) for field in definition.shown} | values
    names = {
        field.name: _name_of(field, values[field.name])
        for field in (*definition.fields, *definition.shown)
        if field.kind in ("reference", "record") and values.get(field.name) is not None
    }
    title = str(values[definition.label]) if definition.label in values else f"#{record_id}"
    number = count_of_files(RecordRef(kind, record_id))
    return Card(kind, record_id, row.version, title, _state_of(definition, row), values, names, number)


def _name_of(field: Field, value: Any) -> str:
    if isinstance(value, RecordRef) and value.kind == "document":
        return name_of(get(Document, value.id))
    if isinstance(value, RecordRef):
        return titled_name(value, names_of_records([value]).get(value))
    return label_of(field.reference, value)


def _state_of(definition: CardDefinition, row: Any) -> str:
    if isinstance(row, Licence):
        term_from = row.product.term_from
        return licence_status(row.state, term_from, row.activated, row.expires, today(), expiring_days())
    if isinstance(row, Reminder):
        return reminder_state(row, now())
    return str(row.__data__[definition.state]) if definition.state else ""


def tab_listing(kind: str, record_id: int, tab_id: str) -> Listing:
    """The list of a tab of a record's card."""
    return next(tab for tab in CARDS[kind].tabs if tab.id == tab_id).listing(record_id)


def fields_shown(
    definition: CardDefinition, actor: Actor, preset: Mapping[str, Any] | None = None
) -> tuple[Field, ...]:
    """The fields of a card that an operator may see, those that are never edited first where nothing else is said.

    ``preset`` is what is known of a new record: of what is never edited it shows the record that it is about.
    """
    shown, allowed = (
        tuple(field for field in fields if not field.permission or actor.may(field.permission))
        for fields in (definition.shown, definition.fields)
    )
    if preset is None:
        return _ordered(definition, (*shown, *allowed))
    about = (field for field in shown if field.kind == "record" and preset.get("about_kind"))
    return _ordered(definition, (*about, *allowed, *definition.new_fields))


def _ordered(definition: CardDefinition, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    places = {name: place for place, name in enumerate(definition.order)}
    return tuple(sorted(fields, key=lambda field: places.get(field.name, len(places))))


def label_of(kind: str, record_id: int) -> str:
    """The name of a record, for links."""
    registered = KINDS[kind]
    column = registered.table._meta.fields[registered.label]
    found = registered.table.select(column).where(registered.table.id == record_id).scalar()
    return str(found) if found else f"#{record_id}"


def record_named(kind: str, name: str) -> int:
    """The id of the record that ``#7`` or a number, code or name means.

    Case, spaces, hyphens and look-alike letters make no difference. Raises ``NotFound``, or ``RuleBroken`` where
    several records answer to it.
    """
    definition = CARDS[kind]
    if name.startswith("#") and name[1:].isdecimal() and name.isascii():
        return int(get(definition.table, int(name[1:])).id)
    found = _exactly(definition, name)
    if not found and kind in LOOKUPS:
        found = [
            row.id for row in find(name, kind, 20) if fold(name) in (fold(row.title), *map(fold, row.snippet.split()))
        ]
    if not found:
        raise NotFound(KINDS[kind].title, name)
    if len(found) > 1:
        raise RuleBroken(
            "number",
            _("Several records answer to “{name}”: {ids}.").format(
                name=name, ids=", ".join(f"#{i}" for i in found[:10])
            ),
            _("Name one by its id, as #{id}.").format(id=found[0]),
        )
    return found[0]


def _exactly(definition: CardDefinition, name: str) -> list[int]:
    for column in definition.numbers:
        query = definition.table.select(definition.table.id).where(column == name.strip()).limit(20)
        if found := [record_id for (record_id,) in tuples(query)]:
            return found
    return []


def candidates(
    kind: str, text: str, limit: int = 20, within: tuple[str, int] | None = None
) -> list[tuple[int, str, str]]:
    """What a reference of a kind can be picked from by typing: id, name, and a second line to tell them apart.

    ``within`` is a field with the value that it has to have: the contact persons of one client.
    """
    if within is not None:
        return _candidates_within(kind, text, limit, *within)
    if kind in LOOKUPS and text.strip():
        return [
            (row.id, row.title, " ".join(filter(None, (row.client, row.snippet)))) for row in find(text, kind, limit)
        ]
    registered = KINDS[kind]
    table = registered.table
    column = table._meta.fields[registered.label]
    query = table.select(table.id, column)
    if text.strip():
        folded = table._meta.fields.get("folded")
        variants = {text, text.lower(), text.capitalize()}
        matches = contains(folded, fold(text)) if folded else None
        for variant in variants if folded is None else ():
            matches = contains(column, variant) if matches is None else matches | contains(column, variant)
        query = query.where(matches)
    return [(i, str(name), f"#{i}") for i, name in tuples(query.order_by(column).limit(limit))]


def _candidates_within(kind: str, text: str, limit: int, field: str, value: int) -> list[tuple[int, str, str]]:
    registered = KINDS[kind]
    table = registered.table
    columns = table._meta.fields
    query = table.select(table.id, columns[registered.label]).where(columns[field] == value)
    if text.strip():
        query = query.where(named(table.id, kind, text))
    return [(i, str(name), f"#{i}") for i, name in tuples(query.order_by(columns[registered.label]).limit(limit))]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What the audit trail says of a record: when, who, which action, and the old values of what it changed."""

    change_id: int
    moment: Any
    operator: str
    action: str
    operation: str
    old_values: str


def history(kind: str, record_id: int, limit: int = 200) -> list[HistoryEntry]:
    """The changes of a record, newest first."""
    query = (
        AuditEntry.select(
            AuditEntry.change_id,
            AuditEntry.moment,
            AuditEntry.operator,
            AuditEntry.action,
            AuditEntry.operation,
            AuditEntry.old_values,
        )
        .where((AuditEntry.kind == kind) & (AuditEntry.record_id == record_id))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return [
        HistoryEntry(change_id, moment, operator, action, operation, old_values or "")
        for change_id, moment, operator, action, operation, old_values in tuples(query)
    ]
