"""What the window for numbers asks while they are typed: lines of receipts with their numbers, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.catalogue.tables import Product
from models.errors import RuleBroken
from models.licensing.blocks import Numbered
from models.licensing.document_instances import LICENSED
from models.licensing.entering import Checked
from models.licensing.pools import BadCode, CodesAdded, judged
from models.licensing.receipts import judged_as_received, received_numbers
from models.lookup import among
from models.sales.families import lines_of
from models.sales.tables import DocumentLine
from models.text import with_latin_letters
from models.writing import get


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A line of a receipt that brings keys or codes: of how many, and the numbers that are entered already."""

    id: int
    position: int
    product: str
    quantity: int
    of_keys: bool
    numbers: tuple[str, ...]


def receivable_lines(document_id: int) -> list[ReceivedLine]:
    """The lines of a receipt that bring keys or codes, in their order."""
    lines = [line for line in lines_of([document_id]) if line.product_id is not None]
    ids = sorted({line.product_id for line in lines if line.product_id is not None})
    products = {product.id: product for product in Product.select().where(among(Product.id, ids))}
    numbers = received_numbers([line.id for line in lines])
    return [
        ReceivedLine(
            line.id, line.position, product.name, int(line.quantity), product.kind == "key", tuple(numbers[line.id])
        )
        for line in lines
        for product in [products[line.product_id or 0]]
        if product.kind == "key" or product.kind in LICENSED
    ]  # fmt: skip


def check_received(line_id: int, numbers: Sequence[Numbered]) -> list[Checked]:
    """Which of some numbers cannot come with a line of a receipt, and why."""
    product = get(Product, get(DocumentLine, line_id).product_id or 0)
    return _checked(numbers, judged_as_received(product, [one.number for one in numbers])[1])


def check_codes(product_id: int, numbers: Sequence[Numbered]) -> list[Checked]:
    """Which of some codes cannot come into a product's pool, and why."""
    product = get(Product, product_id)
    return _checked(numbers, judged(product, [one.number for one in numbers])[1])


def all_taken(added: CodesAdded) -> int:
    """How many were taken; raises ``RuleBroken`` where one was refused that was good while it was typed."""
    for bad in added.refused:
        raise RuleBroken("numbers", f"{bad.code}: {bad.error.rule}", bad.error.remedy)
    return added.added


def _checked(numbers: Sequence[Numbered], refused: Sequence[BadCode]) -> list[Checked]:
    """Positions become lines: a line may hold several numbers."""
    problems = {bad.position: bad.error for bad in refused}
    return [
        Checked(one.line, one.number, problems.get(position), with_latin_letters(one.number))
        for position, one in enumerate(numbers, 1)
    ]
