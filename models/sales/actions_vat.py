"""A VAT code gets another rate from a day on."""

from __future__ import annotations

import datetime as dt

from models.catalogue.vocabulary import VAT_CODES
from models.company.permissions import ADMINISTER
from models.errors import RuleBroken
from models.language import _
from models.sales.tables import Document, DocumentLine, VatRate
from models.writing import Change, action

_DAY = dt.timedelta(days=1)


@action("change_vat_rate", ADMINISTER)
def change_vat_rate(change: Change, code: str, permille: int, valid_from: dt.date) -> int:
    """Let a code mean another rate, in thousandths, from a day on; the rate before it ends the day before.

    Refused for a day by which documents were issued at the old rate. Returns the id of the new rate.
    """
    if code not in VAT_CODES:
        raise RuleBroken(
            "vat_code", _("There is no VAT code “{code}”.").format(code=code), _("Choose one of the list.")
        )
    if not 0 <= permille < 1000:
        raise RuleBroken("rate", _("A rate is 0 to 99.9 %."))
    last = VatRate.select().where(VatRate.code == code).order_by(VatRate.valid_from.desc()).first()
    if last is not None and valid_from <= last.valid_from:
        raise RuleBroken(
            "valid_from",
            _("There is a rate from {day} on already.").format(day=last.valid_from.isoformat()),
            _("Choose a later day."),
        )
    _refuse_if_used(code, valid_from)
    if last is not None and (last.valid_to is None or last.valid_to >= valid_from):
        change.update(last, {"valid_to": valid_from - _DAY})
    kind = last.kind if last is not None else "taxed"
    title = f"{permille / 10:g} %"
    row = VatRate(code=code, title=title, rate=permille, kind=kind, valid_from=valid_from)
    return int(change.insert(row).id)


def _refuse_if_used(code: str, day: dt.date) -> None:
    query = (
        DocumentLine.select()
        .join(Document, on=(DocumentLine.document == Document.id))
        .where((DocumentLine.vat_code == code) & (Document.date >= day) & Document.issued_at.is_null(False))
    )
    if query.exists():
        raise RuleBroken(
            "valid_from",
            _("Documents of that day or later were issued at the rate that was valid."),
            _("Choose a later day."),
        )
