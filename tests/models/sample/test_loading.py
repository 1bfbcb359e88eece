"""Loading many rows states in the audit trail what an action would."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models import audit
from models.base import stored_values
from models.catalogue.tables import Product, Vendor
from models.sample.loading import Loader
from models.undo import last_change
from models.writing import Actor

AWKWARD = 'a "quoted" \\ one\n\twith \u2028, \U0001f5dd and \x7f'


def test_the_trail_agrees_with_rows_of_awkward_text_defaults_and_flags(empty_database: Any) -> None:
    loader = Loader(dt.date(2026, 11, 23))
    created = "2016-02-29 09:30:00.000000"
    loader.load(Vendor, ("name", "folded", "note"), [(1, created, "V", "v", AWKWARD), (2, created, AWKWARD, "w", "")])
    loader.load(Product, ("code", "code_folded", "name", "vendor_id", "price", "unique_items"), [
        (1, created, "C", "c", "P", 2, 12_345, True),
        (2, created, "D", "d", AWKWARD, None, 0, False),
    ])  # fmt: skip
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []
    assert loader.counts == {"vendor": 2, "product": 2}
    product = Product.get_by_id(1)
    assert (product.created, product.version) == (dt.datetime(2016, 2, 29, 9, 30), 1)
    assert stored_values(product) | {"price": 12_345, "unit": "шт", "unique_items": True} == stored_values(product)


def test_operators_cannot_undo_the_making_of_the_sample_by_mistake(director: Actor) -> None:
    before = last_change(director)
    loader = Loader(dt.date(2026, 11, 23))
    loader.load(Vendor, ("name", "folded"), [(1, "2016-02-29 09:30:00.000000", "V", "v")])
    assert last_change(director) == before
