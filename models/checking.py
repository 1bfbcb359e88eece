"""Checking a database: each check is a function that yields problems; the table at the end names them all.

A check reads only. What damage keeps a check from reading is itself a problem, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import peewee
from peewee import Case, fn

from models import audit
from models.audit import AuditEntry, Problem
from models.base import Record, database, tuples
from models.catalogue.tables import Product
from models.company.tables import NumberSequence, Operator
from models.database import cause_of, is_sqlite
from models.files.registry import problems_of_contents
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES, OURS
from models.kinds import KINDS, kind_of, kinds_about
from models.language import N_, _, ngettext
from models.licensing import checks as licensing
from models.licensing.numbering import instance_number
from models.licensing.tables import ItemInstance, Licence
from models.lookup import LOOKUPS
from models.mail.checks import problems_of_messages
from models.sales import checks as sales
from models.search.indexing import SOURCES
from models.text import fold

_NAMED_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """The end of the audit trail as it was once written down, and where that stands."""

    seq: int
    hash: str
    place: str


Find = Callable[[Sequence[WrittenHead]], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, its title (an English msgid), and what finds the problems."""

    name: str
    title: str
    find: Find


def problems_of(check: Check, heads: Sequence[WrittenHead] = ()) -> list[Problem]:
    """What a check finds in the open database; ``heads`` are the ends of the trail that were written down before."""
    found: list[Problem] = []
    try:
        found.extend(check.find(heads))
    except peewee.DatabaseError as error:
        message = _("The check “{check}” could not be finished: {reason}.")
        found.append(Problem("unreadable", check.name, message.format(check=_(check.title), reason=cause_of(error))))
    return found


