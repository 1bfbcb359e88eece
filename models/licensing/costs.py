"""What the lines of a posted document cost: as much as the keys from stock and the codes that they took had cost.

That holds for a line of which all of it is known, and that has no other cost than its product's. What somebody typed,
or what came along from an earlier document, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.keys.tables import ProtectionKey
from models.licensing.tables import ItemInstance, Licence, VendorCode
from models.lookup import among
from models.sales.families import lines_of
from models.sales.lines import cost_of, totals_of
from models.sales.tables import Document, DocumentLine
from models.writing import Change

_ONE = Decimal(1)
Cost = Decimal | None
"""What one piece cost in the base currency; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class _Stock:
    """What the keys that were handed over from stock had cost, and the codes, by the instance that took them."""

    keys: Mapping[int, Cost]
    codes: Mapping[int, Sequence[Cost]]

    @property
    def tells_nothing(self) -> bool:
        """Whether no cost is known of any of it."""
        known = (*self.keys.values(), *(cost for some in self.codes.values() for cost in some))
        return all(cost is None for cost in known)


def follow_costs(
    change: Change, document: Document, instances: Sequence[ItemInstance], from_stock: Collection[int]
) -> None:
    """Set the costs of a posted document's lines, and their sum, by what they took."""
    stock = _stock(instances, from_stock)
    if stock.tells_nothing:
        return
    lines = lines_of([document.id])
    costs = dict(_of_lines(instances, stock))
    changed: dict[int, dict[str, object]] = {}
    for line in lines:
        actual = _sum(costs.get(line.id, ()))
        if actual is not None and line.cost in (None, _usual(line)):
            line.cost = actual
            changed[line.id] = {"cost": DocumentLine._meta.fields["cost"].db_value(actual)}
    change.update_columns(DocumentLine, changed)
    sum_up(change, document, lines)


def sum_up(change: Change, document: Document, lines: Sequence[DocumentLine]) -> None:
    """Let the cost of a document be that of its lines."""
    change.update(document, {"cost": totals_of(document, lines)["cost"]})


def _sum(costs: Sequence[Cost]) -> Cost:
    """The sum; None where a piece is not known, or there is none."""
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(costs) else None


def _usual(line: DocumentLine) -> Cost:
    """What the line's product costs by the catalogue."""
    product: Product | None = line.product
    return None if product is None else cost_of(product, line.quantity)


def _stock(instances: Sequence[ItemInstance], from_stock: Collection[int]) -> _Stock:
    keys = ProtectionKey.select(ProtectionKey.id, ProtectionKey.cost).where(among(ProtectionKey.id, sorted(from_stock)))
    codes: dict[int, list[Cost]] = {}
    query = VendorCode.select(Licence.instance, VendorCode.cost).join(Licence)
    for instance, cost in tuples(query.where(among(Licence.instance, [one.id for one in instances]))):
        codes.setdefault(instance, []).append(cost)
    return _Stock(dict(tuples(keys)), codes)


def _of_lines(instances: Sequence[ItemInstance], stock: _Stock) -> Iterator[tuple[int, list[Cost]]]:
    """By line, what each piece that it took had cost; a key that several lines took is the first one's."""
    found: dict[int, list[Cost]] = {}
    counted: set[int] = set()
    for one in sorted(instances, key=lambda one: one.product.kind != "key"):
        pieces = found.setdefault(one.shipment_line_id or 0, [])
        is_key, key = one.product.kind == "key", one.key_id or 0
        if is_key or (key in stock.keys and key not in counted):
            pieces.append(stock.keys.get(key))
        if not is_key:
            pieces.extend(_codes_of(one, stock))
        counted.add(key)
    yield from found.items()


def _codes_of(instance: ItemInstance, stock: _Stock) -> Sequence[Cost]:
    codes = stock.codes.get(instance.id, ())
    return codes if len(codes) == (instance.quantity or _ONE) else (None,)
