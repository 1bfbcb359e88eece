"""What ``check`` asks of sales: totals, numbers without gaps, settlements, stages, unmet demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, fn

from models.audit import Problem
from models.base import summed, tuples
from models.company.tables import NumberSequence
from models.language import _
from models.sales.states import name_of, written_number
from models.sales.tables import Deal, Document, DocumentLine, PaymentAllocation, Stage, UnmetDemand
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.writing import get

_AT_MOST = 10
_D, _L = Document, DocumentLine


def totals() -> Iterator[Problem]:
    """A document's totals are the sums of its lines, optional ones left out."""
    counted = _L.select(
        _L.document, fn.SUM(_L.net).alias("net"), fn.SUM(_L.vat).alias("vat"), fn.SUM(_L.gross).alias("gross")
    )
    sums = counted.where(~_L.optional).group_by(_L.document).alias("sums")
    with_lines = [kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.has_lines]
    query = (
        _D.select(_D.id)
        .join(sums, JOIN.LEFT_OUTER, on=(sums.c.document_id == _D.id))
        .where(
            _D.kind.in_(with_lines),
            (_D.net != fn.COALESCE(sums.c.net, 0))
            | (_D.vat != fn.COALESCE(sums.c.vat, 0))
            | (_D.gross != fn.COALESCE(sums.c.gross, 0)),
        )
    )
    for (document,) in tuples(query.order_by(_D.id).limit(_AT_MOST)):
        message = _("The totals of {document} are not the sums of its lines.")
        yield _problem("totals", document, message)


def _problem(code: str, document: int, message: str) -> Problem:
    return Problem(code, f"document #{document}", message.format(document=name_of(get(Document, document))))


def numbers() -> Iterator[Problem]:
    """Numbers of the kinds that have to be gapless run from 1 to the last one given, each once."""
    gapless = [kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.numbering == "gapless"]
    last = {
        (kind, company, year): given
        for kind, company, year, given in tuples(
            NumberSequence.select(
                NumberSequence.kind, NumberSequence.company, NumberSequence.year, NumberSequence.last
            ).where(NumberSequence.kind.in_(gapless))
        )
    }
    for (kind, company, year), given in sorted(last.items(), key=str):
        of_sequence = (_D.kind == kind) & (_D.company == company) & (_D.year == year) & _D.serial.is_null(False)
        found = [serial for (serial,) in tuples(_D.select(_D.serial).where(of_sequence).order_by(_D.serial))]
        if found == list(range(1, given + 1)):
            continue
        missing = sorted(set(range(1, given + 1)) - set(found))
        wrong = missing or sorted({serial for serial in found if found.count(serial) > 1 or serial > given})
        message = _("{kind}: the number {number} is missing, given twice or beyond the last one.")
        for serial in wrong[:_AT_MOST]:
            number = written_number(year, serial)
            text = message.format(kind=_(KINDS_OF_DOCUMENT[kind].titles), number=number)
            yield Problem("gap", f"{kind} {number}", text)


def settlements() -> Iterator[Problem]:
    """What a document says that is settled is what the allocations say, and never more than its amount."""
    for link in (PaymentAllocation.payment, PaymentAllocation.invoice):
        settling = [kind.name for kind in KINDS_OF_DOCUMENT.values() if kind.settles]
        own = _D.kind.in_(settling) if link is PaymentAllocation.payment else _D.kind.not_in(settling)
        sums = _allocated(link)
        query = _D.select(_D.id).join(sums, JOIN.LEFT_OUTER, on=(sums.c.document == _D.id))
        unequal = (_D.settled != fn.COALESCE(sums.c.amount, 0)) | (_D.settled > _D.gross) & (_D.settled != 0)
        for (document,) in tuples(query.where(own, unequal).order_by(_D.id).limit(_AT_MOST)):
            message = _("What is settled of {document} is not what its payments say.")
            yield _problem("settled", document, message)


def _allocated(link: Any) -> Any:
    amount = fn.SUM(PaymentAllocation.amount).alias("amount")
    return PaymentAllocation.select(link.alias("document"), amount).group_by(link).alias("sums")


def stages() -> Iterator[Problem]:
    """The state of a deal is the kind of its stage."""
    query = Deal.select(Deal.id, Deal.number).join(Stage, on=(Deal.stage == Stage.id)).where(Deal.state != Stage.kind)
    for deal, number in tuples(query.order_by(Deal.id).limit(_AT_MOST)):
        yield Problem("stage", f"deal #{deal}", _("Deal {number} is in a stage of another kind.").format(number=number))


def unmet_demand() -> Iterator[Problem]:
    """No more of a line is unmet than was quoted."""
    unmet = summed(UnmetDemand.quantity)
    query = (
        UnmetDemand.select(UnmetDemand.quote, _L.description)
        .join(_L, on=(UnmetDemand.quote_line == _L.id))
        .where(UnmetDemand.state != "withdrawn")
        .group_by(UnmetDemand.quote_line, UnmetDemand.quote, _L.description, _L.quantity)
        .having(unmet > _L.quantity)
    )
    for quote, description in tuples(query.limit(_AT_MOST)):
        message = _("Of “{line}” more is recorded as unmet than {document} has.").format(
            line=description, document=name_of(get(Document, quote))
        )
        yield Problem("unmet", f"document #{quote}", message)
