"""What comes with a receipt from a supplier: numbers typed on its lines become keys in stock, or codes in a pool."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.company.permissions import READ
from models.errors import RuleBroken
from models.keys.movements import Handing
from models.keys.receiving import KeyModel, known_keys, receive_keys
from models.kinds import RecordRef
from models.language import _, ngettext
from models.licensing.history import recorded_day
from models.licensing.pools import BadCode, CodesAdded, Origin, insert_codes, judged
from models.licensing.tables import ReceivedNumber
from models.lookup import among
from models.sales.amounts import rounded
from models.sales.events import DocumentIssued, DraftDropped, LinesDropped
from models.sales.families import lines_of
from models.sales.states import name_of, require_draft
from models.sales.tables import Document, DocumentLine
from models.text import clean, fold
from models.writing import Change, action, get

_R = ReceivedNumber


@action("set_received", READ)
def set_received(change: Change, line_id: int, numbers: Sequence[str], *, good_ones: bool = False) -> CodesAdded:
    """Set the numbers that came with a line of a draft receipt, as a whole; empty ones are passed over.

    Where any is bad, nothing changes and each bad one is named; with ``good_ones`` the others are kept.
    """
    line = get(DocumentLine, line_id)
    document = get(Document, line.document_id)
    require_draft(change, document)
    if document.kind != "receipt":
        raise RuleBroken("kind", _("Numbers come with receipts only."), _("Open the line of a receipt."))
    good, refused = judged_as_received(_product_of(line), numbers)
    if refused and not good_ones:
        return CodesAdded(0, tuple(refused))
    _refuse_too_many(line, len(good))
    wanted = {fold(number): number for number in good}
    there = {row.folded: row for row in _R.select().where(_R.line == line_id)}
    for folded, row in there.items():
        if folded not in wanted:
            change.delete(row)
        else:
            change.update(row, {"number": wanted[folded]})
    new = [(folded, number) for folded, number in wanted.items() if folded not in there]
    change.insert_values(
        ReceivedNumber, [{"line_id": line_id, "number": number, "folded": folded} for folded, number in new]
    )
    return CodesAdded(len(good), tuple(refused))


def received_numbers(lines: Collection[int]) -> dict[int, list[str]]:
    """The numbers that came with lines, by line, in the order in which they were entered."""
    found: dict[int, list[str]] = {line: [] for line in lines}
    query = _R.select(_R.line, _R.number).where(among(_R.line, list(lines))).order_by(_R.id)
    for line, number in tuples(query):
        found[line].append(number)
    return found


def _product_of(line: DocumentLine) -> Product:
    if line.product_id is None:
        raise RuleBroken(
            "product",
            _("“{line}” is no product of the catalogue.").format(line=line.description),
            _("Pick the product, then enter the numbers."),
        )
    return get(Product, line.product_id)


def _refuse_too_many(line: DocumentLine, count: int) -> None:
    if count > line.quantity:
        raise RuleBroken(
            "quantity",
            ngettext(
                "“{line}” has {number} number for a quantity of {quantity}.",
                "“{line}” has {number} numbers for a quantity of {quantity}.",
                count,
            ).format(line=line.description, number=count, quantity=f"{line.quantity.normalize():f}"),
            _("Correct the quantity, or leave numbers out."),
        )


def judged_as_received(product: Product, numbers: Sequence[str]) -> tuple[list[str], list[BadCode]]:
    """Which numbers may become keys or codes of a product, and which not."""
    if product.kind != "key":
        return judged(product, numbers)
    cleaned = [clean(number) for number in numbers]
    there = known_keys(_model_of(product), {fold(number) for number in cleaned if number})
    first_at: dict[str, int] = {}
    good: list[str] = []
    refused: list[BadCode] = []
    for position, number in enumerate(cleaned, 1):
        if not number:
            continue
        folded = fold(number)
        first = first_at.setdefault(folded, position)
        error = _bad_key(number, folded, there, first if first != position else None)
        if error is None:
            good.append(number)
        else:
            refused.append(BadCode(position, number, error))
    return good, refused


def _bad_key(number: str, folded: str, there: dict[str, str], first_at: int | None) -> RuleBroken | None:
    if not folded:
        return RuleBroken("number", _("“{number}” is no number.").format(number=number[:50]), _("Leave it out."))
    if folded in there:
        return RuleBroken(
            "number",
            _("There is a key {number} of this model already.").format(number=there[folded]),
            _("Leave it out, or correct it."),
        )
    if first_at is not None:
        return RuleBroken(
            "number",
            _("{code} stands at position {position} already.").format(code=number, position=first_at),
            _("Leave one of the two out."),
        )
    return None


def _model_of(product: Product, cost: Decimal | None = None) -> KeyModel:
    return KeyModel(product.vendor_id, product.name, cost)


def take_into_stock(change: Change, event: DocumentIssued) -> None:
    """A receipt was posted: its numbers become keys in stock and codes in their pools, each at its share of the cost.

    Raises ``RuleBroken`` for a number that there is already, or for more numbers than the line's quantity.
    """
    if event.kind != "receipt":
        return
    document = get(Document, event.document)
    lines = {line.id: line for line in lines_of([document.id])}
    about = RecordRef("document", document.id)
    handing = Handing(recorded_day(document.date), about, name_of(document))
    for line_id, numbers in received_numbers(lines).items():
        if numbers:
            _take_line(change, lines[line_id], numbers, handing)


def _take_line(change: Change, line: DocumentLine, numbers: Sequence[str], handing: Handing) -> None:
    product = _product_of(line)
    _refuse_too_many(line, len(numbers))
    good, refused = judged_as_received(product, numbers)
    if refused:
        raise refused[0].error
    cost = rounded(line.cost / line.quantity) if line.cost is not None else None
    if product.kind == "key":
        receive_keys(change, _model_of(product, cost), good, handing)
    else:
        insert_codes(change, product, good, Origin(handing.document, cost, None, line.id))


def drop_with_lines(change: Change, event: LinesDropped) -> None:
    """Lines of a draft go, and with them the numbers that were entered on them."""
    _drop(change, event.lines)


def drop_with_draft(change: Change, event: DraftDropped) -> None:
    """A draft was cancelled: the numbers that were entered on its lines never came."""
    if event.kind == "receipt":
        _drop(change, [line.id for line in lines_of([event.document])])


def _drop(change: Change, lines: Collection[int]) -> None:
    for row in _R.select().where(among(_R.line, list(lines))):
        change.delete(row)
