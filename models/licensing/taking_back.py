"""Taking back what a posted document did to keys, licences, instances and codes: exactly that, from the audit trail.

A field that was changed since, or a record that others stand on, refuses it, naming the record; a note that was added
meanwhile stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from models import audit, undo
from models.audit import AuditEntry
from models.base import stored_values
from models.conditions import contains
from models.errors import RuleBroken
from models.keys.tables import KeyMovement
from models.kinds import KINDS
from models.language import _
from models.licensing.costs import sum_up
from models.licensing.forming import HANDING_OVER, instances_of, release
from models.licensing.pools import give_back_codes
from models.licensing.reservations import drop_picks
from models.licensing.tables import ItemInstance, Licence, VendorCode
from models.lookup import among
from models.sales.events import DocumentCancelled, DraftDropped, LinesDropped
from models.sales.families import lines_of
from models.sales.states import name_of
from models.sales.tables import Document, DocumentLine
from models.writing import Change, get, old_values_of

_KINDS = frozenset({"key", "key_movement", "licence", "licence_event", "instance", "vendor_code", "document_line"})
RECEIPT = "receipt"


def take_back(change: Change, event: DocumentCancelled) -> None:
    """A posted document was cancelled: keys, licences, instances and codes are again what they were before it."""
    if event.kind not in (*HANDING_OVER, RECEIPT):
        return
    document = get(Document, event.document)
    if document.corrects_id is not None:
        return
    if _posting_of(document.id) is None:
        _refuse_with_effects(document)
        return
    _refuse_later_licences(document)
    take_back_posting(change, document.id, _KINDS)
    sum_up(change, document, lines_of([document.id]))
    if event.kind in HANDING_OVER:
        _free(change, instances_of(document))


def drop_draft(change: Change, event: DraftDropped) -> None:
    """A draft was cancelled: its keys are free again, its instances wait for the next shipment."""
    if event.kind in HANDING_OVER:
        _free(change, instances_of(get(Document, event.document)))


def drop_lines(change: Change, event: LinesDropped) -> None:
    """Lines leave a draft: so do their instances. Refused where licences are entered that would be lost."""
    instances = list(ItemInstance.select().where(among(ItemInstance.shipment_line, list(event.lines))))
    drop_picks(change, instances)
    release(change, instances)


def _free(change: Change, instances: Sequence[ItemInstance]) -> None:
    drop_picks(change, instances)
    own = [one.id for one in instances if one.line_id == one.shipment_line_id]
    licences = Licence.select(Licence.id).where(among(Licence.instance, own))
    give_back_codes(change, licences=[licence.id for licence in licences])
    release(change, instances, with_licences=True)


def _refuse_later_licences(document: Document) -> None:
    """Licences that were entered after the posting stand on it."""
    change_id = _posting_of(document.id)
    posted = AuditEntry.select(AuditEntry.record_id).where(
        (AuditEntry.change_id == change_id) & (AuditEntry.kind == "licence")
    )
    ids = [one.id for one in instances_of(document)]
    later = Licence.select().where(among(Licence.instance, ids), Licence.id.not_in(posted), Licence.state != "reserved")
    found = later.order_by(Licence.id).first()
    if found is not None:
        raise RuleBroken(
            "state",
            _("Licence {number} was issued after the posting.").format(number=found.number),
            _("Undo that first."),
        )


def _refuse_with_effects(document: Document) -> None:
    """A document that came posted from elsewhere: what it handed over, or brought, is not written down anywhere."""
    lines = DocumentLine.select(DocumentLine.id).where(DocumentLine.document == document.id)
    about = (KeyMovement.about_kind == "document") & (KeyMovement.about_id == document.id)
    queries = (
        ItemInstance.select().where(ItemInstance.shipment_line.in_(lines)),
        VendorCode.select().where(VendorCode.receipt_line.in_(lines)),
        KeyMovement.select().where(about),
    )
    if any(query.exists() for query in queries):
        raise RuleBroken(
            "state",
            _("{document} came here posted: what was before it is not on record.").format(document=name_of(document)),
            _("Take its keys and licences back one by one, or correct it."),
        )


def _posting_of(document_id: int) -> int | None:
    """The change by which a document was posted; None where it came posted, from another program."""
    entries = AuditEntry.select(AuditEntry.change_id).where(
        (AuditEntry.kind == "document") & (AuditEntry.record_id == document_id),
        contains(AuditEntry.old_values, '"issued_at":'),
    )
    found = entries.order_by(AuditEntry.seq.desc()).limit(1).scalar()
    return None if found is None else int(found)


def take_back_posting(change: Change, document_id: int, kinds: Collection[str]) -> None:
    """Give every row of some kinds that the posting of a document wrote its values before it; new rows go.

    Raises ``RuleBroken`` naming what was changed since.
    """
    change_id = _posting_of(document_id)
    posted = AuditEntry.select().where((AuditEntry.change_id == change_id) & AuditEntry.kind.in_(sorted(kinds)))
    entries = list(posted.order_by(AuditEntry.seq.desc()))
    for kind in dict.fromkeys(entry.kind for entry in entries):
        of_kind = [entry for entry in entries if entry.kind == kind]
        _refuse_changed(kind, of_kind)
    for run in undo.runs(entries):
        undo.restore(change, run)


def _refuse_changed(kind: str, entries: Sequence[AuditEntry]) -> None:
    """Refuse where a field that the posting set has another value now, or a row that it made was changed."""
    ids = sorted({entry.record_id for entry in entries})
    last = max(entry.seq for entry in entries)
    later: dict[int, list[AuditEntry]] = {}
    since = AuditEntry.select().where(
        (AuditEntry.kind == kind) & among(AuditEntry.record_id, ids) & (AuditEntry.seq > last)
    )
    for entry in since.order_by(AuditEntry.seq):
        later.setdefault(entry.record_id, []).append(entry)
    table = KINDS[kind].table
    rows = {row.id: audit.plain_values(stored_values(row)) for row in table.select().where(among(table.id, ids))}
    for entry in entries:
        after = later.get(entry.record_id, [])
        if after and (entry.operation != audit.UPDATE or _differs(entry, after, rows.get(entry.record_id, {}))):
            raise _changed_since(kind, entry.record_id, after[-1].operator)


def _differs(entry: AuditEntry, later: Sequence[AuditEntry], now: Mapping[str, Any]) -> bool:
    for column in old_values_of(entry):
        first = next((old for one in later if column in (old := old_values_of(one))), None)
        if first is not None and first[column] != now.get(column):
            return True
    return False


def _changed_since(kind: str, record_id: int, operator: str) -> RuleBroken:
    record = KINDS[kind]
    row = record.table.get_or_none(record.table.id == record_id)
    label = (
        str(row.__data__.get(record.label) or f"#{record_id}") if row is not None and record.label else f"#{record_id}"
    )
    return RuleBroken(
        "state",
        _("{kind} {label} was changed since, by {operator}.").format(
            kind=_(record.title), label=label, operator=operator
        ),
        _("Take that back first."),
    )
