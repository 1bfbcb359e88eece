"""Documents are named by kind and number, by the bare serial, or by an id."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from models.errors import NotFound
from models.sales.naming import document_named
from models.search.anything import find_anything
from models.search.queries import find
from models.writing import Actor
from tests.models.sales.worlds import DAY, a_quote_of_four, an_issued
from tests.models.worlds import a_client

WORK = {"description": "work", "price": Decimal(100)}


def test_a_number_a_serial_and_an_id_name_a_document(director: Actor) -> None:
    client = a_client(director)
    older = an_issued(director, "invoice", [WORK], client=client, date=DAY - dt.timedelta(days=400))
    newer = an_issued(director, "invoice", [WORK], client=client)
    assert document_named("invoice", "25-00001") == older
    assert document_named("invoice", "1") == newer
    assert document_named("invoice", f"#{older}") == older
    for wrong in ("26-00007", "7", "", "²"):
        with pytest.raises(NotFound):
            document_named("invoice", wrong)
    with pytest.raises(NotFound):
        document_named("quote", f"#{older}")


def test_documents_and_deals_are_found_by_number_and_client(director: Actor) -> None:
    quote, _lines = a_quote_of_four(director)
    assert [(row.kind, row.id) for row in find("ромашка 26-00001", "document")] == [("document", quote)]
    assert {row.kind for row in find("ромашка")} >= {"client", "document", "deal"}
    assert "document" in {answer.kind for answer in find_anything("26-00001")}