def _damaged_pages(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    if is_sqlite(database):
        for (line,) in database.execute_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield Problem("pages", "database", _("The file is damaged: {reason}.").format(reason=line))
        return
    query = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"
    for (name,) in database.execute_sql(query):
        yield Problem("pages", name, _("The index {name} is not valid; rebuild it: REINDEX.").format(name=name))


def _broken_references(heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    yield from _broken_foreign_keys(heads)
    for kind in kinds_about():
        fields = kind.table._meta.fields
        yield from _about_nothing(kind.table, fields["about_kind"], fields["about_id"])


def _about_nothing(table: type[Record], about_kind: Any, about_id: Any) -> Iterator[Problem]:
    """Rows about a record, of whatever kind, that is not there."""
    for (name,) in list(tuples(table.select(about_kind).where(about_kind != "").distinct())):
        gone = about_kind == name
        if name in KINDS:
            target = KINDS[name].table
            gone = gone & about_id.not_in(target.select(target.id))
        for (row,) in tuples(table.select(table.id).where(gone)):
            yield _dangling(f"{kind_of(table)} #{row}", name)


def _broken_foreign_keys(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    if is_sqlite(database):
        for table, row, parent, _number in database.execute_sql("PRAGMA foreign_key_check"):
            yield _dangling(f"{table} #{row}", parent)
        return
    for kind in KINDS.values():
        for link in kind.table._meta.refs:
            target = link.rel_model.alias()
            query = (
                kind.table.select(kind.table.id)
                .join(target, peewee.JOIN.LEFT_OUTER, on=(link == target.id))
                .where(link.is_null(False) & target.id.is_null())
            )
            for (row,) in tuples(query):
                yield _dangling(f"{kind.table._meta.table_name} #{row}", link.rel_model._meta.table_name)


def _dangling(place: str, parent: str) -> Problem:
    return Problem("link", place, _("It refers to a row of {table} that is not there.").format(table=parent))


def _broken_trail(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    return audit.broken_links()


def _rows_against_trail(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    return audit.rows_changed_behind()


def _trail_against_heads(heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    """A trail that was cut at its end, or replaced by another, is whole in itself: only what was noted tells."""
    for head in heads:
        if head.seq == 0:
            continue
        hash_now = AuditEntry.select(AuditEntry.hash).where(AuditEntry.seq == head.seq).scalar()
        if hash_now != head.hash:
            message = _("The audit trail is not the one that was written down in {place}: it was cut off or replaced.")
            yield Problem("audit-head", f"audit {head.seq}", message.format(place=head.place))


def _look_up_tables(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    for kind, source in SOURCES.items():
        lookup = LOOKUPS[kind]
        wanted = {row for (row,) in tuples(source.table.select(source.table.id))}
        there = {row for (row,) in tuples(lookup.select(lookup.rowid))}
        for row in sorted(wanted - there)[:_NAMED_AT_MOST]:
            yield Problem("look-up", f"{kind} #{row}", _("It cannot be found: the look-up table does not have it."))
        for row in sorted(there - wanted)[:_NAMED_AT_MOST]:
            yield Problem("look-up", f"{kind} #{row}", _("The look-up table has it, but there is no such record."))


def _folded_numbers(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    for table in (ProtectionKey, Licence):
        query = table.select(table.id, table.number, table.number_folded)
        for row, number, folded in query.tuples().iterator():
            if fold(number) != folded:
                message = _("Its number {number} is looked up as “{folded}”.").format(number=number, folded=folded)
                yield Problem("number", _place(table, row), message)


def _licence_numbers(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    """A number is given once within its vendor, or within its product where the policy says so."""
    by_product = (Product.number_unique_per == "product") | Product.vendor.is_null()
    scope = Case(None, ((by_product, Licence.product),), Product.vendor * -1)
    query = (
        Licence.select(fn.MIN(Licence.id), fn.MAX(Licence.id), fn.MIN(Licence.number))
        .join(Product)
        .group_by(Licence.number_folded, scope)
        .having(fn.COUNT(Licence.id) > 1)
        .limit(_NAMED_AT_MOST)
    )
    for first, last, number in tuples(query):
        message = _("Number {number} is licence #{other} as well.").format(number=number, other=last)
        yield Problem("number", f"licence #{first}", message)


_NUMBERED: dict[str, tuple[Any, Callable[[int], str]]] = {"instance": (ItemInstance.number, instance_number)}


def _gaps_in_numbers(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    for kind, (column, written) in _NUMBERED.items():
        last = NumberSequence.select(NumberSequence.last).where(NumberSequence.kind == kind).scalar() or 0
        given = {number for (number,) in tuples(column.model.select(column))}
        missing = [number for number in map(written, range(1, last + 1)) if number not in given]
        for number in missing[:_NAMED_AT_MOST]:
            yield Problem("gap", f"{kind} {number}", _("The number {number} is missing.").format(number=number))
        if (more := len(missing) - _NAMED_AT_MOST) > 0:
            message = ngettext("{number} more number is missing.", "{number} more numbers are missing.", more)
            yield Problem("gap", kind, message.format(number=more))


def _key_owners(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    states = {"with": tuple(OURS), "without": ("issued", "lent")}
    wrong = (ProtectionKey.state.in_(states["with"]) & ProtectionKey.owner.is_null(False)) | (
        ProtectionKey.state.in_(states["without"]) & ProtectionKey.owner.is_null()
    )
    for row, state in tuples(ProtectionKey.select(ProtectionKey.id, ProtectionKey.state).where(wrong)):
        message = _("State “{state}” and owner do not go together.").format(state=_(KEY_STATES.get(state, state)))
        yield Problem("owner", f"key #{row}", message)


def _directors(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    active = Operator.select().where(Operator.active)
    if not any("director" in operator.role_set for operator in active):
        yield Problem("operators", "operators", _("There is no active director: nobody may add operators."))


def _contents(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    return problems_of_contents()


def _messages(_heads: Sequence[WrittenHead]) -> Iterator[Problem]:
    return problems_of_messages()


def _place(table: type[Record], row: int) -> str:
    return f"{kind_of(table)} #{row}"


CHECKS: tuple[Check, ...] = (
    Check("pages", N_("pages and indexes"), _damaged_pages),
    Check("links", N_("references between rows"), _broken_references),
    Check("trail", N_("the audit trail's chain"), _broken_trail),
    Check("heads", N_("the audit trail against what was written down"), _trail_against_heads),
    Check("rows", N_("rows against the audit trail"), _rows_against_trail),
    Check("look-up", N_("look-up tables"), _look_up_tables),
    Check("folded", N_("numbers as they are looked up"), _folded_numbers),
    Check("licences", N_("licence numbers given once"), _licence_numbers),
    Check("gaps", N_("gaps in numbering"), _gaps_in_numbers),
    Check("totals", N_("totals of documents"), lambda _heads: sales.totals()),
    Check("numbers", N_("numbers of documents"), lambda _heads: sales.numbers()),
    Check("settlements", N_("what payments settle"), lambda _heads: sales.settlements()),
    Check("stages", N_("stages of deals"), lambda _heads: sales.stages()),
    Check("unmet", N_("unmet demand"), lambda _heads: sales.unmet_demand()),
    Check("owners", N_("owners of protection keys"), _key_owners),
    Check("movements", N_("movements of protection keys"), lambda _heads: licensing.movements()),
    Check("whereabouts", N_("keys against their last movements"), lambda _heads: licensing.owners()),
    Check("lives", N_("licences against their events"), lambda _heads: licensing.lives()),
    Check("codes", N_("vendor codes and their licences"), lambda _heads: licensing.codes()),
    Check("directors", N_("an active director"), _directors),
    Check("contents", N_("contents of files and messages"), _contents),
    Check("mail", N_("texts and words of messages"), _messages),
)
