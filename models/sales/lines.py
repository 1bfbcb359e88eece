"""Lines as they are entered, and as they are stored: defaults from the product, amounts from the side entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.base import stored_values, tuples
from models.catalogue.tables import Product
from models.company.regimes import regime_on
from models.company.settings import setting
from models.errors import NotFound, RuleBroken
from models.fields import checked
from models.kinds import KINDS
from models.language import _
from models.lookup import among
from models.sales.amounts import Amounts, entered_amount, in_base, line_amounts, rounded, total
from models.sales.fields import LINE_FIELDS
from models.sales.tables import Document, DocumentLine
from models.sales.vat import Rate, code_in_regime, rate_on, usual_code
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.writing import Change

_TAKEN_OVER = ("basis_line", "revises", "substitutes", "amount")
"""What conversions set of a line beside the fields that an operator enters."""
_ONE, _NONE = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a document its lines' amounts depend on."""

    document: int
    rate: Decimal
    vat_day: dt.date
    prices_include_vat: bool
    currency: str
    tax_regime: str
    campaign: int | None
    corrects: bool
    bought: bool
    rates: Sequence[Rate]

    @classmethod
    def of(cls, document: Document, rates: Sequence[Rate]) -> Terms:
        """The terms of a document; a correction keeps the rates of the day of what it corrects."""
        day = document.corrects.date if document.corrects_id else document.date
        return cls(
            document.id, document.rate, day, document.prices_include_vat, document.currency,
            regime_on(document.company_id, day), document.campaign_id, document.corrects_id is not None,
            KINDS_OF_DOCUMENT[document.kind].side == "purchase", rates,
        )  # fmt: skip


def entered_lines(terms: Terms, entered: Sequence[Mapping[str, Any]]) -> list[DocumentLine]:
    """The lines, not stored yet, of what was entered, completed by the products. Raises ``RuleBroken``."""
    ids = {values["product"] for values in entered if values.get("product")}
    products = {product.id: product for product in Product.select().where(among(Product.id, sorted(ids)))}
    return [_entered_line(terms, values, position, products) for position, values in enumerate(entered, 1)]


def _entered_line(
    terms: Terms, values: Mapping[str, Any], position: int, products: Mapping[int, Product]
) -> DocumentLine:  # fmt: skip
    extra = {name: values[name] for name in _TAKEN_OVER if name in values}
    own = {name: value for name, value in values.items() if name not in (*_TAKEN_OVER, "id")}
    cleaned = {name: value for name, value in checked(LINE_FIELDS, own).items() if value is not None}
    filled = _with_defaults(terms, cleaned, products)
    _check(terms, filled, position)
    cost = filled.pop("cost", None)
    line = DocumentLine(document=terms.document, position=position, cost=cost, **filled, **extra)
    return computed(terms, line)


def _with_defaults(terms: Terms, cleaned: dict[str, Any], products: Mapping[int, Product]) -> dict[str, Any]:
    product = products.get(cleaned.get("product", 0))
    if product is None and "product" in cleaned:
        raise NotFound(KINDS["product"].title, f"#{cleaned['product']}")
    filled: dict[str, Any] = {
        "product": None, "end_user": None, "campaign": terms.campaign, "optional": False, "unit": "шт",
        "quantity": _ONE, "price_includes_vat": terms.prices_include_vat, "discount": _NONE,
        "vat_code": usual_code("standard", terms.tax_regime),
    }  # fmt: skip
    if product is not None:
        filled |= {
            "description": product.name,
            "unit": product.unit,
            "vat_code": usual_code(product.vat_code, terms.tax_regime),
        }
        if (price := price_in(terms, product)) is not None:
            filled["price"] = price
        filled["cost"] = cost_of(product, cleaned.get("quantity", _ONE))
    return filled | {name: value for name, value in cleaned.items() if value != "" or name == "description"}


def price_in(terms: Terms, product: Product) -> Decimal | None:
    """The product's price in the document's currency; None where it is in a third one."""
    price: Decimal | None = product.price
    if price is None or product.currency == terms.currency:
        return price
    return rounded(price / terms.rate) if product.currency == setting("base_currency") and terms.rate else None


def cost_of(product: Product, quantity: Decimal) -> Decimal | None:
    """What so much of a product costs by the catalogue, in the base currency; None where that does not say."""
    if product.cost is None or product.currency != setting("base_currency"):
        return None
    return rounded(product.cost * quantity)


def codes_in_regime(lines: Sequence[tuple[int | None, str]], before: str, after: str) -> list[str]:
    """The VAT codes of lines, each given by its product and its code, when the tax regime is another than it was."""
    if before == after:
        return [code for _product, code in lines]
    ids = {product for product, _code in lines if product is not None}
    usual = dict(tuples(Product.select(Product.id, Product.vat_code).where(among(Product.id, sorted(ids)))))
    return [code_in_regime(code, usual.get(product, "standard"), before, after) for product, code in lines]


def _check(terms: Terms, line: Mapping[str, Any], position: int) -> None:
    if not line.get("product") and not line.get("description"):
        raise RuleBroken(
            "product", _("Line {number} has neither product nor description.").format(number=position),
            _("Pick a product or write what it is."),
        )  # fmt: skip
    if "price" not in line:
        raise RuleBroken("price", _("Line {number} has no price.").format(number=position), _("Give one."))
    if line["price"] < 0:
        raise RuleBroken("price", _("The price of line {number} is negative.").format(number=position))
    if line["quantity"] == 0 or (line["quantity"] < 0 and not terms.corrects):
        raise RuleBroken(
            "quantity", _("The quantity of line {number} is not greater than 0.").format(number=position),
            _("Give one, or take the line out."),
        )  # fmt: skip


def computed(terms: Terms, line: DocumentLine) -> DocumentLine:
    """The line with its amounts computed on the terms of its document."""
    rate = rate_on(terms.rates, line.vat_code, terms.vat_day)
    entered = line.amount
    if entered is None:
        entered = entered_amount(line.quantity, line.price, line.discount)
    amounts = line_amounts(entered, line.price_includes_vat, rate.permille)
    line.vat_rate = rate.permille
    line.net, line.vat, line.gross = amounts.net, amounts.vat, amounts.gross
    line.net_base = in_base(amounts.net, terms.rate)
    if terms.bought:
        line.cost = line.net_base
    return line


def totals_of(document: Document, lines: Sequence[DocumentLine]) -> dict[str, Decimal]:
    """The totals of a document's header; optional lines are offered, not counted."""
    counted = [line for line in lines if not line.optional]
    whole = total(Amounts(line.net, line.vat, line.gross) for line in counted)
    return {
        "net": whole.net,
        "vat": whole.vat,
        "gross": whole.gross,
        "net_base": sum((line.net_base for line in counted), _NONE),
        "gross_base": in_base(whole.gross, document.rate),
        "cost": sum((line.cost for line in counted if line.cost is not None), _NONE),
    }


def store_lines(change: Change, document: Document, lines: Sequence[DocumentLine]) -> None:
    """Write all lines of a new document, and its totals."""
    insert_lines(change, lines)
    change.update(document, totals_of(document, lines))


def insert_lines(change: Change, lines: Sequence[DocumentLine]) -> None:
    """Write new lines; each carries its id afterwards."""
    ids = change.insert_values(DocumentLine, [stored_values(line) for line in lines])
    for line, line_id in zip(lines, ids, strict=True):
        line.id = line_id
