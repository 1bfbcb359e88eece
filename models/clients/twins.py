"""Two records of one company beside each other: which fields differ, what hangs on them, what would be there twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import ForeignKeyField, fn

from models.about import all_kinds
from models.base import Record
from models.clients.actions import client_values
from models.clients.fields import CLIENT_FIELDS
from models.clients.tables import Address, BankAccount, Client, ClientTag, Phone
from models.fields import Field
from models.kinds import KINDS, RecordKind, kind_of, kinds_about
from models.text import fold
from models.writing import get

SURVIVOR, OTHER = "survivor", "other"
KIND = "client"
_ADDED_UP = frozenset({"status", "archived", "is_supplier", "note", "phones", "emails", "tags", "bank_accounts"})
"""What both records have counts for the one that stays: nobody has to choose."""
_FOLLOWS = {
    "kpp": "inn", "ogrn": "inn", "signatory_position": "signatory", "signatory_basis": "signatory",
    "foreign_tax_id": "country",
}  # fmt: skip
"""Where two records have different values of a field, what belongs to it comes from the same record."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two clients as they are; ``versions`` are those of the survivor and of the other."""

    survivor_id: int
    other_id: int
    versions: tuple[int, int]
    survivor: Mapping[str, Any]
    other: Mapping[str, Any]
    moves: tuple[tuple[str, int], ...] = ()
    """By the title of their kind (a msgid): how many records go over from the other."""

    def contested(self) -> tuple[Field, ...]:
        """The fields of which both have a value, another one: somebody chooses."""
        return tuple(field for field in _single_fields() if self._differs(field.name) and not self._leader(field.name))

    def filled(self) -> tuple[Field, ...]:
        """The fields that only the other has a value of: the survivor gets it."""
        return tuple(
            field
            for field in _single_fields()
            if not self._leader(field.name)
            and self.survivor[field.name] in _EMPTY
            and self.other[field.name] not in _EMPTY
        )

    def _differs(self, name: str) -> bool:
        mine, theirs = self.survivor[name], self.other[name]
        return mine not in _EMPTY and theirs not in _EMPTY and mine != theirs

    def _leader(self, name: str) -> str:
        """The contested field that this one follows; empty where there is none."""
        leader = _FOLLOWS.get(name, "")
        return leader if leader and self._differs(leader) else ""

    def united(self, choices: Mapping[str, str]) -> dict[str, Any]:
        """The survivor's single values after the merge; by field, ``choices`` may say whose value stays."""
        found: dict[str, Any] = {}
        for field in _single_fields():
            name = field.name
            leader = self._leader(name)
            own = self.survivor if choices.get(leader or name, SURVIVOR) == SURVIVOR else self.other
            if not leader and not self._differs(name):
                own = self.other if self.survivor[name] in _EMPTY else self.survivor
            found[name] = own[name]
        return found | {
            "status": "client" if "client" in (self.survivor["status"], self.other["status"]) else "candidate",
            "is_supplier": self.survivor["is_supplier"] or self.other["is_supplier"],
            "archived": self.survivor["archived"] and self.other["archived"],
            "note": _both_notes(self.survivor["note"], self.other["note"]),
        }


_EMPTY: tuple[Any, ...] = (None, "", ())


def _single_fields() -> Iterator[Field]:
    return (field for field in CLIENT_FIELDS if field.name not in _ADDED_UP)


def _both_notes(mine: str, theirs: str) -> str:
    return mine if theirs in mine else theirs if mine in theirs else f"{mine}\n{theirs}"


def read_twins(survivor_id: int, other_id: int) -> Twins:
    """Two clients to be compared. Raises ``NotFound``."""
    survivor, other = get(Client, survivor_id), get(Client, other_id)
    moves = tuple((KINDS[kind].title, count) for kind, count in _counts(other_id))
    versions = (survivor.version, other.version)
    return Twins(survivor_id, other_id, versions, client_values(survivor), client_values(other), moves)


def links() -> list[tuple[type[Record], list[ForeignKeyField]]]:
    """The tables whose rows point to clients, each with the columns that do, whichever area they belong to."""
    all_kinds()
    found: dict[type[Record], list[ForeignKeyField]] = {}
    for link, table in Client._meta.backrefs.items():
        found.setdefault(table, []).append(link)
    return sorted(found.items(), key=lambda one: kind_of(one[0]))


def about(kind: RecordKind, client_id: int) -> Any:
    """The condition that rows of a kind are about a client."""
    fields = kind.table._meta.fields
    return (fields["about_kind"] == KIND) & (fields["about_id"] == client_id)


def _counts(client_id: int) -> Iterator[tuple[str, int]]:
    """How many rows of each kind hang on a client."""
    conditions: dict[str, Any] = {}
    for table, columns in links():
        for column in columns:
            known = conditions.get(kind_of(table))
            conditions[kind_of(table)] = (column == client_id) if known is None else known | (column == client_id)
    for kind in kinds_about():
        known = conditions.get(kind.name)
        conditions[kind.name] = about(kind, client_id) if known is None else known | about(kind, client_id)
    for name, condition in conditions.items():
        table = KINDS[name].table
        count = table.select(fn.COUNT(table.id)).where(condition).scalar() or 0
        if count:
            yield name, int(count)


_SAME: Mapping[type[Record], Callable[[Any], Hashable]] = {
    Phone: lambda row: (row.person_id, row.digits),
    ClientTag: lambda row: fold(row.tag),
    BankAccount: lambda row: row.account,
    Address: lambda row: (row.kind, fold(row.text)),
}
"""What of a client's parts is the same whichever of two records has it."""


def doubles(table: type[Record], columns: list[ForeignKeyField], survivor_id: int, other_id: int) -> list[Any]:
    """The rows of the other that the survivor has already: the same part, or one that a unique index would refuse."""
    found: dict[int, Any] = {}
    for column in columns:
        for key in _keys(table, column):
            mine = {key(row) for row in table.select().where(column == survivor_id)}
            theirs = table.select().where(column == other_id) if mine else ()
            found.update((row.id, row) for row in theirs if key(row) in mine)
    return list(found.values())


def _keys(table: type[Record], column: ForeignKeyField) -> Iterator[Callable[[Any], Hashable]]:
    if table in _SAME:
        yield _SAME[table]
    for names, unique in table._meta.indexes:
        if unique and column.name in names:
            rest = [name for name in names if name != column.name]
            yield lambda row, rest=rest: tuple(row.__data__[name] for name in rest)  # type: ignore[misc]
