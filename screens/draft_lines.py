"""The lines of a draft as they are being typed: added, changed, moved, pasted; no widgets in here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.cards.reading import record_named
from models.errors import NotFound, RuleBroken
from models.fields import Field, check_all
from models.language import _
from models.sales.amounts import Amounts
from models.sales.document_queries import LineShown, Offer, offer_of
from models.sales.fields import LINE_FIELDS
from screens.kit.form_entries import Entry, entry_of, read_entry, value_text

FIELDS: Mapping[str, Field] = {line_field.name: line_field for line_field in LINE_FIELDS}
_KEPT = (
    "id", "product", "description", "quantity", "unit", "price", "price_includes_vat", "discount", "vat_code",
    "optional", "end_user", "campaign", "substitutes",
)  # fmt: skip
DETAILS = ("end_user", "campaign", "cost")
"""What of a line has no column."""
_PASTED = ("description", "quantity", "price", "discount")
"""What the cells of a pasted row are, from the left."""


_MAY_BE_TAKEN_AWAY = frozenset({"product", "end_user", "campaign"})
"""What is told to be nothing where it is: else it would stay as it is stored."""


@dataclass(eq=False)
class DraftLine:
    """One line: its values by field, the amounts as last computed (None: not yet).

    The cost is among the values only where the operator typed it: a line has its product's own otherwise.
    """

    values: dict[str, Any] = field(default_factory=dict)
    amounts: Amounts | None = None
    typed: set[str] = field(default_factory=set)
    """The fields that the operator filled in himself: an offer does not change them."""
    names: dict[str, str] = field(default_factory=dict)
    """What the records that its references point to are called."""
    stored_cost: Decimal | None = None

    def entry(self, name: str) -> Entry:
        """How a value stands in its cell."""
        if name == "product":
            return Entry(self.values.get("description", ""), self.values.get("product"))
        return entry_of(FIELDS[name], self.value(name), self.names.get(name, ""))

    def value(self, name: str) -> Any:
        """A value, be it typed or stored."""
        return self.values.get("cost", self.stored_cost) if name == "cost" else self.values.get(name)

    def text(self, name: str) -> str:
        """How a value is read."""
        if name == "optional":
            return _("opt.") if self.values.get("optional") else ""
        return value_text(FIELDS[name], self.value(name), self.names.get(name, ""))

    def put(self, name: str, entry: Entry) -> None:
        """Take what was typed into a cell; raises ``RuleBroken`` where it is no value of the field."""
        value = read_entry(FIELDS[name], entry)
        _cleaned, broken = check_all((FIELDS[name],), {name: value})
        if broken:
            raise broken[0]
        self.values[name] = value
        self.typed.add(name)
        if FIELDS[name].kind == "reference":
            self.names[name] = entry.text
        if name == "product":
            self.values["description"] = entry.text
            self.typed.discard("description")

    def offered(self, offer: Offer) -> None:
        """Fill in what a product is usually offered at, where nothing was typed."""
        usual = {
            "description": offer.description, "unit": offer.unit, "vat_code": offer.vat_code,
            "discount": offer.discount, "price": offer.price,
        }  # fmt: skip
        self.values |= {name: value for name, value in usual.items() if name not in self.typed and value is not None}

    def wanted(self) -> dict[str, Any]:
        """What is saved of it: without what is not known, which then comes from the product."""
        return {name: value for name, value in self.values.items() if value is not None or name in _MAY_BE_TAKEN_AWAY}


def lines_of(shown: Sequence[LineShown]) -> list[DraftLine]:
    """The lines of a document as they are stored."""
    return [
        DraftLine(
            {name: getattr(line, name) for name in _KEPT},
            Amounts(line.net, line.vat, line.gross),
            set(FIELDS) if line.product is None else set(FIELDS) - {"product"},
            {"end_user": line.end_user_name, "campaign": line.campaign_name},
            line.cost,
        )
        for line in shown
    ]


def values_of(lines: Sequence[DraftLine]) -> list[dict[str, Any]]:
    """What is saved of all lines."""
    return [line.wanted() for line in lines]


def new_line(*, includes_vat: bool) -> DraftLine:
    """A line with nothing in it but the usual."""
    return DraftLine({"quantity": Decimal(1), "price_includes_vat": includes_vat, "discount": Decimal(0)})


def pasted(text: str, *, includes_vat: bool) -> list[DraftLine]:
    """Lines from the rows of a spreadsheet: what it is, quantity, price, discount, with tabs between.

    Raises ``RuleBroken`` for the first row that cannot be read.
    """
    lines = []
    rows = [row for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if row.strip()]
    for number, row in enumerate(rows, 1):
        line = new_line(includes_vat=includes_vat)
        for name, cell in zip(_PASTED, row.split("\t"), strict=False):
            if not cell.strip():
                continue
            try:
                line.put(name, Entry(cell.strip()))
            except RuleBroken as error:
                message = _("Row {number} of what was pasted: {reason}").format(number=number, reason=error)
                raise RuleBroken(name, message) from error
        lines.append(line)
    return lines


def packed(lines: Sequence[DraftLine]) -> str:
    """The lines as text, for what is kept while one types."""
    return json.dumps([[_plain(line.values), sorted(line.typed), line.names] for line in lines], ensure_ascii=False)


def unpacked(text: str) -> list[DraftLine]:
    """The lines that ``packed`` wrote; nothing where the text is no such thing."""
    try:
        return [DraftLine(_values(values), None, set(typed), dict(names)) for values, typed, names in json.loads(text)]
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        return []


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in plain.items() if name in _KEPT or name == "cost"}
    numbers = {name for name, each in FIELDS.items() if each.kind in ("quantity", "money")}
    return {name: Decimal(value) if name in numbers and value is not None else value for name, value in known.items()}


def said(line: DraftLine) -> str:
    """A line in words, to be compared with another."""
    parts = [line.text("description"), line.text("quantity"), line.text("unit"), "×", line.text("price")]
    if line.values.get("discount"):
        parts.append(f"-{line.text('discount')} %")
    parts += [line.text("vat_code"), line.text("optional")]
    parts += [f"{_(FIELDS[name].title)}: {line.text(name)}" for name in DETAILS if line.values.get(name) is not None]
    return " ".join(part for part in parts if part)


def products_of(names: list[str], document: int) -> list[tuple[int, Offer] | None]:
    """The products that names mean, with what they are offered at; None for what none answers to."""
    found: list[tuple[int, Offer] | None] = []
    for name in names:
        try:
            product = record_named("product", name)
        except (NotFound, RuleBroken):
            found.append(None)
        else:
            found.append((product, offer_of(document, product)))
    return found
