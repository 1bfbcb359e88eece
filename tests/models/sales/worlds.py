"""Small worlds of sales, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.families import lines_of
from models.sales.tables import Document
from models.writing import Actor
from tests.models.worlds import a_client, a_product

DAY = dt.date(2026, 5, 12)
ONE = Decimal(1)


def some_products(by: Actor, count: int = 4, **values: Any) -> list[int]:
    """Products of 1 000, 2 000, … roubles."""
    return [
        a_product(by, f"P-{number}", **{"price": Decimal(1000 * number), "cost": Decimal(600 * number)} | values)
        for number in range(1, count + 1)
    ]


def a_draft(by: Actor, kind: str = "quote", lines: Sequence[dict[str, Any]] = (), **values: Any) -> int:
    """A draft of a kind for a client, with lines."""
    given = {"date": DAY, **values}
    if "client" not in given:
        given["client"] = a_client(by)
    return new_document(by, kind, given, lines)


def an_issued(by: Actor, kind: str = "quote", lines: Sequence[dict[str, Any]] = (), **values: Any) -> int:
    """An issued document of a kind."""
    made = a_draft(by, kind, lines, **values)
    issue_document(by, made)
    return made


def a_quote_of_four(by: Actor, **values: Any) -> tuple[int, list[int]]:
    """An issued quote of four products, ten of each; its id and those of its lines."""
    lines = [{"product": product, "quantity": Decimal(10)} for product in some_products(by)]
    quote = an_issued(by, "quote", lines, **values)
    return quote, line_ids(quote)


def line_ids(document: int) -> list[int]:
    """The ids of a document's lines, in their order."""
    return [line.id for line in lines_of([document])]


def document(record_id: int) -> Document:
    """A document as it stands now."""
    found: Document = Document.get_by_id(record_id)
    return found
