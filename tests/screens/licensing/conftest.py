"""Something to license over the small company: products that live on keys, and keys in stock."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.actor import Actor
from models.catalogue.actions import add_product
from models.keys.actions import add_key
from tests.models.licensing.shipping import KEYED


@pytest.fixture
def wares(anna: Actor) -> tuple[int, int]:
    """A licensed product and a key that is sold; their ids. A second key is in stock."""
    licensed = add_product(anna, {"code": "GS-2026", "name": "Estimator", "number_pattern": "AA-999999", **KEYED})
    sold = add_product(anna, {"code": "GRD-KEY", "name": "Guardant key", "kind": "key", "price": Decimal(500)})
    add_key(anna, {"number": "0B77-4711", "model": "Guardant Sign"})
    return licensed, sold
