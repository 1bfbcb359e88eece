"""What of sales may be taken back: not what gave out a number that has to be gapless, nor what others took since."""

from __future__ import annotations

from collections.abc import Sequence

from models.audit import AuditEntry
from models.errors import RuleBroken
from models.language import _
from models.lookup import among
from models.sales.families import family_of, lines_of
from models.sales.payments import paid_by
from models.sales.states import name_of
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from models.writing import old_values_of

NUMBERING_ACTIONS = ("issue_document", "record_payment")


def refuse_to_free_numbers(entries: Sequence[AuditEntry]) -> str | None:
    """Why the undo of an issue is refused: the number would be free again, and it may be printed already."""
    gapless = [kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.numbering == "gapless"]
    ids = [
        entry.record_id
        for entry in entries
        if entry.kind == "document" and (entry.old_values is None or "serial" in old_values_of(entry))
    ]
    numbered = Document.select().where(
        among(Document.id, ids), Document.kind.in_(gapless), Document.serial.is_null(False)
    )
    found = numbered.order_by(Document.id).first()
    if found is None:
        return None
    return _("{document} has its number, which is never given twice: cancel it with a reason.").format(
        document=name_of(found)
    )


def keep_rules(document: Document) -> None:
    """Hold a document that an undo restored against what was made and paid since."""
    if document.state not in LIVE_STATES:
        return
    lines = [line.id for line in lines_of([document.id])]
    family = family_of(lines)
    for line in lines:
        for above in family.upwards(line):
            if above.limits(document.kind) and family.taken(above.id, document.kind) > above.quantity:
                raise RuleBroken(
                    "quantity",
                    _("More was made from the basis of {document} since.").format(document=name_of(document)),
                    _("Cancel that first."),
                )
    if paid_by(document) != document.settled:
        raise RuleBroken("settled", _("{document} was paid otherwise since.").format(document=name_of(document)))
